import { describe, expect, it } from 'vitest';
import { flowRows } from '../../../test/oracle/typescript-tables';

interface Case {
  /** The range between « and », inside `function f(a, b) { ... }` unless the text is a file of its own. */
  readonly code: string;
  readonly reads?: string;
  readonly writes?: string;
  readonly maybeWrites?: string;
  readonly readAfter?: string;
}

const STRAIGHT: readonly Case[] = [
  { code: '«const x = a + 1;» return x;', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: 'let x = 0; «x = a;» return b;', reads: 'a', writes: 'x' },
  { code: 'let x = 0; «x = x + 1;» return x;', reads: 'x', writes: 'x', readAfter: 'x' },
  { code: 'let x = 0; «x = 1; use(x);» return;', writes: 'x' },
  { code: 'let x = 0; «x++;» return x;', reads: 'x', writes: 'x', readAfter: 'x' },
  { code: 'let x = 0; «x += a;» return x;', reads: 'x a', writes: 'x', readAfter: 'x' },
  { code: '«const { x, y: [z = b] } = a;» return z;', reads: 'b a', writes: 'x z', readAfter: 'z' },
  { code: 'let x; «[x, a.p] = b;» return x;', reads: 'a b', writes: 'x', readAfter: 'x' },
  { code: 'return «a + b.c»;', reads: 'a b' },
  { code: '«use(global);»', reads: '' },
  { code: 'const o = «{ a, b: 1 }»;', reads: 'a' },
  { code: '«var x = 1;» { x; }', writes: 'x', readAfter: 'x' },
  { code: '«function g() { return a; }» g();', reads: 'a', writes: 'g', readAfter: 'g' },
];

const BRANCHES: readonly Case[] = [
  { code: 'let x = 0; «if (a) { x = 1; }» return x;', reads: 'a', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x; «if (a) { x = 1; } else { x = 2; }» return x;', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: 'let x; «if (a) x = 1; else if (b) x = 2; else x = 3; use(x);»', reads: 'a b', writes: 'x' },
  { code: 'let x; «if (a) x = 1; else if (b) x = 2; use(x);»', reads: 'a x b', maybeWrites: 'x' },
  { code: 'let x; «a ? (x = 1) : (x = 2); use(x);»', reads: 'a', writes: 'x' },
  { code: 'let x; «a && (x = 1);» return x;', reads: 'a', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x; «x ??= a;» return x;', reads: 'x a', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x; «a?.b((x = 1));» return x;', reads: 'a', maybeWrites: 'x', readAfter: 'x' },
  {
    code: 'let x; «switch (a) { case 1: x = 1; break; default: x = 2; }» return x;',
    reads: 'a',
    maybeWrites: 'x',
    readAfter: 'x',
  },
  { code: 'let x; «try { x = a(); } catch { use(x); }» return x;', reads: 'x a', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x; «try { a(); } finally { x = 1; }» return x;', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: 'let x; «if (a) return; x = 1;» return x;', reads: 'a', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x; «x = 1; if (a) return;» return x;', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: 'let x; «run(() => { return 1; }); x = 1;» return x;', writes: 'x', readAfter: 'x' },
  { code: 'let x; «const { p = (x = 1) } = a;» return x;', reads: 'a', writes: 'p', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x; «l: { if (a) break l; x = 1; }» return x;', reads: 'a', maybeWrites: 'x', readAfter: 'x' },
];

const LOOPS: readonly Case[] = [
  { code: 'let x = 0; «for (const i of a) { x = i; }» return x;', reads: 'a', maybeWrites: 'x', readAfter: 'x' },
  { code: 'let x = 0; «while ((x = a())) use(x);» return x;', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: 'let x; «do { x = a(); } while (x);»', reads: 'a', writes: 'x' },
  { code: 'let x; «do { if (a) break; x = 1; } while (x);»', reads: 'a x', maybeWrites: 'x' },
  { code: 'let x; «for (x of a) use(x);» return b;', reads: 'a', maybeWrites: 'x' },
  { code: 'let x; «for (let i = 0; i < a; i++, x = 1) use(x);»', reads: 'a x', maybeWrites: 'x' },
  { code: 'let x = 0; for (const i of a) { use(x); «x = i;» }', reads: 'i', writes: 'x', readAfter: 'x' },
  { code: 'for (const i of a) { let x = 0; use(x); «x = i;» }', reads: 'i', writes: 'x' },
  { code: 'let x = 0; for (const i of a) { «x = x + i;» }', reads: 'x i', writes: 'x', readAfter: 'x' },
  { code: 'for (const i of a) { let x = 0; for (;;) { use(x); «x = i;» } }', reads: 'i', writes: 'x', readAfter: 'x' },
  { code: 'for (let i = 0; i < a; ) { «i = i + 2;» }', reads: 'i', writes: 'i', readAfter: 'i' },
  { code: 'for (const i of a) { «if (i) continue; use(i);» }', reads: 'i' },
  { code: 'for (;;) { «var x = a; use(x);» }', reads: 'a', writes: 'x' },
  { code: 'for (;;) { use(x); «var x = a;» }', reads: 'a', writes: 'x', readAfter: 'x' },
];

const CLOSURES: readonly Case[] = [
  { code: 'let x = 0; const g = () => x; «x = a;» g();', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: '«const x = a; run(() => x);»', reads: 'a', writes: 'x' },
  { code: 'let x = 0; «x = a; run(() => x);» x = 2;', reads: 'a', writes: 'x', readAfter: 'x' },
  { code: 'let x = 0; «run(() => { x = 1; });» return x;', maybeWrites: 'x', readAfter: 'x' },
  { code: '«run((p) => p + b, function (q) { const r = q; return r + a; });»', reads: 'b a' },
  { code: 'let x; «x = 1; function g() { return x; }» g();', reads: 'x', writes: 'x g', readAfter: 'x g' },
  { code: 'let x = 0; return () => { «x = x + 1;» };', reads: 'x', writes: 'x', readAfter: 'x' },
  { code: 'let x = 0; return () => { use(x); «x = a;» };', reads: 'a', writes: 'x', readAfter: 'x' },
];

const cases = (list: readonly Case[]) =>
  it.each(list.map((each) => [each.code, each] as const))('%s', async (code, expected) => {
    const { reads = '', writes = '', maybeWrites = '', readAfter = '' } = expected;
    const flow = await flowRows(`function f(a, b) { ${code} }`, 'typescript');
    expect(flow).toEqual({ reads, writes, maybeWrites, readAfter });
  });

describe('flow of straight code', () => cases(STRAIGHT));
describe('flow of branches', () => cases(BRANCHES));
describe('flow of loops', () => cases(LOOPS));
describe('flow of closures', () => cases(CLOSURES));

describe('flow outside functions', () => {
  it('leaves out names of the module, which stay visible', async () => {
    expect(await flowRows('let x = 1; «x = x + 1;» x;', 'typescript')).toEqual(NOTHING);
  });

  it('counts names of blocks', async () => {
    const flow = await flowRows('for (const i of all) { «const y = i;» y; }', 'typescript');
    expect(flow).toEqual({ ...NOTHING, reads: 'i', writes: 'y', readAfter: 'y' });
  });

  it('takes no type for a value', async () => {
    expect(await flowRows('function f<T>(a: T) { «const b: T = a;» }', 'typescript')).toEqual({
      ...NOTHING,
      reads: 'a',
      writes: 'b',
    });
  });
});

const NOTHING = { reads: '', writes: '', maybeWrites: '', readAfter: '' };
