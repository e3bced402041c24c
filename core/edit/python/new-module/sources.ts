import { compareText } from '../../../rule/finding';
import type { Snapshot } from '../../snapshot';

/** Where moved code stood. */
export interface CodeSource {
  readonly file: string;
  /** `Class.method`, or empty. */
  readonly symbol: string;
}

/** What a docstring calls the places that code comes from: `Class.method` where all stands in one file, else the modules. */
export function sourcesOf(from: readonly CodeSource[], target: string, { modules: { python } }: Snapshot): string[] {
  const files = [...new Set(from.map(({ file }) => file))].sort(compareText);
  const symbols = [...new Set(from.map(({ symbol }) => symbol).filter((one) => one !== ''))];
  if (files.length === 1 && symbols.length > 0 && symbols.length <= 4) {
    const module = python.nameOf(files[0]!);
    if (files[0] === target || module === undefined) return symbols;
    return [...symbols.slice(0, -1), `${symbols.at(-1)!} of ${module}`];
  }
  const names = files.map((file) => (file === target ? 'this module' : (python.nameOf(file) ?? file)));
  return names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} other modules`] : names;
}

/** `Taken from a, b and c.` */
export function sourceSentence(sources: readonly string[]): string {
  const last = sources.at(-1)!;
  return `Taken from ${sources.length > 1 ? `${sources.slice(0, -1).join(', ')} and ${last}` : last}.`;
}

/** Breaks a text at blanks into lines of at most `width` columns. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
