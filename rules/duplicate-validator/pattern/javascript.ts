import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { alternation, type NormalPattern, type Pattern, repeat, sequence } from './canonical';
import { charSet, type SetRules } from './char-set';
import { edge, effectiveFlags, normalForm, sortFlags, Unsupported } from './dialect';

const parser = new RegExpParser({ ecmaVersion: 2025 });

/**
 * The normal form of a JavaScript pattern; its text for one that does not parse.
 * @param whole the pattern must match the whole text, as `Validators.pattern('...')` and HTML demand
 */
export function normaliseJavaScript(pattern: string, flags: string, whole = false): NormalPattern {
  return normalForm(pattern, flags, () => {
    const parsed = parse(pattern, flags);
    const rules: SetRules = { ascii: !(flags.includes('i') && /[uv]/.test(flags)), ignoreCase: flags.includes('i') };
    const hasReferences = /\\[1-9]|\\k</.test(pattern);
    const body = new Converter(rules, hasReferences).alternatives(parsed.alternatives);
    const tree = whole ? sequence([edge('^'), withoutEdges(body), edge('$')]) : body;
    // `i` and the like act on letters; `d` only says more about a match.
    return { tree, flags: effectiveFlags(tree, sortFlags(flags), (flag) => flag !== 'd') };
  });
}

function parse(pattern: string, flags: string): AST.Pattern {
  try {
    return parser.parsePattern(pattern, 0, pattern.length, {
      unicode: flags.includes('u'),
      unicodeSets: flags.includes('v'),
    });
  } catch {
    throw new Unsupported(); // Not a pattern at all: a syntax error of the analysed code.
  }
}

/** Drops `^` in front and `$` behind where the whole text must match anyway. */
function withoutEdges(one: Pattern): Pattern {
  const items = one.type === 'sequence' ? [...one.items] : [one];
  if (items[0]?.type === 'edge' && items[0].kind === '^') items.shift();
  const last = items.at(-1);
  if (last?.type === 'edge' && last.kind === '$') items.pop();
  return sequence(items);
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
