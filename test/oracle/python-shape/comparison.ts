import type { SyntaxEngine } from '../../../core/syntax/engine';
import type { CPython } from '../cpython';
import type { KnownGap } from './known-gaps';
import { verdictOn } from './verdict';

export interface Disagreement {
  readonly text: string;
  /** CPython's error; undefined when it accepts the text. */
  readonly said: string | undefined;
  /** The checker's error. */
  readonly own: string | undefined;
}

export interface Comparison {
  readonly valid: number;
  readonly invalid: number;
  /** Valid texts that tree-sitter cannot read. */
  readonly unparsedValid: readonly string[];
  /** Invalid texts of known gaps. */
  readonly known: number;
  readonly disagreements: readonly Disagreement[];
}

/** Texts for one call of the interpreter. */
const BATCH = 500;

/** Judges texts by the checker alone, apart from what tree-sitter says of them, and by CPython. */
export function compared(
  texts: readonly string[],
  engine: SyntaxEngine,
  python: CPython,
  gaps: readonly KnownGap[],
): Comparison {
  let valid = 0;
  let known = 0;
  const unparsedValid: string[] = [];
  const disagreements: Disagreement[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH);
    python.compileErrors(batch).forEach((said, index) => {
      const text = batch[index]!;
      const { own, isUnparsed } = verdictOn(text, engine);
      if (said === undefined) valid++;
      if (said === undefined && isUnparsed) unparsedValid.push(text);
      if ((said === undefined) === (own === undefined)) return;
      if (said !== undefined && gaps.some((gap) => gap.message.test(said))) known++;
      else disagreements.push({ text, said, own: own?.message });
    });
  }
  return { valid, invalid: texts.length - valid, unparsedValid, known, disagreements };
}

/** One line of figures, and the disagreements below it. */
export function described({ valid, invalid, unparsedValid, known, disagreements }: Comparison): string {
  const rejected = disagreements.filter((one) => one.said === undefined).length;
  const accepted = disagreements.length - rejected;
  const lines = disagreements.map(
    (one) => `  ${JSON.stringify(one.text)}: CPython ${one.said ?? 'accepts it'}, here ${one.own ?? 'accepted'}`,
  );
  const figures =
    `${valid} valid (${rejected} rejected here, ${unparsedValid.length} not read by tree-sitter), ` +
    `${invalid} invalid (${accepted} accepted here, ${known} of known gaps)`;
  return [figures, ...lines].join('\n');
}
