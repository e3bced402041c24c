import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'object and array patterns declare, defaults and computed keys read',
    'const { a, b: { c = a }, [a]: d, ...e } = o, [f, , g = f, ...[h]] = e; var o;',
    [
      'module: a constant | w1:9 r1:21 r1:27',
      'module: c constant | w1:17',
      'module: d constant | w1:31',
      'module: e constant | w1:37 r1:69',
      'module: f constant | w1:47 r1:56',
      'module: g constant | w1:52',
      'module: h constant | w1:63',
      'module: o variable | r1:43 w1:76',
    ],
  ],
  [
    'an initialiser with the same shape is no pattern',
    'const { a = 1 } = { a: 2 }, b = { a };',
    ['module: a constant | w1:9 r1:35', 'module: b constant | w1:29'],
  ],
  [
    'patterns that assign',
    'let x, o; [x] = [1]; ({ x } = o); ({ y: x = 1 } = o); [, x = o, ...x] = o; [[x], { z: x }] = o;',
    [
      'module: x variable | w1:5 w1:12 w1:25 w1:41 w1:58 w1:68 w1:78 w1:87',
      'module: o variable | w1:8 r1:31 r1:51 r1:62 r1:73 r1:94',
    ],
  ],
  [
    'members in patterns that assign are read',
    'let a, b, c; [a.p, b[c]] = [1, 2]; ({ k: a.q, [b]: c } = a); [a.b = c] = b; [...a.x] = b;',
    [
      'module: a variable | w1:5 r1:15 r1:42 r1:58 r1:63 r1:81',
      'module: b variable | w1:8 r1:20 r1:48 r1:74 r1:88',
      'module: c variable | w1:11 r1:22 w1:52 r1:69',
    ],
  ],
  [
    'for of assigns to patterns and members',
    'let a, b; for ([a, b.c] of a) {} for ({ a } of b) {} for (a.b of b) {}',
    ['module: a variable | w1:5 w1:17 r1:28 w1:41 r1:59', 'module: b variable | w1:8 r1:20 r1:48 r1:66'],
  ],
  [
    'parameters with patterns, defaults and types',
    'const f = ({ a, b: [c] = [] }: { a: A; b: B[] }, ...[d]: D[]) => a + c + d; type A = 1; type B = 1; type D = 1;',
    [
      'module: f constant | w1:7',
      'module: A type | r1:37 w1:82',
      'module: B type | r1:43 w1:94',
      'module: D type | r1:58 w1:106',
      'function(f): a parameter | w1:14 r1:66',
      'function(f): c parameter | w1:21 r1:70',
      'function(f): d parameter | w1:54 r1:74',
    ],
  ],
  [
    'defaults see parameters before them',
    'function f(a, { b, c: d = a }, [e, ...g] = b, ...h) { return b + d + e + g + h; }',
    [
      'module: f function | w1:10',
      'function(f): a parameter | w1:12 r1:27',
      'function(f): b parameter | w1:17 r1:44 r1:62',
      'function(f): d parameter | w1:23 r1:66',
      'function(f): e parameter | w1:33 r1:70',
      'function(f): g parameter | w1:39 r1:74',
      'function(f): h parameter | w1:50 r1:78',
    ],
  ],
  [
    'defaults do not see the body',
    'function f(a = x) { var x = 1; return a; } const x = 2;',
    [
      'module: f function | w1:10',
      'module: x constant | r1:16 w1:50',
      'function(f): a parameter | w1:12 r1:39',
      'function(f): x variable | w1:25',
    ],
  ],
  [
    'a function in a default',
    'const { f = (x) => x + g, g } = o; let o, x;',
    [
      'module: f constant | w1:9',
      'module: g constant | r1:24 w1:27',
      'module: o variable | r1:33 w1:40',
      'module: x variable | w1:43',
      'function: x parameter | w1:14 r1:20',
    ],
  ],
];

describe('patterns', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'typescript')).toEqual(rows);
  });
});
