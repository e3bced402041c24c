import { ANNOTATION, Frame, type FrameKind, GENERIC } from './frame';
import { reject } from './rejection';
import { normalName, type Tokens } from './tokens';

/** A place in the tokens, and what surrounds it. The grammar is in functions over it, one file for each part. */
export class Parser {
  at = 0;
  frame = new Frame('module');
  /** `in` expressions of comprehensions around the place, those around a lambda included. */
  iterables = 0;
  /** Lambdas in lambdas, the one construct that nests without brackets or blocks. */
  lambdas = 0;
  /** Annotations around the place that are parsed but never compiled. */
  private unevaluated = 0;
  /** `from __future__ import annotations`: none is compiled. */
  hasFutureAnnotations = false;
  /** `from __future__ import barry_as_FLUFL`: `<>` instead of `!=`. */
  isFlufl = false;
  /** Some `global` or `nonlocal` statement was read: the scopes must be looked at. */
  hasDeclarations = false;
  /** May `from __future__ import` come next: nothing was read yet, only a docstring and others like it, or more. */
  futures: 'start' | 'open' | 'closed' = 'start';

  constructor(readonly tokens: Tokens) {}

  get type(): string {
    return this.tokens.types[this.at]!;
  }

  peek(distance = 1): string {
    return this.tokens.types[this.at + distance] ?? 'END';
  }

  is(type: string): boolean {
    return this.tokens.types[this.at] === type;
  }

  /** A name with a meaning in this place alone, such as `match`. */
  isWord(word: string): boolean {
    return this.is('NAME') && this.tokens.textOf(this.at) === word;
  }

  eat(type: string): boolean {
    if (this.tokens.types[this.at] !== type) return false;
    this.at++;
    return true;
  }

  expect(type: string, message = 'invalid syntax', code = 'syntax'): void {
    if (!this.eat(type)) this.fail(code, message);
  }

  /** Takes a name, in normal form. */
  name(message = 'invalid syntax', code = 'syntax'): string {
    if (!this.is('NAME')) this.fail(code, message);
    return normalName(this.tokens.textOf(this.at++));
  }

  /** Takes a name that is bound here. */
  boundName(message?: string, code?: string): string {
    const name = this.name(message, code);
    if (name === '__debug__') this.fail('assign-to-debug', 'cannot assign to __debug__', this.at - 1);
    return name;
  }

  /** @param first,last tokens that the error spans */
  fail(code: string, message: string, first = this.at, last = first): never {
    const { starts, ends } = this.tokens;
    reject(code, message, starts[first]!, Math.max(ends[last]!, starts[first]!));
  }

  /** Reads code that is evaluated in a frame of its own. */
  inFrame<T>(kind: FrameKind, label: string, read: (frame: Frame) => T): T {
    const around = this.frame;
    this.frame = new Frame(kind, label, around);
    try {
      const result = read(this.frame);
      this.leave(this.frame);
      return result;
    } finally {
      this.frame = around;
    }
  }

  /** Code that must not suspend or bind: annotations and the like. */
  deferred<T>(label: string, read: () => T): T {
    return this.inFrame('deferred', label, read);
  }

  /**
   * Reads an annotation.
   * @param isGeneric the annotation stands within the scope of type parameters
   * @param isKept the annotation can be asked for, so it is compiled; those of local variables cannot
   */
  annotation<T>(isGeneric: boolean, isKept: boolean, read: () => T): T {
    const isCompiled = isKept && !this.hasFutureAnnotations;
    const annotated = () => this.deferred(ANNOTATION, read);
    if (!isCompiled) this.unevaluated++;
    const result = isGeneric ? this.deferred(GENERIC, annotated) : annotated();
    if (!isCompiled) this.unevaluated--;
    return result;
  }

  /** Fails for what CPython's code generator alone objects to: it never sees some annotations. */
  failCompiled(code: string, message: string, first: number, last = first): void {
    if (this.unevaluated === 0) this.fail(code, message, first, last);
  }

  /** What no comprehension has taken must be allowed in the frame itself. */
  leave(frame: Frame): void {
    for (const { token, what, isOuter } of frame.marks) {
      if (frame.kind === 'deferred' && !isOuter) this.failDeferred(frame, token, what);
      if (what === 'yield' && !frame.isFunction) this.fail('yield-outside-function', "'yield' outside function", token);
      if (what === 'await' && frame.kind !== 'async-function') {
        const where = frame.isFunction ? 'async function' : 'function';
        this.fail('await-outside-async', `'await' outside ${where}`, token);
      }
      if (what === 'async-comprehension' && frame.kind !== 'async-function') {
        const message = 'asynchronous comprehension outside of an asynchronous function';
        this.fail('async-comprehension-outside-async', message, token);
      }
    }
    if (frame.kind === 'async-function' && frame.isGenerator && frame.valuedReturn !== undefined) {
      this.fail('return-in-async-generator', "'return' with value in async generator", frame.valuedReturn);
    }
  }

  private failDeferred(frame: Frame, token: number, what: string): void {
    if (what === 'async-comprehension') {
      const message = 'asynchronous comprehension outside of an asynchronous function';
      this.fail('async-comprehension-outside-async', message, token);
    }
    const construct = what === 'walrus' ? 'named' : what;
    this.fail(`${what}-in-deferred`, `${construct} expression cannot be used within ${frame.label}`, token);
  }
}
