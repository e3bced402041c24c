import type { Parser } from './parser';
import { isLiteral, keyOfLiteral, parseLiteral } from './pattern-literals';
import { parseSequence } from './pattern-sequences';

/** A pattern that was read. */
export interface Pattern {
  /** The names that it binds, each once. */
  readonly names: readonly string[];
  /** Present when it matches everything: what it is, for the message. */
  readonly catchesAll?: string;
}

/** Grammar: `patterns`. */
export function parsePatterns(p: Parser): Pattern {
  return parseSequence(p, undefined);
}

/** Grammar: `pattern`. */
export function parsePattern(p: Parser): Pattern {
  const pattern = parseAlternatives(p);
  if (!p.eat('as')) return pattern;
  if (p.isWord('_')) p.fail('wildcard-as-target', "cannot use '_' as a target");
  const name = parseCapture(p);
  return { ...pattern, names: joined(p, [pattern.names, [name]]) };
}

/** The names of parts, none of which may bind what another one binds. */
export function joined(p: Parser, parts: readonly (readonly string[])[]): string[] {
  const names = new Set<string>();
  for (const name of parts.flat()) {
    if (names.has(name)) {
      p.fail('repeated-capture', `multiple assignments to name '${name}' in pattern`, p.at - 1);
    }
    names.add(name);
  }
  return [...names];
}

/** Grammar: `pattern_capture_target`. */
export function parseCapture(p: Parser): string {
  if (p.isWord('_')) p.fail('wildcard-as-target', 'invalid syntax');
  const name = p.boundName('invalid pattern target', 'invalid-pattern-target');
  if (p.is('.') || p.is('(') || p.is('=')) p.fail('invalid-pattern-target', 'invalid pattern target', p.at - 1);
  return name;
}

function parseAlternatives(p: Parser): Pattern {
  const first = p.at;
  let pattern = parseClosed(p);
  const names = [...pattern.names].sort();
  while (p.eat('|')) {
    if (pattern.catchesAll) {
      p.fail('unreachable-pattern', `${pattern.catchesAll} makes remaining patterns unreachable`, first, p.at - 2);
    }
    pattern = parseClosed(p);
    if ([...pattern.names].sort().join() !== names.join()) {
      p.fail('alternatives-bind-differently', 'alternative patterns bind different names', first, p.at - 1);
    }
  }
  return pattern;
}

function parseClosed(p: Parser): Pattern {
  if (isLiteral(p)) {
    parseLiteral(p, 'patterns may only match literals and attribute lookups');
    return { names: [] };
  }
  if (p.is('(') || p.is('[')) return parseSequence(p, p.is('(') ? ')' : ']');
  if (p.is('{')) return parseMapping(p);
  if (p.isWord('_')) {
    p.at++;
    return { names: [], catchesAll: 'wildcard' };
  }
  const next = p.peek();
  if (next !== '.' && next !== '(') {
    if (next === '=') p.fail('syntax', 'invalid syntax');
    const name = parseCapture(p);
    return { names: [name], catchesAll: `name capture '${name}'` };
  }
  parseDotted(p);
  if (p.eat('(')) return parseClassArguments(p);
  if (p.is('=')) p.fail('syntax', 'invalid syntax');
  return { names: [] };
}

function parseDotted(p: Parser): number {
  let parts = 1;
  for (p.name(); p.eat('.'); parts++) p.name();
  return parts;
}

function parseClassArguments(p: Parser): Pattern {
  const keywords = new Set<string>();
  const parts: (readonly string[])[] = [];
  do {
    if (p.is(')')) break;
    const first = p.at;
    if (p.is('NAME') && p.peek() === '=') {
      const name = p.name();
      if (keywords.has(name)) {
        p.fail('repeated-keyword', `attribute name repeated in class pattern: ${name}`, first);
      }
      keywords.add(name);
      p.at++;
    } else if (keywords.size > 0) {
      p.fail('positional-after-keyword', 'positional patterns follow keyword patterns', first);
    }
    parts.push(parsePattern(p).names);
  } while (p.eat(','));
  p.expect(')');
  return { names: joined(p, parts) };
}

function parseMapping(p: Parser): Pattern {
  const keys = new Set<string>();
  const parts: (readonly string[])[] = [];
  let hasRest = false;
  p.expect('{');
  do {
    if (p.is('}')) break;
    if (hasRest) p.fail('rest-not-last', 'double star pattern must be the last subpattern in the mapping pattern');
    if (p.eat('**')) {
      hasRest = true;
      parts.push([parseCapture(p)]);
      continue;
    }
    const first = p.at;
    if (isLiteral(p)) {
      parseLiteral(p, 'mapping pattern keys may only match literals and attribute lookups');
      const key = keyOfLiteral(p, first);
      if (keys.has(key)) p.fail('repeated-key', `mapping pattern checks duplicate key (${key})`, first);
      keys.add(key);
    } else if (parseDotted(p) < 2) {
      p.fail('invalid-mapping-key', 'mapping pattern keys may only match literals and attribute lookups', first);
    }
    p.expect(':');
    parts.push(parsePattern(p).names);
  } while (p.eat(','));
  p.expect('}');
  return { names: joined(p, parts) };
}
