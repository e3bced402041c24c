import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'every import binds',
    "import D, { a as b, type T, default as e } from 'm'; import * as ns from 'm'; import type { U } from 'm'; import x = require('m'); import y = ns.z; D(b, e, ns.q, x, y); let t: T & U & ns.V;",
    [
      'module: D import | w1:8 r1:149',
      'module: b import | w1:18 r1:151',
      'module: T import | w1:26 r1:177',
      'module: e import | w1:40 r1:154',
      'module: ns import | w1:66 r1:143 r1:157 r1:185',
      'module: U import | w1:93 r1:181',
      'module: x import | w1:114 r1:163',
      'module: y import | w1:139 r1:166',
      'module: t variable | w1:174',
    ],
  ],
  [
    'exports read, re-exports do not',
    "const a = 1; function f() {} class C {} type T = 1; export { a, f as g, type T }; export { a as zzz } from 'm'; export * from 'm'; export * as all from 'm'; export default C;",
    [
      'module: a constant | w1:7 r1:62',
      'module: f function | w1:23 r1:65',
      'module: C class | w1:36 r1:173',
      'module: T type | w1:46 r1:78',
    ],
  ],
  [
    'a type can be the default export',
    'interface I {} export default I; export as namespace Foo;',
    ['module: I type | w1:11 r1:31'],
  ],
  ['export assignment', 'const a = 1; export = a;', ['module: a constant | w1:7 r1:23']],
  [
    'exported declarations',
    'export const a = 1, { b } = a; export default function c() { return b; } export class D {} export enum E { F = a }',
    [
      'module: a constant | w1:14 r1:29 r1:112',
      'module: b constant | w1:23 r1:69',
      'module: c function | w1:56',
      'module: D class | w1:87',
      'module: E enum | w1:104',
      'enum(E): F constant | w1:108',
    ],
  ],
];

describe('names of modules', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'typescript')).toEqual(rows);
  });
});
