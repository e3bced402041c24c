import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse as parseJson } from 'jsonc-parser';
import type { StyleSettings } from '../../core/edit/style';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { familyOf, languageOfPath } from '../../core/syntax/language';
import type { SyntaxTree } from '../../core/syntax/node';
import { defined } from './defined';
import { commasOf, prettierMajor } from './prettier';
import { PYTHON_SOURCES } from './python';
import { TYPESCRIPT_SOURCES } from './typescript';

/**
 * The settings that a configuration has for a file.
 * @param file relative to the configuration's folder, with `/`
 * @param prettier the major version of Prettier that the project asks for
 */
export type StyleOf = (file: string, prettier?: number) => StyleSettings;

/** A file that may hold settings of a formatter. */
export interface StyleSource {
  readonly name: string;
  /**
   * The settings in a text; undefined where it holds none of this formatter. What cannot be read counts as none.
   * @param parse reads code
   */
  read(text: string, parse: (code: string) => SyntaxTree): StyleOf | undefined;
}

/**
 * Reads how a project formats its code, from declarative files alone: Black and Ruff for Python, Prettier and Biome for TypeScript, and
 * EditorConfig for both. The nearest file of a formatter counts; a formatter's word is above that of EditorConfig.
 */
export class StyleReader {
  private readonly folders = new Map<string, Promise<StyleOf>>();
  private readonly texts = new Map<string, Promise<string | undefined>>();

  /**
   * @param root absolute; nothing above it is read
   * @param engine reads configurations that are code, of which nothing is run
   */
  constructor(
    private readonly root: string,
    private readonly engine: SyntaxEngine,
  ) {}

  /** @param file relative to the root, with `/` */
  async settingsFor(file: string): Promise<StyleSettings> {
    const language = languageOfPath(file);
    if (!language) return {};
    const sources = familyOf(language) === 'python' ? PYTHON_SOURCES : TYPESCRIPT_SOURCES;
    const folder = parentOf(file);
    const key = `${sources === PYTHON_SOURCES ? 'py' : 'ts'} ${folder}`;
    let settings = this.folders.get(key);
    if (!settings) {
      settings = this.ofFormatter(folder, sources);
      this.folders.set(key, settings);
    }
    const { indent, ...limits } = await this.ofEditorConfig(file);
    const said = (await settings)(file);
    const suggested = { ...said.suggested, ...defined({ indent }) };
    return { ...limits, ...said, ...(Object.keys(suggested).length === 0 ? {} : { suggested }) };
  }

  /** @returns the settings of files by their path from the root */
  private async ofFormatter(folder: string, sources: readonly StyleSource[]): Promise<StyleOf> {
    const prettier = sources === TYPESCRIPT_SOURCES ? await this.prettierFor(folder) : undefined;
    for (let at = folder; ; at = parentOf(at)) {
      for (const source of sources) {
        const text = await this.textOf(at === '' ? source.name : `${at}/${source.name}`);
        const found = text === undefined ? undefined : quietly(() => source.read(text, this.parse));
        if (found) return (file) => found(at === '' ? file : file.slice(at.length + 1), prettier);
      }
      // Whoever has Prettier and tells it nothing may format by it, or use it for something else.
      if (at === '') return () => (prettier === undefined ? {} : { suggested: { trailingCommas: commasOf(prettier) } });
    }
  }

  /** The major version of Prettier that the nearest manifest asks for which asks for one. */
  private async prettierFor(folder: string): Promise<number | undefined> {
    for (let at = folder; ; at = parentOf(at)) {
      const text = await this.textOf(at === '' ? 'package.json' : `${at}/package.json`);
      const major = text === undefined ? undefined : quietly(() => prettierMajor(parseJson(text)));
      if (major !== undefined || at === '') return major;
    }
  }

  private async ofEditorConfig(file: string): Promise<StyleSettings> {
    if (!(await this.hasEditorConfig(parentOf(file)))) return {};
    // Loaded on demand: most runs never build a cure.
    const { parse } = await import('editorconfig');
    const properties = await parse(join(this.root, file), { root: dirname(this.root) }).catch(() => undefined);
    if (!properties) return {};
    const { indent_style: style, indent_size: size, max_line_length: length } = properties as Record<string, unknown>;
    return {
      ...(style === 'tab' ? { indent: '\t' } : {}),
      ...(style === 'space' && typeof size === 'number' && size > 0 && size <= 8 ? { indent: ' '.repeat(size) } : {}),
      ...(typeof length === 'number' && length >= 40 ? { lineLength: length } : {}),
    };
  }

  private async hasEditorConfig(folder: string): Promise<boolean> {
    for (let at = folder; ; at = parentOf(at)) {
      if ((await this.textOf(at === '' ? '.editorconfig' : `${at}/.editorconfig`)) !== undefined) return true;
      if (at === '') return false;
    }
  }

  private readonly parse = (code: string): SyntaxTree =>
    this.engine.parse(code, 'typescript', { budgetMs: PARSE_BUDGET_MS });

  private textOf(path: string): Promise<string | undefined> {
    let text = this.texts.get(path);
    if (!text) {
      text = readFile(join(this.root, path), 'utf8').catch(() => undefined);
      this.texts.set(path, text);
    }
    return text;
  }
}

/** A configuration is short. */
const PARSE_BUDGET_MS = 1_000;

const parentOf = (path: string): string => (path.includes('/') ? path.slice(0, -basename(path).length - 1) : '');

/** A formatter's broken configuration is that formatter's business: new code then looks as the file does. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
