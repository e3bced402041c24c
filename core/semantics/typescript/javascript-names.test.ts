import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'require and dynamic import bind like imports',
    "const { a: b, c } = require('m'); var d = require('n').e; const { f } = await import('o'); b(c, d, f);",
    [
      'module: b import | w1:12 r1:92',
      'module: c import | w1:15 r1:94',
      'module: d import | w1:39 r1:97',
      'module: f import | w1:67 r1:100',
    ],
  ],
  [
    'classes, fields and decorators',
    'class A extends B { x = A; static y = 1; @dec z; @dec(A) m() {} [B]() { return B; } } class B {} const C = class extends A {}; const D = class E { e = E; };',
    [
      'module: A class | w1:7 r1:25 r1:55 r1:122',
      'module: B class | r1:17 r1:66 r1:80 w1:93',
      'module: C constant | w1:104',
      'module: D constant | w1:134',
      'class(E): E class | w1:144 r1:152',
      'unbound: dec r1:43',
      'unbound: dec r1:51',
    ],
  ],
  [
    'JSX',
    'const J = <A b={c}><d.e/></A>; const c = 1, d = {}; function A() {}',
    [
      'module: J constant | w1:7',
      'module: c constant | r1:17 w1:38',
      'module: d constant | r1:21 w1:45',
      'module: A function | r1:12 r1:28 w1:62',
    ],
  ],
  [
    'parameters',
    'function f(a, { b, c: d = a }, [e, ...g], ...h) { arguments; return b + d + e + g + h; }',
    [
      'module: f function | w1:10',
      'function(f): a parameter | w1:12 r1:27',
      'function(f): b parameter | w1:17 r1:69',
      'function(f): d parameter | w1:23 r1:73',
      'function(f): e parameter | w1:33 r1:77',
      'function(f): g parameter | w1:39 r1:81',
      'function(f): h parameter | w1:46 r1:85',
    ],
  ],
  [
    'a function in a block is known outside, where code is not strict',
    'if (x) { function inner() {} } inner(); var x = function () { return x; };',
    ['module: x variable | r1:5 w1:45 r1:70', 'block: inner function | w1:19 r1:32'],
  ],
  [
    'CommonJS exports',
    "exports.a = a; module.exports = { a }; function a() { require('x'); }",
    ['module: a function | r1:13 r1:35 w1:49'],
  ],
  [
    'arrows and labels',
    'label: while (1) { break label; } async (a) => { for await (const b of a) b; }; async c => c;',
    ['function: a parameter | w1:42 r1:72', 'block: b constant | w1:67 r1:75', 'function: c parameter | w1:87 r1:92'],
  ],
  [
    'patterns',
    'let a, b; [a, b.c] = a; ({ a, b: [a] = b } = a); for ([a] of b) {}',
    ['module: a variable | w1:5 w1:12 r1:22 w1:28 w1:35 r1:46 w1:56', 'module: b variable | w1:8 r1:15 r1:40 r1:62'],
  ],
];

describe('names in JavaScript', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'javascript')).toEqual(rows);
  });
});
