/**
 * What a top-level definition is. `object` is a variable whose value holds functions without being one (a table of handlers, a
 * component's options), `value` a variable or constant without behaviour.
 */
export type DefinitionKind = 'function' | 'class' | 'type' | 'object' | 'value';

/** A top-level definition. */
export type DefinitionFact = {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** 0-based lines, the end inclusive; comments right above belong to it. */
  readonly start: number;
  readonly end: number;
  /** Lines of further pieces of the same definition (overloads, `X.prototype.y = ...`). */
  readonly more?: number;
  /** Lines in functions that are longer than one line. */
  readonly behaviour?: number;
  /** Other names that it binds: `const { a, b } = ...`. */
  readonly also?: readonly string[];
  /** The default export, or the whole of `module.exports`. */
  readonly isDefault?: true;
  /** Indices of the definitions that its text names, then, from `definitions.length` on, of imported names. */
  readonly uses: readonly number[];
};

/** What is remembered of a module that is long enough to be of interest. */
export type ModuleFacts = {
  /** Length of the first line, for the range of a finding. */
  readonly firstLine: number;
  /** Lines in functions and methods that are longer than one line. */
  readonly behaviour: number;
  readonly definitions: readonly DefinitionFact[];
  /** Imported names that at least two definitions use. */
  readonly imported: readonly string[];
  /** Indices of the definitions that other statements of the top level name; exports do not count. */
  readonly rest: readonly number[];
};

/** A top-level definition as the languages find it in the tree. */
export interface RawDefinition {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly start: number;
  readonly end: number;
  readonly also?: readonly string[];
  readonly isDefault?: boolean;
  /** A variable whose value starts with a brace or bracket. */
  readonly isLiteral?: boolean;
  /** Belongs to a definition of this name that stands elsewhere. */
  readonly isPiece?: boolean;
}

/** What the top level of a file holds. Offsets are UTF-16 units. */
export interface TopLevel {
  readonly definitions: readonly RawDefinition[];
  /** Statements that define, import and export nothing. */
  readonly rest: readonly (readonly [start: number, end: number])[];
  /** Names bound by imports. */
  readonly imported: readonly string[];
  /** The name that is exported as default or as the whole module. */
  readonly defaultName?: string;
  /** Offsets of comments, by which a comment right above joins its definition. */
  readonly comments: readonly (readonly [start: number, end: number])[];
}
