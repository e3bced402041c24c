/** What the recipe is handed: the adapters but for their types, and what becomes of the places. Plain data, offsets in UTF-16 units. */
export interface Blueprint {
  readonly file: string;
  /** Types are not written. */
  readonly isJavaScript: boolean;
  /** Where classes that are new go. */
  readonly at: number;
  /** The line above holds code. */
  readonly isBehindCode: boolean;
  readonly adapters: readonly AdapterCode[];
  readonly edits: readonly { readonly start: number; readonly end: number; readonly code: readonly Code[] }[];
  readonly trailingComma: boolean;
  /** What the adapters need of others, whatever their types are. */
  readonly imports: readonly { readonly specifier: string; readonly member: string }[];
  readonly others: readonly OtherFile[];
}

/** What becomes of another file. */
export interface OtherFile {
  readonly file: string;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly code: string }[];
  /** Classes of adapters that it names. */
  readonly names: readonly string[];
  /** Where it imports the class of the finding from; undefined where it does not say so itself. */
  readonly specifier: string | undefined;
}

export interface AdapterCode {
  /** What stands in front of `class`. */
  readonly head: string;
  readonly className: string;
  readonly comment: string;
  readonly methods: readonly MethodCode[];
  /** Where the methods of a class that an earlier run has made end. */
  readonly existing: number | undefined;
}

export interface MethodCode {
  readonly name: string;
  readonly comment: string | undefined;
  readonly isAsync: boolean;
  readonly parameters: readonly { readonly name: string; readonly places: readonly Span[] }[];
  readonly returns: ReturnQuestion;
  /** Indented for a method of a class at indentation 0, without the blanks of its first line. */
  readonly body: readonly Code[];
}

export interface ReturnQuestion {
  /** What is given back. */
  readonly value: Span;
  /** `return` is left out where there is nothing to give back: asked of the type, or known without. */
  readonly mayBeVoid: boolean | undefined;
  /** The type is written, where it can be. */
  readonly isWritten: boolean;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Written code, or code that moves. */
export type Code = string | Span;
