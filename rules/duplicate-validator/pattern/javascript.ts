import { type AST, RegExpParser } from '@eslint-community/regexpp';
import {
  alternation,
  countAtoms,
  EMPTY,
  type NormalPattern,
  type Pattern,
  printPattern,
  repeat,
  sequence,
  someNode,
} from './canonical';
import { charSet, type SetRules } from './char-set';

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** Longer patterns, and deeper ones, are compared as they are written. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 60;

/**
 * The normal form of a JavaScript pattern; its text for one that does not parse.
 * @param whole the pattern must match the whole text, as `Validators.pattern('...')` and HTML demand
 */
export function normaliseJavaScript(pattern: string, flags: string, whole = false): NormalPattern {
  const parsed = parse(pattern, flags);
  if (!parsed) return { text: `text:${pattern}/${sortFlags(flags)}`, atoms: pattern.length };
  const rules: SetRules = { ascii: !(flags.includes('i') && /[uv]/.test(flags)), ignoreCase: flags.includes('i') };
  const hasReferences = /\\[1-9]|\\k</.test(pattern);
  try {
    const body = new Converter(rules, hasReferences).alternatives(parsed.alternatives);
    const tree = whole ? sequence([edge('^'), withoutEdges(body), edge('$')]) : body;
    return { text: `${printPattern(tree)}/${effectiveFlags(tree, flags)}`, atoms: countAtoms(tree) };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return { text: `text:${pattern}/${sortFlags(flags)}`, atoms: pattern.length };
  }
}

/** Thrown inside this module for syntax that has no normal form here. */
class Unsupported extends Error {}

function parse(pattern: string, flags: string): AST.Pattern | undefined {
  if (pattern.length > MAX_LENGTH || nesting(pattern) > MAX_DEPTH) return undefined;
  try {
    return parser.parsePattern(pattern, 0, pattern.length, {
      unicode: flags.includes('u'),
      unicodeSets: flags.includes('v'),
    });
  } catch {
    return undefined; // Not a pattern at all: a syntax error of the analysed code.
  }
}

/** An upper bound of how deep groups nest, so that nobody recurses into a pattern made of parentheses. */
export function nesting(pattern: string): number {
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

/** Flags that change what this pattern accepts: `m` acts on edges, `s` on dots, `i` on letters; `d` never. */
function effectiveFlags(tree: Pattern, flags: string): string {
  return sortFlags(flags)
    .split('')
    .filter((flag) => {
      if (flag === 'd') return false;
      if (flag === 'm') return someNode(tree, (one) => one.type === 'edge' && /^[$^]/.test(one.kind));
      if (flag === 's') return someNode(tree, (one) => one.type === 'set' && one.set.names.includes('.'));
      return true;
    })
    .join('');
}

const edge = (kind: string): Pattern => ({ type: 'edge', kind });

/** Drops `^` in front and `$` behind where the whole text must match anyway. */
function withoutEdges(one: Pattern): Pattern {
  const items = one.type === 'sequence' ? [...one.items] : [one];
  if (items[0]?.type === 'edge' && items[0].kind === '^') items.shift();
  const last = items.at(-1);
  if (last?.type === 'edge' && last.kind === '$') items.pop();
  return items.length === 0 ? EMPTY : sequence(items);
}

class Converter {
  constructor(
    private readonly rules: SetRules,
    private readonly keepsCaptures: boolean,
  ) {}

  private captures = 0;

  alternatives(list: readonly AST.Alternative[]): Pattern {
    const options = list.map((one) => sequence(one.elements.map((element) => this.element(element))));
    // With references the order of alternatives can matter; such patterns are compared as they stand.
    return this.keepsCaptures && options.length > 1 ? { type: 'alternation', options } : alternation(options);
  }

  private element(node: AST.Element): Pattern {
    switch (node.type) {
      case 'Character':
        return this.set(false, [], [[node.value, node.value]]);
      case 'CharacterSet':
        return this.set(false, [setName(node)], []);
      case 'CharacterClass':
        return this.characterClass(node);
      case 'Quantifier':
        return repeat(this.element(node.element), node.min, node.max, this.keepsCaptures && !node.greedy ? '?' : '');
      case 'Group':
        if (node.modifiers) throw new Unsupported();
        return this.alternatives(node.alternatives);
      case 'CapturingGroup': {
        const index = ++this.captures;
        const item = this.alternatives(node.alternatives);
        return this.keepsCaptures ? { type: 'capture', index, item } : item;
      }
      case 'Assertion':
        return this.assertion(node);
      case 'Backreference':
        if (typeof node.ref === 'string') throw new Unsupported();
        return { type: 'reference', index: node.ref };
      default:
        throw new Unsupported();
    }
  }

  private assertion(node: AST.Assertion): Pattern {
    switch (node.kind) {
      case 'start':
        return edge('^');
      case 'end':
        return edge('$');
      case 'word':
        return edge(node.negate ? '\\B' : '\\b');
      case 'lookahead':
        return { type: 'look', kind: node.negate ? '?!' : '?=', item: this.alternatives(node.alternatives) };
      case 'lookbehind':
        return { type: 'look', kind: node.negate ? '?<!' : '?<=', item: this.alternatives(node.alternatives) };
    }
  }

  private characterClass(node: AST.CharacterClass): Pattern {
    const names: string[] = [];
    const ranges: [number, number][] = [];
    for (const member of node.elements) {
      if (member.type === 'Character') ranges.push([member.value, member.value]);
      else if (member.type === 'CharacterClassRange') ranges.push([member.min.value, member.max.value]);
      else if (member.type === 'CharacterSet') names.push(setName(member));
      else throw new Unsupported();
    }
    return this.set(node.negate, names, ranges);
  }

  private set(negated: boolean, names: readonly string[], ranges: readonly (readonly [number, number])[]): Pattern {
    return { type: 'set', set: charSet({ negated, names, ranges }, this.rules) };
  }
}

function setName(node: AST.CharacterSet): string {
  if (node.kind === 'any') return '.';
  if (node.kind === 'property') return `\\${node.negate ? 'P' : 'p'}{${node.key}${node.value ? `=${node.value}` : ''}}`;
  const letter = { digit: 'd', space: 's', word: 'w' }[node.kind];
  return `\\${node.negate ? letter.toUpperCase() : letter}`;
}
