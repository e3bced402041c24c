import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { matchesAt, placesOfName } from '../../core/text/names';
import type { OwnNames } from './cures/own-names';
import { isNarrowable } from './cures/python/raised';
import { KNOWN_CALLS } from './cures/python/raised-table';
import { withoutStrings } from './words';

/**
 * Whether a handler that catches everything could catch what its guarded code raises. The semantic model of the file, which costs more than
 * all else, is built only where each call could be known and nothing is asked of a parameter without a type.
 */
export function canNarrow(file: ParsedFile, { guarded, code, scope }: Guarded, own: OwnNames): boolean {
  return KNOWN_CALLS.mayKnow(code, own) && !(scope && asksUntyped(file, scope, code)) && isNarrowable(file, guarded);
}

interface Guarded {
  /** The block of the `try`. */
  readonly guarded: SyntaxNode;
  /** Its text. */
  readonly code: string;
  /** The function around it. */
  readonly scope: SyntaxNode | undefined;
}

/** Whether a text takes a member or an item of a parameter that has neither an annotation nor a default, and that nothing binds anew. */
function asksUntyped({ source }: ParsedFile, scope: SyntaxNode, code: string): boolean {
  const plain = scope.childForFieldName('parameters')?.namedChildren.filter(({ type }) => type === 'identifier') ?? [];
  if (plain.length === 0) return false;
  const asked = withoutStrings(code);
  const { startIndex, endIndex } = scope;
  return plain.some((parameter) => {
    const name = source.slice(parameter.startIndex, parameter.endIndex);
    return !OWNERS.has(name) && isAsked(name, asked) && !isBound(name, source.slice(startIndex, endIndex));
  });
}

/** Their type is the class around. */
const OWNERS: ReadonlySet<string> = new Set(['self', 'cls']);
const ASKED = /\s*[.[]/y;

function isAsked(name: string, code: string): boolean {
  for (const at of placesOfName(code, name)) if (matchesAt(code, ASKED, at + name.length)) return true;
  return false;
}

const BOUND = /\s*(?::?=(?!=)|:|in\b)/y;
const BOUND_BEFORE = /\b(?:for|as|global|nonlocal|import)\s+$|\n[ \t]*$/;

/** Keyword arguments of that name count too: then the model is asked. */
function isBound(name: string, text: string): boolean {
  for (const at of placesOfName(text, name)) {
    const end = at + name.length;
    if (matchesAt(text, BOUND, end)) return true;
    const found = BOUND_BEFORE.exec(text.slice(Math.max(0, at - 40), at));
    if (found && (found[0].trim() !== '' || text[end] === ',')) return true;
  }
  return false;
}
