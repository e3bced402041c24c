import { z } from 'zod';
import type { CodeStyle, StyleSettings } from '../../core/edit/style';
import { defined } from './defined';

const flag = z.boolean().optional().catch(undefined);
const one = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words).optional().catch(undefined);

/** The options of Prettier that decide how code looks, by its own names. */
export const printing = z.object({
  printWidth: z.number().int().positive().optional().catch(undefined),
  tabWidth: z.number().int().min(1).max(8).optional().catch(undefined),
  useTabs: flag,
  semi: flag,
  singleQuote: flag,
  jsxSingleQuote: flag,
  quoteProps: one('as-needed', 'consistent', 'preserve'),
  trailingComma: one('all', 'es5', 'none'),
  bracketSpacing: flag,
  bracketSameLine: flag,
  objectWrap: one('preserve', 'collapse'),
  arrowParens: one('always', 'avoid'),
  singleAttributePerLine: flag,
  experimentalTernaries: flag,
  experimentalOperatorPosition: one('start', 'end'),
  parser: one('babel', 'babel-flow', 'babel-ts', 'flow', 'typescript'),
});

/** As far as they are told. */
export type Printing = z.infer<typeof printing>;

/** What a formatter's configuration says of one file. */
export interface Formatting {
  readonly settings: StyleSettings;
  /** Absent where the formatter prints otherwise than Prettier does. */
  readonly printing?: {
    readonly said: Printing;
    /** What holds where neither the configuration nor EditorConfig says it. */
    readonly defaults: Printing;
  };
}

/** What new code must know of a formatter that prints as Prettier does. */
export function formattingOf(said: Printing, defaults: Printing = {}): Formatting {
  const { printWidth, singleQuote, semi, trailingComma } = { ...defaults, ...defined(said) };
  const { useTabs, tabWidth } = said;
  const isSpaced = useTabs === false || tabWidth !== undefined;
  return {
    settings: defined({
      lineLength: printWidth,
      indent: useTabs ? '\t' : isSpaced ? ' '.repeat(tabWidth ?? 2) : undefined,
      quote: singleQuote === undefined ? undefined : singleQuote ? ("'" as const) : ('"' as const),
      semicolons: semi,
      trailingCommas: trailingComma,
    }),
    printing: { said: defined(said), defaults: defined(defaults) },
  };
}

/** Widths that are tried, one after another, where none is told. */
const WIDTHS = [80, 100, 120] as const;

/**
 * All options by which a file may have been formatted, the likeliest first: what is told, and for the rest what the file does itself.
 * @param told one for each formatter that speaks of the file
 */
export function candidatesFor(text: string, style: CodeStyle, told: readonly Printing[]): Printing[] {
  const guess = guessed(text, style);
  return [...told, ...(told.some(isWhole) ? [] : [{}])].flatMap((said) => {
    const full = { ...guess, ...defined(said) };
    if (said.printWidth !== undefined) return [full];
    return [...new Set([style.lineLength, ...WIDTHS])].map((printWidth) => ({ ...full, printWidth }));
  });
}

/** Whether a formatter is told how to print: who says how wide a line is, or leaves that to its formatter, means the rest as well. */
export const isWhole = ({ printWidth }: Printing): boolean => printWidth !== undefined;

function guessed(text: string, { indent, quote, lineLength, semicolons, trailingCommas }: CodeStyle): Printing {
  const bare = text.match(/(?<![\w$.)\]] )(?<![\w$.])[\w$]+ =>/g)?.length ?? 0;
  const enclosed = text.match(/\([\w$]+\) =>/g)?.length ?? 0;
  const braces = (inside: string): number =>
    text.match(new RegExp(`(?:\\(|\\b(?:import|const|let|return) )\\{${inside}[\\w$]`, 'g'))?.length ?? 0;
  return {
    printWidth: lineLength,
    useTabs: indent === '\t',
    ...(indent === '\t' ? {} : { tabWidth: indent.length }),
    semi: semicolons,
    singleQuote: quote === "'",
    trailingComma: trailingCommas,
    arrowParens: bare > enclosed ? 'avoid' : 'always',
    bracketSpacing: braces(' ') >= braces(''),
  };
}
