/** What the recipe is handed: the shared code but for its types, and what becomes of the places. Plain data, offsets in UTF-16 units. */
export interface Blueprint {
  readonly target: {
    readonly file: string;
    readonly isNew: boolean;
    /** The file whose style and line endings a new one takes. */
    readonly near: string;
    /** Types are written into JSDoc. */
    readonly isJavaScript: boolean;
  };
  /** Where the shared code goes in a file that is there. */
  readonly at: number;
  /** The shared code with what separates it from its neighbours; imports are not in it. */
  readonly code: readonly Piece[];
  readonly types: readonly TypeQuestion[];
  readonly edits: readonly BlueprintEdit[];
  /** Names that mean the shared code from now on, spelled as they are. */
  readonly rewritten: readonly Span[];
  /** Names that the shared code takes from the files of the places. */
  readonly carried: readonly CarriedName[];
  /** Calls of a string's own method that become one of the predicate: only a string has it. */
  readonly strings: readonly Span[];
}

export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface BlueprintEdit extends Span {
  readonly code: string;
  /** Names of the shared module that the file needs for it. */
  readonly uses: readonly string[];
}

export type Piece =
  | string
  /** Code that moves. */
  | Span
  /** The answer to a question. */
  | { readonly type: number }
  /** One way of writing where the places' types are what the check wants, another one where they are not. */
  | { readonly unless: number; readonly base: readonly Piece[]; readonly wide: readonly Piece[] };

/** What type a parameter is to have. */
export type TypeQuestion =
  /** What a check takes, if it takes all that the places hand over; else `unknown`. */
  | {
      readonly kind: 'checked';
      readonly base: string;
      readonly places: readonly Span[];
      /** The texts that the check allows, where its name says that there are no others. */
      readonly all?: readonly string[];
    }
  /** What the places' own parameters have: one type where it takes all of them, else their union. */
  | { readonly kind: 'declared'; readonly places: readonly Span[] };

export interface CarriedName {
  /** The file that has it now. */
  readonly file: string;
  readonly local: string;
  readonly module: string;
  readonly member: string;
  readonly typeOnly: boolean;
}
