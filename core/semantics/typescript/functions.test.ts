import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'declarations are hoisted',
    'function f(a: number, b = a): void { return g(b); } function g(x: unknown) { return f; }',
    [
      'module: f function | w1:10 r1:85',
      'module: g function | r1:45 w1:62',
      'function(f): a parameter | w1:12 r1:27',
      'function(f): b parameter | w1:23 r1:47',
      'function(g): x parameter | w1:64',
    ],
  ],
  [
    'a function in a block belongs to the block',
    'g(); { function g() {} g(); }',
    ['block: g function | r1:1 w1:17 r1:24'],
  ],
  [
    'the name of a function expression holds inside',
    'const f = function self(n: number): number { return n ? self(n - 1) : 0; }; self;',
    [
      'module: f constant | w1:7',
      'function(self): n parameter | w1:25 r1:53 r1:62',
      'function(self): self function | w1:20 r1:57',
    ],
  ],
  [
    'the name of a function expression can be hidden',
    'const f = function g() { const g = 1; return g; };',
    ['module: f constant | w1:7', 'function(g): g constant | w1:32 r1:46'],
  ],
  [
    'arrows, with and without parentheses',
    'const f = (x, y = x) => x + y; const g = async z => z; const h = async (w) => { await w; };',
    [
      'module: f constant | w1:7',
      'module: g constant | w1:38',
      'module: h constant | w1:62',
      'function(f): x parameter | w1:12 r1:19 r1:25',
      'function(f): y parameter | w1:15 r1:29',
      'function(g): z parameter | w1:48 r1:53',
      'function(h): w parameter | w1:73 r1:87',
    ],
  ],
  [
    'generators and async generators',
    'function* gen(n) { yield n; } async function* agen() { for await (const x of gen(1)) yield x; }',
    [
      'module: gen function | w1:11 r1:78',
      'module: agen function | w1:47',
      'function(gen): n parameter | w1:15 r1:26',
      'block: x constant | w1:73 r1:92',
    ],
  ],
  [
    'methods, accessors and computed names',
    'const o = { m(a) { return a; }, get p() { return o; }, set p(v) { o.q = v; }, async *s(b) { yield b; }, [o.k](c) { return c; } };',
    [
      'module: o constant | w1:7 r1:50 r1:67 r1:106',
      'function(m): a parameter | w1:15 r1:27',
      'function(p): v parameter | w1:62 r1:73',
      'function(s): b parameter | w1:88 r1:99',
      'function: c parameter | w1:111 r1:123',
    ],
  ],
  [
    'a computed key in the body of an arrow',
    'const f = (key: string) => ({ [key]: 1, [key + f]() { return key; } });',
    ['module: f constant | w1:7 r1:48', 'function(f): key parameter | w1:12 r1:32 r1:42 r1:62'],
  ],
  [
    'overloads share one binding',
    'function over(a: string): void; function over(a: number): void; function over(a: any) { return a; }',
    [
      'module: over function | w1:10 w1:42 w1:74',
      'type-parameters(over): a parameter | w1:15',
      'type-parameters(over): a parameter | w1:47',
      'function(over): a parameter | w1:79 r1:96',
    ],
  ],
  [
    'parameter properties are parameters',
    'class A { constructor(private readonly x: number, public y = x) { this.z = x; } z = A.n; static n = 1; }',
    [
      'module: A class | w1:7 r1:85',
      'function(constructor): x parameter | w1:40 r1:62 r1:76',
      'function(constructor): y parameter | w1:58',
    ],
  ],
  [
    "a class expression's name holds inside",
    'const C = class D { d = D; }; new D();',
    ['module: C constant | w1:7', 'class(D): D class | w1:17 r1:25', 'unbound: D r1:35'],
  ],
  [
    'static blocks keep their var',
    'class A { static { var v = A; let w = v; } static x = 1; } v;',
    [
      'module: A class | w1:7 r1:28',
      'function: v variable | w1:24 r1:39',
      'function: w variable | w1:35',
      'unbound: v r1:60',
    ],
  ],
  [
    'private names are no names',
    'class A { #p = 1; has(o: object) { return #p in o && this.#p; } }',
    ['module: A class | w1:7', 'function(has): o parameter | w1:23 r1:49'],
  ],
  [
    'abstract members and fields',
    'abstract class S { abstract m(a: S): void; protected abstract x: S; accessor y = S; declare z: S; }',
    ['module: S class | w1:16 r1:34 r1:66 r1:82 r1:96', 'type-parameters: a parameter | w1:31'],
  ],
  [
    'decorators are evaluated outside',
    '@dec(arg) class A { @dec(A) @prop p = 1; @dec(q) m(@dec(q) q: A) { return q; } } declare function dec(x: any): any; const arg = 1, prop = 2;',
    [
      'module: A class | w1:17 r1:26 r1:63',
      'module: dec function | r1:2 r1:22 r1:43 r1:53 w1:99',
      'module: arg constant | r1:6 w1:123',
      'module: prop constant | r1:30 w1:132',
      'function(m): q parameter | w1:60 r1:75',
      'type-parameters(dec): x parameter | w1:103',
      'unbound: q r1:47',
      'unbound: q r1:57',
    ],
  ],
  [
    'this is a parameter that binds nothing',
    'function f(this: Window, cb: (this: void, e: typeof g) => void) { return this; } const g = 1;',
    [
      'module: f function | w1:10',
      'module: g constant | r1:53 w1:88',
      'function(f): cb parameter | w1:26',
      'type-parameters: e parameter | w1:43',
    ],
  ],
  [
    'a type guard reads its parameter',
    'function f(x: unknown, y: any): x is string { return true; } function a(v: any): asserts v is string {} function b(v: any): asserts v {}',
    [
      'module: f function | w1:10',
      'module: a function | w1:71',
      'module: b function | w1:114',
      'function(f): x parameter | w1:12 r1:33',
      'function(f): y parameter | w1:24',
      'function(a): v parameter | w1:73 r1:90',
      'function(b): v parameter | w1:116 r1:133',
    ],
  ],
];

describe('functions and classes', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'typescript')).toEqual(rows);
  });
});
