import { parseExpression, parseStarred } from './expressions';
import type { Parser } from './parser';

type Stage = 'positional' | 'after-star' | 'after-bare-star' | 'end';

/**
 * Reads the parameters of a function or a lambda up to the closing token, which stays. Annotations are allowed in functions.
 * @param close `)` of a function, `:` of a lambda
 * @param isGeneric the function has type parameters
 */
export function parseParameters(p: Parser, close: ')' | ':', isGeneric = false): void {
  new ParameterReader(p, close, isGeneric).read();
}

class ParameterReader {
  private readonly names = new Set<string>();
  private stage: Stage = 'positional';
  private hasSlash = false;
  private hasDefault = false;

  constructor(
    private readonly p: Parser,
    private readonly close: ')' | ':',
    private readonly isGeneric: boolean,
  ) {}

  read(): void {
    const { p, close } = this;
    do {
      if (p.is(close)) break;
      if (this.stage === 'end') {
        p.fail('parameter-order', 'arguments cannot follow var-keyword argument');
      }
      if (p.is('/')) this.slash();
      else if (p.is('*')) this.star();
      else if (p.eat('**')) this.keywords();
      else this.plain();
    } while (p.eat(','));
    if (this.stage === 'after-bare-star') this.failBareStar();
    if (!p.is(close)) p.fail('syntax', 'invalid syntax');
  }

  private slash(): void {
    const { p } = this;
    if (this.stage !== 'positional') p.fail('parameter-order', '/ must be ahead of *');
    if (this.hasSlash) p.fail('parameter-order', '/ may appear only once');
    if (this.names.size === 0) p.fail('parameter-order', 'at least one argument must precede /');
    this.hasSlash = true;
    p.at++;
    if (p.is('*')) p.fail('parameter-order', 'expected comma between / and *');
  }

  private star(): void {
    const { p, close } = this;
    if (this.stage !== 'positional') p.fail('parameter-order', '* argument may appear only once');
    p.expect('*');
    if (p.is(close)) this.failBareStar();
    if (p.is(',')) {
      this.stage = 'after-bare-star';
      return;
    }
    this.stage = 'after-star';
    this.name();
    if (close === ')' && p.eat(':')) {
      p.annotation(this.isGeneric, true, () => (p.is('*') ? parseStarred(p) : parseExpression(p)));
    }
    if (p.is('=')) p.fail('default-of-star', 'var-positional argument cannot have default value');
  }

  private keywords(): void {
    const { p } = this;
    if (this.stage === 'after-bare-star') this.failBareStar();
    this.stage = 'end';
    this.name();
    this.annotation();
    if (p.is('=')) p.fail('default-of-star', 'var-keyword argument cannot have default value');
  }

  private plain(): void {
    const { p, close } = this;
    if (p.is('(')) {
      const what = close === ')' ? 'Function' : 'Lambda expression';
      p.fail('parenthesised-parameter', `${what} parameters cannot be parenthesized`);
    }
    const first = p.at;
    this.name();
    this.annotation();
    if (p.eat('=')) {
      if (p.is(',') || p.is(close)) p.fail('default-without-value', 'expected default value expression', p.at - 1);
      parseExpression(p);
      this.hasDefault = true;
    } else if (this.stage === 'positional' && this.hasDefault) {
      p.fail('parameter-order', 'parameter without a default follows parameter with a default', first);
    }
    if (this.stage === 'after-bare-star') this.stage = 'after-star';
  }

  private name(): void {
    const { p } = this;
    const first = p.at;
    const name = p.boundName();
    if (this.names.has(name))
      p.fail('duplicate-parameter', `duplicate argument '${name}' in function definition`, first);
    this.names.add(name);
  }

  private annotation(): void {
    const { p } = this;
    if (this.close === ')' && p.eat(':')) p.annotation(this.isGeneric, true, () => parseExpression(p));
  }

  private failBareStar(): never {
    this.p.fail('bare-star', 'named arguments must follow bare *', this.p.at - 1);
  }
}
