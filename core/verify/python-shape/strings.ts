import { type Expression, expression } from './expression';
import { parseRightSide } from './expressions';
import type { Parser } from './parser';

/** Grammar: `strings`: literals side by side, which are one value. */
export function parseStrings(p: Parser): Expression {
  const first = p.at;
  const kinds = new Set<'str' | 'bytes' | 'template'>();
  let hasFields = false;
  for (;;) {
    const prefix = /^[A-Za-z]*/.exec(p.tokens.textOf(p.at))![0].toLowerCase();
    if (p.is('FSTRING_START')) {
      hasFields = true;
      parseFString(p);
    } else if (!p.eat('STRING')) break;
    kinds.add(prefix.includes('b') ? 'bytes' : prefix.includes('t') ? 'template' : 'str');
  }
  const last = p.at - 1;
  if (kinds.has('template') && kinds.size > 1) {
    p.fail('mixed-literals', 'cannot mix t-string literals with string or bytes literals', first, last);
  }
  if (kinds.size > 1) p.fail('mixed-literals', 'cannot mix bytes and nonbytes literals', first, last);
  if (!hasFields) return expression('literal', first, last);
  return expression(kinds.has('template') ? 't-string expression' : 'f-string expression', first, last);
}

function parseFString(p: Parser): void {
  const isTemplate = /t/i.test(p.tokens.textOf(p.at).slice(0, 2));
  p.expect('FSTRING_START');
  while (!p.eat('FSTRING_END')) {
    if (!p.eat('FSTRING_MIDDLE')) parseField(p, isTemplate ? 't-string' : 'f-string');
  }
}

/** A replacement field, with its braces. */
function parseField(p: Parser, kind: string): void {
  const first = p.at;
  p.expect('{');
  if (p.is('}') || p.is('!') || p.is(':') || p.is('=')) {
    p.fail('empty-field', `${kind}: valid expression required before '${p.type}'`, first, p.at);
  }
  parseRightSide(p);
  p.eat('=');
  if (p.eat('!')) parseConversion(p, kind);
  if (p.eat(':')) {
    while (!p.is('}')) {
      if (!p.eat('FSTRING_MIDDLE')) parseField(p, kind);
    }
  }
  p.expect('}', `${kind}: expecting '}'`, 'field-end');
}

function parseConversion(p: Parser, kind: string): void {
  const { starts, ends } = p.tokens;
  if (!p.is('NAME')) p.fail('invalid-conversion', `${kind}: invalid conversion character`);
  if (starts[p.at] !== ends[p.at - 1]) {
    p.fail('invalid-conversion', `${kind}: conversion type must come right after the exclamation mark`);
  }
  const name = p.name();
  if (!/^[sra]$/.test(name)) {
    const message = `${kind}: invalid conversion character '${name}': expected 's', 'r', or 'a'`;
    p.fail('invalid-conversion', message, p.at - 1);
  }
}
