import type { LanguageFamily } from '../syntax/language';
import type { SourceFile } from '../text/source-file';

/** How new code is to look: the settings of the project's formatter, else what the file itself does. */
export interface CodeStyle {
  /** One level of indentation: spaces, or a tab. */
  readonly indent: string;
  readonly quote: '"' | "'";
  readonly lineLength: number;
  /** TypeScript: whether statements end in semicolons. */
  readonly semicolons: boolean;
  /** TypeScript: which lists over several lines end in a comma, in Prettier's words: all, all but parameters and arguments, or none. */
  readonly trailingCommas: 'all' | 'es5' | 'none';
  readonly lineEnding: '\n' | '\r\n';
}

type Settings = Partial<Omit<CodeStyle, 'lineEnding'>>;

/** What formatters' settings say of a file; absent where none speaks. */
export interface StyleSettings extends Settings {
  /** What no formatter was told, but an editor, or what a formatter does by itself: a file that does otherwise throughout is right. */
  readonly suggested?: Settings;
}

const DEFAULTS: Readonly<Record<LanguageFamily, CodeStyle>> = {
  python: { indent: '    ', quote: '"', lineLength: 88, semicolons: false, trailingCommas: 'all', lineEnding: '\n' },
  typescript: { indent: '  ', quote: "'", lineLength: 80, semicolons: true, trailingCommas: 'all', lineEnding: '\n' },
};

/**
 * The style for new code in a file: the settings win, then what all of the file does, then what is suggested, then what most of it does,
 * then the language's usual.
 */
export function styleOf(
  source: SourceFile,
  family: LanguageFamily,
  { suggested = {}, ...settings }: StyleSettings = {},
): CodeStyle {
  const { text } = source;
  const indent = ownIndent(text);
  const commas = family === 'typescript' ? ownTrailingCommas(text) : undefined;
  const quote = ownQuote(text, family);
  return {
    ...DEFAULTS[family],
    ...(indent && { indent: indent.value }),
    ...(quote && { quote }),
    ...(/\n/.test(text) && ownWidth(text, WIDTHS[family])),
    ...(family === 'typescript' && ownSemicolons(text)),
    ...(commas && { trailingCommas: commas.value }),
    ...suggested,
    ...(indent?.isUniform && { indent: indent.value }),
    ...(commas?.isUniform && { trailingCommas: commas.value }),
    ...settings,
    lineEnding: dominantLineEnding(text),
  };
}

/** What a file does. */
interface Habit<T> {
  readonly value: T;
  /** All of it does, but for an exception or two. */
  readonly isUniform: boolean;
}

/** Of so many places one may do otherwise: a list that is aligned with the bracket above is no other indentation. */
const EXCEPTIONS = 10;

const isUniform = (exceptions: number, all: number): boolean => exceptions * EXCEPTIONS <= all;

/** Whether most statements that can be told by their first word end in a semicolon; nothing where there are none. */
function ownSemicolons(text: string): Settings {
  if (!text.includes('\n')) return {};
  const ended = countOf(text, /;[ \t]*(?:\}[ \t)]*)?(?:\/\/.*)?\r?$/gm);
  // What goes on in the next line has not ended.
  const open =
    /^[ \t]*(?:(?:import\b|\}[ \t]*from\b).*["']|(?:return|(?:export\s+)?const|let|throw)\b.*[\w)\]"'`])[ \t]*\r?$(?!\r?\n[ \t]*[.?:+*/&|=<])/gm;
  const without = countOf(text, open);
  return ended + without === 0 ? {} : { semicolons: ended > without };
}

/** Calls tell most: objects in some styles end in a comma where calls do not. */
function ownTrailingCommas(text: string): Habit<CodeStyle['trailingCommas']> | undefined {
  const [commas, noCommas] = [countOf(text, commaBefore('\\)')), countOf(text, noCommaBefore('\\)'))];
  // What stands before a brace without a comma may be a statement or a member of a type.
  const [otherCommas, noOtherCommas] = [countOf(text, commaBefore('[\\]}]')), countOf(text, noCommaBefore('\\]'))];
  const calls = commas - noCommas;
  const others = otherCommas - noOtherCommas;
  if (calls === 0 && others === 0) return undefined;
  const all = commas + noCommas;
  // Without a call the lists do not tell `all` from `es5`.
  const isTold = all > 0 && isUniform(Math.min(commas, noCommas), all);
  if (calls < 0) return { value: others > 0 ? 'es5' : 'none', isUniform: isTold };
  return { value: calls > 0 || others > 0 ? 'all' : 'none', isUniform: isTold };
}

const commaBefore = (closing: string): RegExp => new RegExp(`,[ \\t]*\\r?\\n[ \\t]*${closing}`, 'g');
const noCommaBefore = (closing: string): RegExp => new RegExp(`[^\\s,;{}([>][ \\t]*\\r?\\n[ \\t]*${closing}`, 'g');

/** Widths that files keep to, the usual one first. */
const WIDTHS: Readonly<Record<LanguageFamily, readonly [number, ...number[]]>> = {
  python: [88, 100, 120, 160],
  typescript: [80, 120],
};

/** Formatters leave few lines longer than the limit: where many are, the limit is not the usual one but the next that few exceed. */
function ownWidth(text: string, [usual, ...others]: readonly [number, ...number[]]): Settings {
  const lengths = (text.match(/^.*\S/gm) ?? []).map((line) => line.length);
  // Two long lines of a short file are no habit.
  const few = Math.max(lengths.length / 25, 2);
  const isKept = (width: number): boolean => lengths.filter((one) => one > width).length <= few;
  if (lengths.length < 20 || isKept(usual)) return {};
  return { lineLength: others.find(isKept) ?? others.at(-1)! };
}

/** The smallest step by which a line is indented deeper than the one before it, as most lines of the file have it. */
function ownIndent(text: string): Habit<string> | undefined {
  const steps = new Map<string, number>();
  let before = '';
  for (const [, indent = '', first] of text.matchAll(/^([ \t]*)(\S)/gm)) {
    // The inside of a block comment is indented by one space more than its head.
    if (first === '*') continue;
    if (indent.length > before.length && indent.startsWith(before)) {
      const step = indent.slice(before.length);
      if (step === '\t' || step === '  ' || step === '    ' || step === '   ' || step === '        ')
        steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    before = indent;
  }
  let best: string | undefined;
  let all = 0;
  for (const [step, count] of steps) {
    all += count;
    if (best === undefined || count > steps.get(best)!) best = step;
  }
  return best === undefined ? undefined : { value: best, isUniform: isUniform(all - steps.get(best)!, all) };
}

function ownQuote(text: string, family: LanguageFamily): CodeStyle['quote'] | undefined {
  const double = countOf(text, family === 'python' ? /(?<!["\w])"(?!")[^"'\n]*"(?!")/g : /"[^"'`\n]*"/g);
  const single = countOf(text, family === 'python' ? /(?<!['\w])'(?!')[^"'\n]*'(?!')/g : /'[^"'`\n]*'/g);
  if (double === single) return undefined;
  return double > single ? '"' : "'";
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}

function dominantLineEnding(text: string): CodeStyle['lineEnding'] {
  const all = countOf(text, /\n/g);
  const windows = countOf(text, /\r\n/g);
  return windows * 2 > all ? '\r\n' : '\n';
}
