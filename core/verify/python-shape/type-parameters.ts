import { parseExpression, parseStarred } from './expressions';
import type { Parser } from './parser';

const KIND: Readonly<Record<string, string>> = { '*': 'TypeVarTuple', '**': 'ParamSpec' };

/** Grammar: `type_params`. */
export function parseTypeParameters(p: Parser): void {
  const names = new Set<string>();
  let hasDefault = false;
  p.expect('[');
  if (p.is(']')) p.fail('empty-type-parameters', 'Type parameter list cannot be empty');
  do {
    if (p.is(']')) break;
    const first = p.at;
    const kind = KIND[p.type] ?? 'TypeVar';
    if (kind !== 'TypeVar') p.at++;
    const name = p.boundName();
    if (name === '__classdict__') {
      p.fail('reserved-type-parameter', `reserved name '${name}' cannot be used for type parameter`, first);
    }
    if (names.has(name)) p.fail('duplicate-type-parameter', `duplicate type parameter '${name}'`, first);
    names.add(name);
    if (p.eat(':')) parseBound(p, kind);
    if (p.eat('=')) {
      hasDefault = true;
      p.deferred(`a ${kind} default`, () =>
        kind === 'TypeVarTuple' && p.is('*') ? parseStarred(p) : parseExpression(p),
      );
    } else if (hasDefault) {
      const message = `non-default type parameter '${name}' follows default type parameter`;
      p.fail('type-parameter-order', message, first);
    }
  } while (p.eat(','));
  p.expect(']');
}

function parseBound(p: Parser, kind: string): void {
  if (kind !== 'TypeVar') p.fail('bound-of-type-parameter', `cannot use bound with ${kind}`, p.at - 1);
  p.deferred('a TypeVar bound', () => parseExpression(p));
}
