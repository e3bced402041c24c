import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'type parameters of interfaces, methods and aliases',
    'interface A<T> extends B<T> { a: T; m<U>(x: U): A<U>; [key: string]: unknown; new (y: T): C; (z: T): void } type B<T> = T; class C {}',
    [
      'module: A type | w1:11 r1:49',
      'module: B type | r1:24 w1:114',
      'module: C class | r1:91 w1:130',
      'type-parameters: T type-parameter | w1:13 r1:26 r1:34 r1:87 r1:98',
      'type-parameters: U type-parameter | w1:39 r1:45 r1:51',
      'type-parameters: x parameter | w1:42',
      'type-parameters: key parameter | w1:56',
      'type-parameters: y parameter | w1:84',
      'type-parameters: z parameter | w1:95',
      'type-parameters: T type-parameter | w1:116 r1:121',
    ],
  ],
  [
    'mapped types',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a fixture.
    'type T<K extends keyof O, V = K> = { [P in K as `x${P}`]?: O[P] } & V; interface O {} type P = 1;',
    [
      'module: T type | w1:6',
      'module: O type | r1:24 r1:60 w1:82',
      'module: P type | w1:92',
      'type-parameters: K type-parameter | w1:8 r1:31 r1:44',
      'type-parameters: V type-parameter | w1:27 r1:69',
      'type-parameters: P type-parameter | w1:39 r1:53 r1:62',
    ],
  ],
  [
    'infer holds in the true branch',
    'type E<T> = T extends Array<infer U extends string> ? U : T extends (a: infer V) => infer W ? V | W : U; type U = 1;',
    [
      'module: E type | w1:6',
      'module: U type | r1:103 w1:111',
      'type-parameters: T type-parameter | w1:8 r1:13 r1:59',
      'type-parameters: U type-parameter | w1:35 r1:55',
      'type-parameters: V type-parameter | w1:79 r1:95',
      'type-parameters: W type-parameter | w1:91 r1:99',
      'type-parameters: a parameter | w1:70',
    ],
  ],
  [
    'names of tuple members are no names',
    'type Tu = [a: A, b?: A, ...c: A[]]; type A = number;',
    ['module: Tu type | w1:6', 'module: A type | r1:15 r1:22 r1:31 w1:42'],
  ],
  [
    'one name can be a value and a type',
    'const User = 1; type User = { id: number }; const u: User = User; function f(User: string): User { return User; }',
    [
      'module: User constant | w1:7 w1:22 r1:54 r1:61 r1:93',
      'module: u constant | w1:51',
      'module: f function | w1:76',
      'function(f): User parameter | w1:78 r1:107',
    ],
  ],
  [
    'classes: type parameters, extends and implements',
    "class Box<T> extends Base<T> implements I<T>, ns.J { v: T; m<U extends T>(x: U): U & Box<T> { return x; } } class Base<X> {} interface I<X> {} import * as ns from 'n';",
    [
      'module: Box class | w1:7 r1:86',
      'module: Base class | r1:22 w1:115',
      'module: I type | r1:41 w1:136',
      'module: ns import | r1:47 w1:156',
      'class(Box): T type-parameter | w1:11 r1:27 r1:43 r1:57 r1:72 r1:90',
      'function(m): U type-parameter | w1:62 r1:78 r1:82',
      'function(m): x parameter | w1:75 r1:102',
      'class(Base): X type-parameter | w1:120',
      'type-parameters: X type-parameter | w1:138',
    ],
  ],
  [
    'a parameter does not hide a namespace in types',
    'namespace ts { export interface Node {} } function f(ts: ts.Node): ts.Node { return ts; }',
    [
      'module: ts namespace | w1:11 r1:58 r1:68',
      'module: f function | w1:52',
      'namespace(ts): Node type | w1:33',
      'function(f): ts parameter | w1:54 r1:85',
    ],
  ],
  [
    'assertions and generic arrows',
    'const k = <T,>(t: T) => t as T satisfies T; const v = <S>k(1); type S = 1;',
    [
      'module: k constant | w1:7 r1:58',
      'module: v constant | w1:51',
      'module: S type | r1:56 w1:69',
      'function(k): T type-parameter | w1:12 r1:19 r1:30 r1:42',
      'function(k): t parameter | w1:16 r1:25',
    ],
  ],
  [
    'typeof reads a value',
    "let q = 1; let r: typeof q; let s: typeof q.x; let t: typeof import('m'); let u: import('m').T;",
    [
      'module: q variable | w1:5 r1:26 r1:43',
      'module: r variable | w1:16',
      'module: s variable | w1:33',
      'module: t variable | w1:52',
      'module: u variable | w1:79',
    ],
  ],
  [
    'namespaces nest by dots',
    'namespace A.B { export const c = 1; c; } A.B.c;',
    [
      'module: A namespace | w1:11 r1:42',
      'namespace(A): B namespace | w1:13',
      'namespace(B): c constant | w1:30 r1:37',
    ],
  ],
  [
    'namespaces and enums of one name share their members',
    'namespace N { export const a = 1; } namespace N { a; } N.a;',
    ['module: N namespace | w1:11 w1:47 r1:56', 'namespace(N): a constant | w1:28 r1:51'],
  ],
  [
    'members of enums see each other',
    "enum E { A = 1, B = A << 1, 'c', D = E.B } E.A; enum E { F = A }",
    [
      'module: E enum | w1:6 r1:38 r1:44 w1:54',
      'enum(E): A constant | w1:10 r1:21 r1:62',
      'enum(E): B constant | w1:17',
      'enum(E): D constant | w1:34',
      'enum(E): F constant | w1:58',
    ],
  ],
  [
    'global and module declarations',
    "declare global { interface Window { a: Local } } interface Local {} declare const x: Window; declare module 'mod' { const y: Local; export default y; }",
    [
      'module: Local type | r1:40 w1:60 r1:126',
      'module: x constant | w1:83',
      'namespace(global): Window type | w1:28 r1:86',
      'namespace(mod): y constant | w1:123 r1:148',
    ],
  ],
  [
    'function types bind their parameters',
    'let f: <T>(a: T, b: typeof a) => T; let g: new (a: f) => typeof a; abstract class C { abstract m<T>(x: T): x is T & C; }',
    [
      'module: f variable | w1:5',
      'module: g variable | w1:41',
      'module: C class | w1:83 r1:117',
      'type-parameters: T type-parameter | w1:9 r1:15 r1:34',
      'type-parameters: a parameter | w1:12 r1:28',
      'type-parameters: b parameter | w1:18',
      'type-parameters: a parameter | w1:49 r1:65',
      'type-parameters: T type-parameter | w1:98 r1:104 r1:113',
      'type-parameters: x parameter | w1:101 r1:108',
      'unbound: f r1:52',
    ],
  ],
];

describe('names of types', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'typescript')).toEqual(rows);
  });
});
