/** What the recipe is handed: the adapters but for their types, and what becomes of the places. Plain data, offsets in UTF-16 units. */
export interface Blueprint {
  readonly file: string;
  /** Types are not written. */
  readonly isJavaScript: boolean;
  /** Where they go, if not to the module of their class. */
  readonly elsewhere: OtherModule | undefined;
  /** Where classes that are new go in their module. */
  readonly at: number;
  /** The line above holds code. */
  readonly isBehindCode: boolean;
  readonly adapters: readonly AdapterCode[];
  /** The classes that parameters make by default: where declarations are made of each file alone, their types are written. */
  readonly defaults: readonly string[];
  readonly edits: readonly { readonly start: number; readonly end: number; readonly code: readonly Code[] }[];
  /** What the adapters need of others, whatever their types are. */
  readonly imports: readonly { readonly specifier: string; readonly member: string }[];
  readonly others: readonly OtherFile[];
}

/** A module that adapters go to, and that the one of their class imports. */
export interface OtherModule {
  readonly file: string;
  readonly isNew: boolean;
  /** What a new file begins with, and what ends it. */
  readonly head: string;
  readonly tail: string;
  readonly isCommonJs: boolean;
  /** What adds the classes to the exports of a CommonJS module. */
  readonly exports: { readonly at: number; readonly code: string } | undefined;
  /** Classes that the old module names. */
  readonly imported: readonly string[];
  /** What moved code asks of other modules. */
  readonly carried: readonly CarriedName[];
  /** How names at the top of the old module are imported elsewhere; null for those that cannot be. */
  readonly names: Readonly<Record<string, CarriedName | null>>;
}

/** An import that goes along with moved code. */
export interface CarriedName {
  /** As the old module writes it; empty for the old module itself. */
  readonly module: string;
  /** The exported name, `default`, or `*` for the module as a whole. */
  readonly member: string;
  readonly local: string;
  readonly typeOnly: boolean;
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
