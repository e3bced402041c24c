import type { RawBlock } from './cpython';

/**
 * How a block sees a name: local, free, global by statement, global by default; then `p` for parameters, `i` for
 * imported names, `n` for names that a `nonlocal` statement (or a walrus in a comprehension) declares.
 */
export type Standing = string;

/** A block in the form in which CPython's and ours are compared. */
export interface Block {
  readonly type: string;
  readonly name: string;
  /** 1-based; 0 where CPython's line is an accident (annotations, which are merged). */
  readonly line: number;
  readonly symbols: Map<string, Standing>;
  readonly children: Block[];
}

const TYPES = ['function', 'class', 'module', 'annotations', 'type-alias', 'type-parameters', 'type-variable'];
const STANDINGS: Readonly<Record<number, string>> = {
  1: 'local',
  2: 'global-explicit',
  3: 'global-implicit',
  4: 'free',
  5: 'local',
};

/** Names that CPython's compiler adds for its own use. */
export function isInternal(name: string): boolean {
  return (
    name.startsWith('.') ||
    name === '__classdict__' ||
    name === '__conditional_annotations__' ||
    name === '__type_params__'
  );
}

/** Lines of annotation-like blocks are not compared. */
export function hasLine(type: string): boolean {
  return type === 'function' || type === 'class';
}

/** Reads CPython's table; the bits are those of Include/internal/pycore_symtable.h. */
export function blockOfCPython([code, name, line, symbols, children]: RawBlock): Block {
  const type = TYPES[code]!;
  const standings = new Map<string, Standing>();
  for (const [symbol, flags] of Object.entries(symbols)) {
    if (isInternal(symbol)) continue;
    const suffix = `${flags & 4 ? 'p' : ''}${flags & 0x80 ? 'i' : ''}${flags & 8 ? 'n' : ''}`;
    standings.set(symbol, `${STANDINGS[(flags >> 12) & 15]}${suffix === '' ? '' : `:${suffix}`}`);
  }
  return {
    type,
    name: blockName(type, name),
    line: hasLine(type) ? line : 0,
    symbols: standings,
    children: children.map(blockOfCPython).filter(isWorthComparing),
  };
}

/** CPython opens annotation blocks also where nothing is annotated. */
export function isWorthComparing(block: Block): boolean {
  return block.type !== 'annotations' || block.symbols.size > 0 || block.children.length > 0;
}

/** CPython names displays by their kind, which a function may be called too. */
export function blockName(type: string, name: string): string {
  if (type === 'module' || type === 'annotations') return '';
  return /^(?:list|set|dict)comp$/.test(name) ? 'comprehension' : name;
}

/** A block as text, independent of the order of symbols and of blocks inside. */
export function canonical(block: Block): string {
  const symbols = [...block.symbols].map(([name, standing]) => `${name}=${standing}`).sort();
  const children = block.children.map(canonical).sort();
  return `${block.type} ${block.name}@${block.line}{${symbols.join(' ')}}[${children.join(',')}]`;
}

/** The first differences between two tables, in words. */
export function differences(expected: Block, actual: Block, path = expected.type, limit = 10): string[] {
  const found: string[] = [];
  for (const name of new Set([...expected.symbols.keys(), ...actual.symbols.keys()])) {
    const [want, have] = [expected.symbols.get(name), actual.symbols.get(name)];
    if (want !== have) found.push(`${path}: ${name} is ${want ?? 'absent'} in CPython, ${have ?? 'absent'} here`);
  }
  const ours = new Map<string, Block[]>();
  for (const child of actual.children) {
    const key = `${child.type} ${child.name}@${child.line}`;
    ours.set(key, [...(ours.get(key) ?? []), child]);
  }
  for (const child of expected.children) {
    const key = `${child.type} ${child.name}@${child.line}`;
    const candidates = ours.get(key) ?? [];
    const text = canonical(child);
    const same = candidates.findIndex((candidate) => canonical(candidate) === text);
    if (same >= 0) candidates.splice(same, 1);
  }
  for (const child of expected.children) {
    const key = `${child.type} ${child.name}@${child.line}`;
    if (actual.children.some((other) => canonical(other) === canonical(child))) continue;
    const partner = ours.get(key)?.shift();
    if (partner) found.push(...differences(child, partner, `${path} > ${key}`, limit));
    else found.push(`${path}: block ${key} is missing here`);
  }
  for (const [key, rest] of ours) for (const _ of rest) found.push(`${path}: block ${key} is not in CPython`);
  return found.slice(0, limit);
}
