import { countAtoms, type NormalPattern, type Pattern, printPattern, someNode } from './canonical';

/** Longer patterns, and deeper ones, are compared as they are written. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 60;

/** Thrown by a dialect for what is no pattern, or has no normal form here. */
export class Unsupported extends Error {}

/** A pattern as a dialect read it, with the flags that still count. */
export interface Reading {
  readonly tree: Pattern;
  readonly flags: string;
}

/** The normal form of what `read` makes of a pattern; its text where that throws {@link Unsupported}. */
export function normalForm(pattern: string, flags: string, read: () => Reading): NormalPattern {
  const asWritten = { text: `text:${pattern}/${sortFlags(flags)}`, atoms: pattern.length };
  if (pattern.length > MAX_LENGTH || nesting(pattern) > MAX_DEPTH) return asWritten;
  try {
    const { tree, flags: effective } = read();
    return { text: `${printPattern(tree)}/${effective}`, atoms: countAtoms(tree) };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return asWritten;
  }
}

/** An upper bound of how deep groups nest, so that nobody recurses into a pattern made of parentheses. */
function nesting(pattern: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of pattern) {
    if (char === '(' || char === '[') deepest = Math.max(deepest, ++depth);
    else if ((char === ')' || char === ']') && depth > 0) depth--;
  }
  return deepest;
}

export function sortFlags(flags: string): string {
  return [...new Set(flags)].sort().join('');
}

/**
 * Flags that change what this pattern accepts: `m` acts on edges, `s` on dots.
 * @param counts says of every other flag whether it does
 */
export function effectiveFlags(tree: Pattern, flags: string, counts: (flag: string) => boolean): string {
  return [...flags]
    .filter((flag) => {
      if (flag === 'm') return someNode(tree, (one) => one.type === 'edge' && /^[$^]/.test(one.kind));
      if (flag === 's') return someNode(tree, (one) => one.type === 'set' && one.set.names.includes('.'));
      return counts(flag);
    })
    .join('');
}

export const edge = (kind: string): Pattern => ({ type: 'edge', kind });
