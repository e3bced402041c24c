import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse as parseJson } from 'jsonc-parser';
import type { StyleSettings } from '../../core/edit/style';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { familyOf, languageOfPath } from '../../core/syntax/language';
import type { SyntaxTree } from '../../core/syntax/node';
import { defined } from './defined';
import { prettierDefaults, prettierMajor } from './prettier';
import { type Formatting, formattingOf, type Printing } from './printing';
import { PYTHON_SOURCES } from './python';
import { TYPESCRIPT_SOURCES } from './typescript';

/**
 * The settings that a configuration has for a file.
 * @param file relative to the configuration's folder, with `/`
 * @param prettier the major version of Prettier that the project asks for
 */
export type FormattingOf = (file: string, prettier?: number) => Formatting;

/** A file that may hold settings of a formatter. */
export interface StyleSource {
  readonly name: string;
  /**
   * The settings in a text; undefined where it holds none of this formatter. What cannot be read counts as none.
   * @param parse reads code
   */
  read(text: string, parse: (code: string) => SyntaxTree): FormattingOf | undefined;
}

/**
 * Reads how a project formats its code, from declarative files alone: Black and Ruff for Python, Prettier, Biome and oxfmt for
 * TypeScript, and EditorConfig for both. The nearest file of a formatter counts; a formatter's word is above that of EditorConfig.
 */
export class StyleReader {
  private readonly folders = new Map<string, Promise<FormattingOf[]>>();
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
    const [first] = await this.formattingsFor(file);
    const { settings } = formattingOf(await this.ofEditorConfig(file));
    const { indent, ...limits } = settings;
    const said = first?.settings ?? {};
    const suggested = { ...said.suggested, ...defined({ indent }) };
    return { ...limits, ...said, ...(Object.keys(suggested).length === 0 ? {} : { suggested }) };
  }

  /**
   * How the formatters that are configured for a file print it, in Prettier's words.
   * @param file relative to the root, with `/`
   * @returns one for each formatter, as far as it is told; none where none is
   */
  async printingsFor(file: string): Promise<Printing[]> {
    const editor = await this.ofEditorConfig(file);
    const all = await this.formattingsFor(file);
    return all.flatMap(({ printing }) => (printing ? [{ ...printing.defaults, ...editor, ...printing.said }] : []));
  }

  /** What those say that lie nearest, by precedence. */
  private async formattingsFor(file: string): Promise<Formatting[]> {
    const language = languageOfPath(file);
    if (!language) return [];
    const sources = familyOf(language) === 'python' ? PYTHON_SOURCES : TYPESCRIPT_SOURCES;
    const folder = parentOf(file);
    const key = `${sources === PYTHON_SOURCES ? 'py' : 'ts'} ${folder}`;
    let found = this.folders.get(key);
    if (!found) {
      found = this.ofFormatters(folder, sources);
      this.folders.set(key, found);
    }
    return (await found).map((one) => one(file));
  }

  /** @returns what each formatter says of files by their path from the root */
  private async ofFormatters(folder: string, sources: readonly StyleSource[]): Promise<FormattingOf[]> {
    const prettier = sources === TYPESCRIPT_SOURCES ? await this.prettierFor(folder) : undefined;
    for (let at = folder; ; at = parentOf(at)) {
      const all: FormattingOf[] = [];
      for (const source of sources) {
        const text = await this.textOf(at === '' ? source.name : `${at}/${source.name}`);
        const found = text === undefined ? undefined : quietly(() => source.read(text, this.parse));
        if (found) all.push((file) => found(at === '' ? file : file.slice(at.length + 1), prettier));
      }
      if (all.length > 0) return all;
      // Whoever has Prettier and tells it nothing may format by it, or use it for something else.
      if (at === '') return prettier === undefined ? [] : [() => untold(prettier)];
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

  private async ofEditorConfig(file: string): Promise<Printing> {
    if (!(await this.hasEditorConfig(parentOf(file)))) return {};
    // Loaded on demand: most runs never build a cure.
    const { parse } = await import('editorconfig');
    const properties: Record<string, unknown> | undefined = await parse(join(this.root, file), {
      root: dirname(this.root),
    }).catch(() => undefined);
    if (!properties) return {};
    const { indent_style: style, indent_size: size, tab_width: tab, max_line_length: length } = properties;
    const width = style === 'tab' ? tab : size;
    const tabWidth = typeof width === 'number' && width > 0 && width <= 8 ? width : undefined;
    return {
      ...(style === 'tab' ? defined({ useTabs: true, tabWidth }) : {}),
      ...(style === 'space' && tabWidth !== undefined ? { useTabs: false, tabWidth } : {}),
      ...(typeof length === 'number' && length >= 40 ? { printWidth: length } : {}),
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

/** What Prettier does by itself: a suggestion, but no word of anybody on how wide a line is. */
function untold(major: number): Formatting {
  const { printWidth: _, ...defaults } = prettierDefaults(major);
  const { trailingComma } = defaults;
  return { settings: { suggested: { trailingCommas: trailingComma } }, printing: { said: {}, defaults } };
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
