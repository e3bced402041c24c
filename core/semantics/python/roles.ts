/** What an occurrence does to its name; finer than `OccurrenceKind`, because kinds of bindings and data flow depend on it. */
export type Role =
  | 'read'
  | 'assign'
  /** `x += 1`: reads, then writes. */
  | 'augment'
  | 'delete'
  /** `x: int` without a value: makes the name local, writes nothing. */
  | 'declare'
  /** The name of an annotated assignment that has a value. */
  | 'annotated-assign'
  | 'walrus'
  | 'for-target'
  | 'with-target'
  | 'capture'
  | 'parameter'
  | 'function'
  | 'class'
  | 'import'
  | 'exception'
  | 'type-parameter'
  | 'type-alias'
  /** Names in a `global` and in a `nonlocal` statement: neither read nor written. */
  | 'global'
  | 'nonlocal';

/** Facts about a name within one block, as bits; CPython's symtable keeps the same. */
export const BOUND = 1;
export const GLOBAL = 2;
export const NONLOCAL = 4;
export const PARAMETER = 8;
export const IMPORTED = 16;
export const READ = 32;

/** The facts that an occurrence adds to its name. */
export const FLAGS: Readonly<Record<Role, number>> = {
  read: READ,
  assign: BOUND,
  // CPython counts the target of `x += 1` as a store only.
  augment: BOUND,
  delete: BOUND,
  declare: BOUND,
  'annotated-assign': BOUND,
  walrus: BOUND,
  'for-target': BOUND,
  'with-target': BOUND,
  capture: BOUND,
  parameter: BOUND | PARAMETER,
  function: BOUND,
  class: BOUND,
  import: BOUND | IMPORTED,
  exception: BOUND,
  'type-parameter': BOUND,
  'type-alias': BOUND,
  global: GLOBAL,
  nonlocal: NONLOCAL,
};

const ROLES = Object.keys(FLAGS) as Role[];
const CODE = Object.fromEntries(ROLES.map((role, code) => [role, code])) as Readonly<Record<Role, number>>;

/** An identifier that is no name: the keyword of an argument, an attribute. */
const IGNORED = 64;
const ATTRIBUTE_END = 128;

/**
 * What the nodes around identifiers said about them before they are met: one byte per offset of the text, which is
 * cheaper than asking the tree for each identifier's parent.
 */
export class Marks {
  private readonly bytes: Uint8Array;

  constructor(length: number) {
    this.bytes = new Uint8Array(length + 2);
  }

  /** The first role stays: `except E as e` is marked before the `as` pattern in it is met. */
  set(offset: number, role: Role): void {
    if ((this.bytes[offset]! & ~ATTRIBUTE_END) === 0) this.bytes[offset]! |= CODE[role];
  }

  ignore(offset: number): void {
    this.bytes[offset]! |= IGNORED;
  }

  /** An attribute access ends here, so the identifier that ends here is its attribute. */
  endAttribute(offset: number): void {
    this.bytes[offset]! |= ATTRIBUTE_END;
  }

  /** The role of an identifier, `read` when nothing was said; undefined when it is no name. */
  roleOf(start: number, end: number): Role | undefined {
    const mark = this.bytes[start]! & ~ATTRIBUTE_END;
    return mark & IGNORED || this.bytes[end]! & ATTRIBUTE_END ? undefined : ROLES[mark]!;
  }
}
