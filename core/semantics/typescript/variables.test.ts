import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'reads and writes of let, const and var',
    'let a = 1; const b = a; var c = b; a = c;',
    ['module: a variable | w1:5 r1:22 w1:36', 'module: b constant | w1:18 r1:33', 'module: c variable | w1:29 r1:40'],
  ],
  [
    'a block hides what is outside, and ends',
    '{ let a = 1; { const a = 2; a; } a; } a;',
    ['block: a variable | w1:7 r1:34', 'block: a constant | w1:22 r1:29', 'unbound: a r1:39'],
  ],
  ['var belongs to the function, not to the block', 'if (1) { var a = 1; } a;', ['module: a variable | w1:14 r1:23']],
  [
    'a for statement is a scope around its body',
    'for (let i = 0, n = 9; i < n; i++) { const i = 1; i; } i;',
    [
      'block: i variable | w1:10 r1:24 rw1:31',
      'block: n variable | w1:17 r1:28',
      'block: i constant | w1:44 r1:51',
      'unbound: i r1:56',
    ],
  ],
  [
    'for of and for in declare, hoist or assign',
    'for (const k in o) k; for (var v of vs) v; v; for (k of vs) k; var k;',
    [
      'module: v variable | w1:32 r1:41 r1:44',
      'module: k variable | w1:52 r1:61 w1:68',
      'block: k constant | w1:12 r1:20',
      'unbound: o r1:17',
      'unbound: vs r1:37',
      'unbound: vs r1:57',
    ],
  ],
  [
    'for of with a pattern',
    'for (const { id, ...rest } of items) use(id, rest);',
    [
      'block: id constant | w1:14 r1:42',
      'block: rest constant | w1:21 r1:46',
      'unbound: items r1:31',
      'unbound: use r1:38',
    ],
  ],
  [
    'a switch is one scope for all its cases',
    'switch (x) { case 1: { let a; } case 2: let b = 1; default: b; } b;',
    ['block: b variable | w1:45 r1:61', 'block: a variable | w1:28', 'unbound: x r1:9', 'unbound: b r1:66'],
  ],
  [
    'a catch parameter holds in its clause',
    'try { let a = 1; } catch (e) { e; } finally { a; } e;',
    ['block: a variable | w1:11', 'block: e exception | w1:27 r1:32', 'unbound: a r1:47', 'unbound: e r1:52'],
  ],
  [
    'a catch clause without parameter, one with a pattern',
    'try {} catch { let x; } try {} catch ({ message, code: c = 1 }) { message + c; }',
    ['block: x variable | w1:20', 'block: message exception | w1:41 r1:67', 'block: c exception | w1:56 r1:77'],
  ],
  [
    'labels are no names',
    'outer: for (;;) { for (;;) { break outer; continue outer; } } const outer = 1;',
    ['module: outer constant | w1:69'],
  ],
  [
    'every way to write a name',
    'let x; x++; --x; x += 1; x ||= 2; (x) = 2; x! = 3; (x as any) = 4; delete x; y = x; let y;',
    [
      'module: x variable | w1:5 rw1:8 rw1:15 rw1:18 rw1:26 w1:36 w1:44 w1:53 d1:75 r1:82',
      'module: y variable | w1:78 w1:89',
    ],
  ],
  [
    'members that are written are no names',
    'let a, b, c; delete a.b; ++a.x; a.b++; b[c]--; a.x = b; a[c] += 1; (a).b = 1;',
    [
      'module: a variable | w1:5 r1:21 r1:28 r1:33 r1:48 r1:57 r1:69',
      'module: b variable | w1:8 r1:40 r1:54',
      'module: c variable | w1:11 r1:42 r1:59',
    ],
  ],
  [
    'using declares a constant',
    'const a = 1; const p = async () => { await using r = f(a); using q = r; return q; }; function f(x: any) { return x; }',
    [
      'module: a constant | w1:7 r1:56',
      'module: p constant | w1:20',
      'module: f function | r1:54 w1:95',
      'function(p): r constant | w1:50 r1:70',
      'function(p): q constant | w1:66 r1:80',
      'function(f): x parameter | w1:97 r1:114',
    ],
  ],
  [
    'template literals and tagged templates',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a fixture.
    'const s = `a ${b} ${`c ${d}`}`; const b = tag`x${s}`, d = 1, tag = String.raw;',
    [
      'module: s constant | w1:7 r1:50',
      'module: b constant | r1:16 w1:39',
      'module: d constant | r1:26 w1:55',
      'module: tag constant | r1:43 w1:62',
    ],
  ],
  [
    'keys are no names, shorthand properties are read',
    "const o = { a, b: a, [a]: 1, 'a': 2, ...a, f() {} }; const a = o?.a?.[a]?.(a) ?? o!.a;",
    ['module: o constant | w1:7 r1:64 r1:82', 'module: a constant | r1:13 r1:19 r1:23 r1:41 w1:60 r1:71 r1:76'],
  ],
  [
    'operators read their operands',
    'new.target; import.meta.url; const x = typeof y; var y = void x; y in x; y instanceof x; (0, y);',
    ['module: x constant | w1:36 r1:63 r1:71 r1:87', 'module: y variable | r1:47 w1:54 r1:66 r1:74 r1:94'],
  ],
  [
    'globals are not unresolved',
    'globalThis.x = fetch; undefined; arguments; NaN; HTMLDivElement; process.env; foo(bar);',
    ['unbound: foo r1:79', 'unbound: bar r1:83'],
  ],
];

describe('variables and blocks', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'typescript')).toEqual(rows);
  });
});
