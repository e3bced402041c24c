import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Plugin } from 'prettier';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { format } from 'prettier/standalone';
import { layoutEdits } from '../../core/edit/compose-layout';
import type { TextEdit } from '../../core/edit/text-edit';
import { SourceFile } from '../../core/text/source-file';
import type { Printing } from '../style/printing';
import type { FormatAnswer, FormatFile, FormatRequest, Formatted } from './messages';

/** Characters above which a text is left as it is: to format it would keep its user waiting. */
const MOST = 150_000;

/** Texts of which it is remembered whether options leave them as they are. */
const REMEMBERED = 1_000;

/** Of a hundred lines so many may be printed otherwise by a formatter that is configured: another version, or another maker. */
const FEW = 5;

/** Options, by their index, and the layout that they would change of a text. */
interface Choice {
  readonly index: number;
  readonly earlier: readonly TextEdit[];
}

/**
 * Formats what a cure changed in files that their formatter left as they are. Prettier is asked alone, without plugins of the project or
 * what formats other languages within code: where those have a say the file is not clean, and nothing is done.
 */
export class Formatter {
  /** What options would change of a text; undefined for more than a little. */
  private readonly known = new Map<string, readonly TextEdit[] | undefined>();

  /** @param step gives others their turn, and throws once nobody waits for the answer any more */
  async format(request: FormatRequest, step: () => Promise<void>): Promise<FormatAnswer> {
    const files: (Formatted | null)[] = [];
    let found: number | undefined;
    for (const one of request) {
      const { before, candidates, isTold } = one;
      const choice = before === undefined ? undefined : await this.choose(one, before, step);
      const index = before === undefined ? (found ?? (isTold ? 0 : undefined)) : choice?.index;
      if (before !== undefined) found ??= index;
      const options = index === undefined ? undefined : candidates[Math.min(index, candidates.length - 1)];
      const text = options && (await this.printed(one.file, one.after, options, step));
      const earlier = choice?.earlier ?? [];
      files.push(text === undefined ? null : { text, earlier });
      // What it prints now is what the next change finds.
      if (options && text !== undefined && earlier.length === 0) this.remember(keyOf(one.file, text, options), []);
    }
    return { kind: 'formatted', files };
  }

  /** The first options that leave a text as it is, else those that are told and change least of it. */
  private async choose(
    { file, candidates, isTold }: FormatFile,
    text: string,
    step: () => Promise<void>,
  ): Promise<Choice | undefined> {
    let best: Choice | undefined;
    for (const [index, options] of candidates.entries()) {
      const earlier = await this.changedBy(file, text, options, isTold ? FEW : 0, step);
      if (earlier?.length === 0) return { index, earlier };
      if (earlier && earlier.length < (best?.earlier.length ?? Number.POSITIVE_INFINITY)) best = { index, earlier };
    }
    return best;
  }

  /** @param most of a hundred lines */
  private async changedBy(file: string, text: string, options: Printing, most: number, step: () => Promise<void>) {
    const key = keyOf(file, text, options);
    if (this.known.has(key)) return this.known.get(key);
    const head = headOf(text);
    const isHopeless = head !== undefined && !(await this.fewIn(file, head, options, most, step));
    const few = isHopeless ? undefined : await this.fewIn(file, text, options, most, step);
    this.remember(key, few);
    return few;
  }

  /** What options would change of a text; undefined where it is more than a few lines, or more than layout. */
  private async fewIn(file: string, text: string, options: Printing, most: number, step: () => Promise<void>) {
    const print = await this.printed(file, text, options, step);
    const edits = print === undefined ? undefined : layoutEdits(text, print);
    if (!edits || edits.length === 0) return edits;
    const lines = new SourceFile(text);
    const changed = new Set(edits.flatMap(({ start, end }) => [lines.lineAt(start), lines.lineAt(end)]));
    return changed.size * 100 <= lines.editorLines * most ? edits : undefined;
  }

  private remember(key: string, edits: readonly TextEdit[] | undefined): void {
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(key, edits);
  }

  private async printed(file: string, text: string, options: Printing, step: () => Promise<void>) {
    await step();
    return printed(file, text, options);
  }
}

const keyOf = (file: string, text: string, options: Printing): string =>
  `${createHash('sha256').update(text).digest('hex')} ${extname(file)} ${JSON.stringify(options)}`;

/**
 * The first statements of a long text, which tell of most files that are not clean at little cost; undefined for a short one, and where
 * there is no end of a statement that can be told from its line alone.
 */
function headOf(text: string): string | undefined {
  if (text.length < LONG) return undefined;
  END.lastIndex = LONG / 4;
  return END.test(text) && END.lastIndex < LONG ? text.slice(0, END.lastIndex) : undefined;
}

/** Characters from which on a text is long. */
const LONG = 20_000;
const END = /^\}\r?\n(?=\r?\n)/gm;

const PLUGINS = [babel, estree, typescript] as Plugin[];

/** @returns undefined where the text is too long, or Prettier does not understand it */
async function printed(file: string, text: string, { parser, ...options }: Printing): Promise<string | undefined> {
  if (text.length > MOST) return undefined;
  try {
    return await format(text, {
      ...options,
      parser: parser === 'flow' ? 'babel-flow' : (parser ?? (/\.[cm]?tsx?$/i.test(file) ? 'typescript' : 'babel')),
      filepath: file,
      plugins: PLUGINS,
      endOfLine: 'auto',
      embeddedLanguageFormatting: 'off',
    });
  } catch {
    return undefined;
  }
}
