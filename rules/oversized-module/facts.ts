/**
 * What a top-level definition is. `object` is a variable whose value holds functions without being one (a table of handlers, a
 * component's options), `value` a variable or constant without behaviour.
 */
export type DefinitionKind = 'function' | 'class' | 'type' | 'object' | 'value';

/**
 * What is remembered of a module that holds more than data. A module has `seams` (it is long, so that somebody will ask for them) or
 * `parts` (it is of interest only under lower limits), or neither: then it has no seams.
 */
export type ModuleFacts = {
  /** Length of the first line, for the range of a finding. */
  readonly head: number;
  /** Name of the first definition that is no variable. */
  readonly first?: string;
  /** The definition that holds at least half of the lines of the module. */
  readonly dominant?: { readonly name: string; readonly kind: DefinitionKind; readonly lines: number };
  /** The largest first. */
  readonly seams?: readonly Seam[];
  /** What the seams of a shorter module can be computed from. */
  readonly parts?: ModuleParts;
};

/** A part of a module that could be a module of its own. */
export type Seam = {
  /** All names that move, in the order in which they stand in the file. */
  readonly names: readonly string[];
  readonly lines: number;
  /** 0-based line of its first definition. */
  readonly line: number;
  /** Module variables that at least two of its definitions use. */
  readonly shares: readonly string[];
  /** Definitions of it that at least two others of it name. */
  readonly calls: readonly string[];
  /** Words that at least half of its names have in common. */
  readonly words: readonly string[];
  /** The default export, or the whole of `module.exports`, is among it. */
  readonly hasDefault?: true;
};

/** The definitions of a module and what ties them. */
export type ModuleParts = {
  readonly definitions: readonly DefinitionFact[];
  /** Imported names that at least two definitions use. */
  readonly imported: readonly string[];
  /** Indices of the definitions that other statements of the top level name; exports do not count. */
  readonly rest: readonly number[];
};

/** A top-level definition. */
export type DefinitionFact = {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** 0-based line on which it starts; comments right above belong to it. */
  readonly line: number;
  /** All its lines, those of further pieces (overloads, `X.prototype.y = ...`) too. */
  readonly lines: number;
  /** Holds functions that are longer than one line. */
  readonly behaves?: true;
  /** Other names that it binds: `const { a, b } = ...`. */
  readonly also?: readonly string[];
  /** The default export, or the whole of `module.exports`. */
  readonly isDefault?: true;
  /** Indices of the definitions that its text names, then, from `definitions.length` on, of imported names. */
  readonly uses: readonly number[];
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
