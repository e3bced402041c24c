import type { ParsedFile } from '../../core/facts/parsed-file';
import type { Clues } from './cures/extract-validator/typescript/clues';

/** Where a place stands: 0-based lines, UTF-16 columns, the end exclusive. */
export type At = readonly [line: number, character: number, endLine: number, endCharacter: number];

/** How a pattern is applied: Python's three ways; every JavaScript test is a search. */
export type MatchMode = 'match' | 'fullmatch' | 'search';

type SiteFact = {
  readonly at: At;
  /** `Class.method` around the place. */
  readonly symbol?: string;
  /** 0-based line of the function whose check it is: what one function says twice is no second place. */
  readonly scope?: number;
  /** What it says of what is checked; TypeScript alone. */
  readonly clues?: Clues;
};

/** A regular expression whose match decides a rejection, or that is declared as the constraint of a field. */
export type RegexFact = SiteFact & {
  readonly kind: 'regex';
  /** Normal form with mode and flags: equal for equal validations. */
  readonly key: string;
  /** As written. */
  readonly pattern: string;
  readonly flags: string;
  readonly mode: MatchMode;
  readonly atoms: number;
  /** The constant that holds the pattern, as `NAME@line`; sites of one constant share it already. Absent: written in place. */
  readonly via?: string;
  /** What the validation is called: the constant's name, else the validator's. */
  readonly name?: string;
};

/** `x not in [...]` whose outcome decides a rejection. */
export type SetFact = SiteFact & {
  readonly kind: 'set';
  readonly key: string;
  /** The members as shown, sorted. */
  readonly members: readonly string[];
  readonly via?: string;
};

/** A whole validator, with the names of its variables taken out. */
export type BodyFact = SiteFact & {
  readonly kind: 'body';
  readonly key: string;
  readonly name: string;
  /** The patterns and sets in it: where these are reported, the body is not told again. */
  readonly covers: readonly (readonly [key: string, via: string, atoms: number])[];
};

export type ValidationFact = RegexFact | SetFact | BodyFact;

export function atOf(file: ParsedFile, start: number, end: number): At {
  const from = file.source.positionAt(start);
  const to = file.source.positionAt(end);
  return [from.line, from.character, to.line, to.character];
}
