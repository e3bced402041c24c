import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Plugin } from 'prettier';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { format } from 'prettier/standalone';
import type { Printing } from '../style/printing';
import type { FormatAnswer, FormatFile, FormatRequest } from './messages';

/** Characters above which a text is left as it is: to format it would keep its user waiting. */
const MOST = 150_000;

/** Texts of which it is remembered whether options leave them as they are. */
const REMEMBERED = 1_000;

/**
 * Formats what a cure changed in files that their formatter left as they are. Prettier is asked alone, without plugins of the project or
 * what formats other languages within code: where those have a say the file is not clean, and nothing is done.
 */
export class Formatter {
  private readonly clean = new Map<string, boolean>();

  /** @param step gives others their turn, and throws once nobody waits for the answer any more */
  async format(request: FormatRequest, step: () => Promise<void>): Promise<FormatAnswer> {
    const texts: (string | null)[] = [];
    let found: number | undefined;
    for (const one of request) {
      const { before } = one;
      const choice =
        before === undefined ? (found ?? (one.isTold ? 0 : undefined)) : await this.cleanBy(one, before, step);
      if (before !== undefined) found ??= choice;
      const options = choice === undefined ? undefined : one.candidates[Math.min(choice, one.candidates.length - 1)];
      const text = options && (await this.printed(one.file, one.after, options, step));
      texts.push(text ?? null);
      // What it prints now is what the next change finds.
      if (options && text !== undefined) this.remember(keyOf(one.file, text, options), true);
    }
    return { kind: 'formatted', texts };
  }

  /** The first options that leave a text as it is, by their index. */
  private async cleanBy({ file, candidates }: FormatFile, text: string, step: () => Promise<void>) {
    for (const [index, options] of candidates.entries()) {
      if (await this.isClean(file, text, options, step)) return index;
    }
    return undefined;
  }

  private async isClean(file: string, text: string, options: Printing, step: () => Promise<void>): Promise<boolean> {
    const key = keyOf(file, text, options);
    const known = this.clean.get(key);
    if (known !== undefined) return known;
    const head = headOf(text);
    const ofHead = head === undefined ? undefined : await this.printed(file, head, options, step);
    const isClean =
      (ofHead === undefined || ofHead === head) && (await this.printed(file, text, options, step)) === text;
    this.remember(key, isClean);
    return isClean;
  }

  private remember(key: string, isClean: boolean): void {
    if (this.clean.size >= REMEMBERED) this.clean.clear();
    this.clean.set(key, isClean);
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
