import { describe, expect, it } from 'vitest';
import { scopeTree, withModel } from '../../../test/oracle/typescript-tables';

const TREES: readonly (readonly [source: string, tree: string])[] = [
  ['let a;', 'module'],
  ['function f() { if (1) { } }', 'module { function(f) { block } }'],
  ['const g = () => 1, h = function () {}, i = wrap(() => 1);', 'module { function(g) function(h) function }'],
  [
    'class A { constructor() {} get b() { return 1; } #c() {} [d]() {} async *e<T>() {} }',
    'module { class(A) { function(constructor) function(b) function(#c) function function(e) } }',
  ],
  ['const o = { "a b"() {}, c() {} };', 'module { function function(c) }'],
  ['for (const a of b) { } for (;;) ; while (1) { }', 'module { block { block } block block }'],
  ['try { } catch (e) { } finally { }', 'module { block block block }'],
  ['switch (a) { case 1: { } }', 'module { block { block } }'],
  ['class A { static { { } } } const B = class {};', 'module { class(A) { function { block } } class }'],
  ['namespace N.M { } enum E { A }', 'module { namespace(N) { namespace(M) } enum(E) }'],
  [
    'type A<T> = T; interface B<U> { c(d: U): void } type C = 1;',
    'module { type-parameters type-parameters { type-parameters } }',
  ],
  ['declare module "m" { } declare global { }', 'module { namespace(m) namespace(global) }'],
];

describe('scopes', () => {
  it.each(TREES)('%s', async (source, tree) => {
    expect(await scopeTree(source, 'typescript')).toBe(tree);
  });
});

describe('scopeAt', () => {
  /** A text with `|` at an offset, and the scope there. */
  const CASES: readonly (readonly [source: string, scope: string])[] = [
    ['|function f(a) { }', 'module '],
    ['function f(|a) { }', 'function f'],
    ['function f(a = |b) { }', 'function f'],
    ['function f(a) { | }', 'function f'],
    ['function f(a) { }|', 'module '],
    ['const f = (a) => |a;', 'function f'],
    ['function f() { { | } }', 'block '],
    ['@dec(|a) class A { }', 'module '],
    ['class A { @dec(|a) b() { } }', 'class A'],
    ['class A { c(@dec(|a) b) { } }', 'class A'],
    ['class A { [|a]() { } }', 'class A'],
    ['class A { b = |a; }', 'class A'],
    ['let a = 1; function f() { } |a;', 'module '],
  ];

  it.each(CASES)('%s', async (marked, expected) => {
    const offset = marked.indexOf('|');
    const found = await withModel(marked.replace('|', ''), 'typescript', (model) => model.scopeAt(offset));
    expect(`${found.kind} ${found.name}`).toBe(expected);
  });
});

describe('looking names up', () => {
  it('finds the binding of a name at its start, its middle and its end, and nowhere else', async () => {
    const names = await withModel('const abc = 1;  f(abc);', 'typescript', (model) =>
      [5, 6, 7, 9, 10, 17, 18, 21, 22].map((offset) => model.bindingAt(offset)?.name),
    );
    expect(names).toEqual([undefined, 'abc', 'abc', 'abc', undefined, undefined, 'abc', 'abc', undefined]);
  });

  it('looks up from inner to outer scopes, and knows no globals', async () => {
    const found = await withModel('let a; function f(b) { { let c; } }', 'typescript', (model) => {
      const inner = model.scopes.at(-1)!;
      return ['a', 'b', 'c', 'f', 'fetch'].map((name) => model.lookup(name, inner)?.scope.kind);
    });
    expect(found).toEqual(['module', 'function', 'block', 'module', undefined]);
  });

  it('finds the scope that a node opens, by the node or by its body', async () => {
    const names = await withModel('function f() { } class A { m() { } }', 'typescript', (model, root) =>
      root
        .descendantsOfType(['function_declaration', 'statement_block', 'class_declaration', 'method_definition'])
        .map((node) => model.scopeOf(node)?.name),
    );
    expect(names).toEqual(['f', 'f', 'A', 'm', 'm']);
  });
});
