import { alternation, type NormalPattern, type Pattern, repeat, sequence, someNode } from './canonical';
import { charSet, type SetRules } from './char-set';
import { edge, effectiveFlags, normalForm, sortFlags, Unsupported } from './dialect';

/**
 * The normal form of a pattern of Python's `re`; its text for syntax that is not certain to be understood (conditional groups, named
 * characters, scoped flags).
 * @param flags letters as in `(?imsxau)`
 * @param mode how it is applied: `match` and `fullmatch` make a leading `^` idle
 */
export function normalisePython(pattern: string, flags: string, mode: string): NormalPattern {
  return normalForm(pattern, flags, () => {
    const leading = /^\(\?([aimsxu]+)\)/.exec(pattern);
    const all = sortFlags(flags + (leading?.[1] ?? '')).replace('u', '');
    const reader = new Reader(leading ? pattern.slice(leading[0].length) : pattern, all);
    const tree = dropIdleEdges(reader.read(), all, mode);
    return { tree, flags: effectiveFlags(tree, all, (flag) => isEffective(tree, flag)) };
  });
}

/** `x` was read away; `a` is in the classes already, but for what {@link isUnicodeSensitive} names. */
function isEffective(tree: Pattern, flag: string): boolean {
  return flag === 'a' ? someNode(tree, isUnicodeSensitive) : flag !== 'x';
}

/** With `re.A`, `\d` and `\w` became ranges; what is left to differ is `\s`, `\b` and folding of case. */
function isUnicodeSensitive(one: Pattern): boolean {
  return (
    (one.type === 'set' && one.set.names.some((name) => /^\\[swdSWD]$/.test(name))) ||
    (one.type === 'edge' && /^\\[bB]$/.test(one.kind))
  );
}

/** `re.match` starts at the start of the text, so `^` says nothing there; `fullmatch` ends at its end. */
function dropIdleEdges(tree: Pattern, flags: string, mode: string): Pattern {
  if (mode === 'search') return tree;
  const items = tree.type === 'sequence' ? [...tree.items] : [tree];
  const first = items[0];
  if (first?.type === 'edge' && (first.kind === '\\A' || first.kind === '^')) items.shift();
  const last = items.at(-1);
  if (
    mode === 'fullmatch' &&
    last?.type === 'edge' &&
    (last.kind === '\\Z' || (last.kind === '$' && !flags.includes('m')))
  )
    items.pop();
  return sequence(items);
}

const CONTROL: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7 };

/** Reads the grammar of `sre_parse`; anything unexpected throws {@link Unsupported}. */
class Reader {
  private at = 0;
  private groups = 0;
  private readonly named = new Map<string, number>();
  private readonly verbose: boolean;
  private readonly multiline: boolean;
  private readonly rules: SetRules;
  private readonly keepsCaptures: boolean;

  constructor(
    private readonly pattern: string,
    flags: string,
  ) {
    this.verbose = flags.includes('x');
    this.multiline = flags.includes('m');
    this.rules = { ascii: flags.includes('a'), ignoreCase: flags.includes('i') };
    this.keepsCaptures = /\\[1-9]|\(\?P=|\(\?>|[*+?}]\+/.test(pattern);
  }

  read(): Pattern {
    const tree = this.alternatives();
    if (this.at < this.pattern.length) throw new Unsupported();
    return tree;
  }

  private peek(): string {
    return this.pattern[this.at] ?? '';
  }

  private eat(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private until(end: string): string {
    const stop = this.pattern.indexOf(end, this.at);
    if (stop < 0) throw new Unsupported();
    const text = this.pattern.slice(this.at, stop);
    this.at = stop + end.length;
    return text;
  }

  private alternatives(): Pattern {
    const options: Pattern[] = [];
    do options.push(this.sequence());
    while (this.eat('|'));
    return this.keepsCaptures && options.length > 1 ? { type: 'alternation', options } : alternation(options);
  }

  private sequence(): Pattern {
    const items: Pattern[] = [];
    while (this.at < this.pattern.length && this.peek() !== '|' && this.peek() !== ')') {
      if (this.skipVerbose()) continue;
      const item = this.item();
      if (item) items.push(this.quantified(item));
    }
    // Greedy repetitions that may not give back (`a++`) must not be merged with their neighbours.
    return this.keepsCaptures ? (items.length === 1 ? items[0]! : { type: 'sequence', items }) : sequence(items);
  }

  private skipVerbose(): boolean {
    if (!this.verbose) return false;
    if (/[ \t\n\r\f\v]/.test(this.peek())) {
      this.at++;
      return true;
    }
    if (this.peek() !== '#') return false;
    const end = this.pattern.indexOf('\n', this.at);
    this.at = end < 0 ? this.pattern.length : end + 1;
    return true;
  }

  private quantified(item: Pattern): Pattern {
    while (this.skipVerbose());
    const bounds = this.bounds();
    if (!bounds) return item;
    if (item.type === 'edge') throw new Unsupported();
    const suffix = this.eat('?') ? '?' : this.eat('+') ? '+' : '';
    while (this.skipVerbose());
    if (/[*+?]/.test(this.peek())) throw new Unsupported(); // "multiple repeat"
    // Whether greedy or lazy decides what is captured, never whether there is a match.
    return repeat(item, bounds[0], bounds[1], suffix === '+' || this.keepsCaptures ? suffix : '');
  }

  private bounds(): [number, number] | undefined {
    if (this.eat('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.eat('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.eat('?')) return [0, 1];
    const counted = /^\{(\d{0,5})(?:(,)(\d{0,5}))?\}/.exec(this.pattern.slice(this.at, this.at + 16));
    if (!counted || counted[0] === '{}' || (counted[1] === '' && !counted[2])) return undefined;
    this.at += counted[0].length;
    const min = counted[1] ? Number(counted[1]) : 0;
    if (!counted[2]) return [min, min];
    return [min, counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY];
  }

  /** One item; undefined for a comment. */
  private item(): Pattern | undefined {
    const char = this.peek();
    if (char === '(') return this.group();
    if (char === '[') return this.characterClass();
    if (char === '\\') return this.escape();
    this.at += char.length;
    if (char === '.') return this.set(false, ['.'], []);
    if (char === '^') return edge(this.multiline ? '^' : '\\A');
    if (char === '$') return edge('$');
    if (/[*+?]/.test(char)) throw new Unsupported(); // "nothing to repeat"
    return this.literal(this.pattern.codePointAt(this.at - 1)!);
  }

  private literal(code: number): Pattern {
    if (code > 0xffff) this.at++;
    return this.set(false, [], [[code, code]]);
  }

  private group(): Pattern | undefined {
    this.at++;
    if (this.eat('?#')) {
      this.until(')');
      return undefined;
    }
    for (const kind of ['?=', '?!', '?<=', '?<!', '?>']) {
      if (this.eat(kind)) return { type: 'look', kind, item: this.rest() };
    }
    if (this.eat('?:')) return this.rest();
    if (this.eat('?P=')) return { type: 'reference', index: this.named.get(this.until(')')) ?? fail() };
    const index = ++this.groups;
    if (this.eat('?P<')) this.named.set(this.until('>'), index);
    else if (this.peek() === '?') throw new Unsupported();
    const item = this.rest();
    return this.keepsCaptures ? { type: 'capture', index, item } : item;
  }

  private rest(): Pattern {
    const item = this.alternatives();
    if (!this.eat(')')) throw new Unsupported();
    return item;
  }

  private escape(): Pattern {
    const letter = this.pattern[this.at + 1] ?? '';
    if (/[dDwWsS]/.test(letter)) {
      this.at += 2;
      return this.set(false, [`\\${letter}`], []);
    }
    if (/[AZbB]/.test(letter)) {
      this.at += 2;
      return edge(`\\${letter}`);
    }
    if (/[1-9]/.test(letter)) {
      const digits = /^\d{1,3}/.exec(this.pattern.slice(this.at + 1, this.at + 4))![0];
      if (digits.length > 2) throw new Unsupported(); // Octal or reference: rare enough to stay as written.
      this.at += 1 + digits.length;
      return { type: 'reference', index: Number(digits) };
    }
    return this.literalAt(this.escapedCode());
  }

  private literalAt(code: number): Pattern {
    return this.set(false, [], [[code, code]]);
  }

  /** The code point of an escape that names one character, inside and outside classes. */
  private escapedCode(): number {
    const letter = this.pattern[this.at + 1] ?? fail();
    const hex = { x: 2, u: 4, U: 8 }[letter];
    if (hex) {
      const digits = this.pattern.slice(this.at + 2, this.at + 2 + hex);
      if (digits.length !== hex || !/^[0-9a-fA-F]+$/.test(digits)) throw new Unsupported();
      this.at += 2 + hex;
      return Number.parseInt(digits, 16);
    }
    if (letter === '0') {
      const octal = /^[0-7]{1,3}/.exec(this.pattern.slice(this.at + 1, this.at + 4))![0];
      this.at += 1 + octal.length;
      return Number.parseInt(octal, 8);
    }
    this.at += 2;
    if (letter in CONTROL) return CONTROL[letter]!;
    if (/[0-9A-Za-z]/.test(letter)) throw new Unsupported();
    const code = this.pattern.codePointAt(this.at - 1)!;
    if (code > 0xffff) this.at++;
    return code;
  }

  private characterClass(): Pattern {
    this.at++;
    const negated = this.eat('^');
    const names: string[] = [];
    const ranges: [number, number][] = [];
    for (let first = true; first || this.peek() !== ']'; first = false) {
      if (this.at >= this.pattern.length) throw new Unsupported();
      const from = this.classMember();
      if (typeof from === 'string') {
        names.push(from);
        continue;
      }
      const next = this.pattern[this.at + 1];
      if (this.peek() === '-' && next !== undefined && next !== ']') {
        this.at++;
        const to = this.classMember();
        if (typeof to === 'string' || to < from) throw new Unsupported();
        ranges.push([from, to]);
      } else ranges.push([from, from]);
    }
    this.at++;
    return this.set(negated, names, ranges);
  }

  private classMember(): string | number {
    if (this.peek() !== '\\') {
      const code = this.pattern.codePointAt(this.at)!;
      this.at += code > 0xffff ? 2 : 1;
      return code;
    }
    const letter = this.pattern[this.at + 1] ?? '';
    if (/[dDwWsS]/.test(letter)) {
      this.at += 2;
      return `\\${letter}`;
    }
    if (letter === 'b') {
      this.at += 2;
      return 8;
    }
    if (/[1-9]/.test(letter)) throw new Unsupported();
    return this.escapedCode();
  }

  private set(negated: boolean, names: readonly string[], ranges: readonly (readonly [number, number])[]): Pattern {
    return { type: 'set', set: charSet({ negated, names, ranges }, this.rules) };
  }
}

function fail(): never {
  throw new Unsupported();
}
