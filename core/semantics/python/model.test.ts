import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allScopeCases } from '../../../test/oracle/python-cases';
import { dedent, parsePython } from '../../../test/oracle/python-tables';

describe('occurrences and bindings', () => {
  const code = dedent(`
    import os.path as p, sys
    from a import b, c as d
    from e import *
    total = 0
    def add(step):
        global total
        total += step
        del step
        return total, p, missing, __name__
    if TYPE_CHECKING:
        from types import ModuleType
  `);

  it('finds the binding at an identifier, from its start to its end', async () => {
    const { model, at } = await parsePython(code);
    const step = model.bindingAt(at('step'))!;
    expect(step.kind).toBe('parameter');
    expect(model.bindingAt(at('step', 1) + 'step'.length)).toBe(step);
    expect(model.bindingAt(at('import'))).toBeUndefined();
    expect(model.bindingAt(at('__name__'))).toBeUndefined();
  });

  it('keeps writes, reads and declarations in document order', async () => {
    const { model, at } = await parsePython(code);
    const total = model.root.bindings.get('total')!;
    expect(total.writes.map((write) => [write.start, write.kind])).toEqual([
      [at('total'), 'write'],
      [at('total', 2), 'read-write'],
    ]);
    expect(total.reads.map((read) => read.start)).toEqual([at('total', 2), at('total', 3)]);
    expect(total.declarations.map((place) => place.start)).toEqual([at('total', 1)]);
    const step = model.bindingAt(at('step'))!;
    expect(step.writes.map((write) => write.kind)).toEqual(['write', 'delete']);
  });

  it('tells what is imported, and how', async () => {
    const { model, at } = await parsePython(code);
    const names = model.imports.map((name) => [name.module, name.member, name.local, name.typeOnly, name.lazy]);
    expect(names).toEqual([
      ['os.path', undefined, 'p', false, false],
      ['sys', undefined, 'sys', false, false],
      ['a', 'b', 'b', false, false],
      ['a', 'c', 'd', false, false],
      ['e', '*', '', false, false],
      ['types', 'ModuleType', 'ModuleType', true, false],
    ]);
    expect(model.bindingAt(at('p, missing'))!.imported!.module).toBe('os.path');
  });

  it('lists what is bound nowhere', async () => {
    const { model } = await parsePython(code);
    expect(model.unresolved.map((place) => place.symbol.name)).toEqual(['missing', 'TYPE_CHECKING']);
  });

  it('knows imports of functions as lazy', async () => {
    const { model } = await parsePython('def f():\n    import json\n    return lambda: json\n');
    expect(model.imports).toMatchObject([{ module: 'json', lazy: true, typeOnly: false }]);
  });

  it('does not take the else of TYPE_CHECKING for types only', async () => {
    const text = 'import typing\nif typing.TYPE_CHECKING:\n    import a\nelse:\n    import b\n';
    const { model } = await parsePython(text);
    expect(model.imports.map((name) => name.typeOnly)).toEqual([false, true, false]);
  });
});

describe('scopes at offsets', () => {
  it('gives the scope in which an expression there is evaluated', async () => {
    const text =
      '@wrap(1)\ndef f(a=2, *, b: 3 = 4) -> 5:\n    return [6 for x in 7 if 8]\nclass C(9): y = lambda z=10: 11\n';
    const { model, at } = await parsePython(text);
    const blocks = Array.from({ length: 11 }, (_, index) => model.scopeAt(at(`${index + 1}`)).block);
    expect(blocks.slice(0, 5)).toEqual(['module', 'module', 'signature', 'module', 'signature']);
    expect(blocks.slice(5, 9)).toEqual(['comprehension', 'function', 'comprehension', 'module']);
    expect([model.scopeAt(at('10')).block, model.scopeAt(at('11')).block]).toEqual(['class', 'lambda']);
  });

  it('knows bodies without any name', async () => {
    const { model, at } = await parsePython('def f():\n    pass\nclass C:\n    1\n');
    expect(model.scopeAt(at('pass')).name).toBe('f');
    expect(model.scopeAt(at('1')).name).toBe('C');
  });

  it('looks names up as a scope sees them', async () => {
    const { model, at } = await parsePython(
      'x = 1\nclass C:\n    x = 2\n    __y = 3\n    def f(self):\n        pass\n',
    );
    const method = model.scopeAt(at('pass'));
    expect(model.lookup('x', method)!.scope).toBe(model.root);
    expect(model.lookup('x', method.parent!)!.scope.name).toBe('C');
    expect(model.lookup('__y', method.parent!)!.name).toBe('_C__y');
    expect(model.lookup('open', method)).toBeUndefined();
  });

  it('knows the free variables of a scope and all in it', async () => {
    const text = 'def f(a, b, T):\n    def g(c):\n        d: T = c\n        return lambda: (a, d, len)\n    return b\n';
    const { model } = await parsePython(text);
    const g = model.scopes.find((scope) => scope.name === 'g')!;
    expect(model.freeVariables(g).map((binding) => binding.name)).toEqual(['a']);
    const method = await parsePython('class C:\n    def f(self): return super().f()\n');
    const names = method.model.freeVariables(method.model.scopes[2]!).map((binding) => binding.name);
    expect(names).toEqual(['__class__']);
  });
});

describe('texts that no one writes', () => {
  it('stands 3,000 nested parentheses and sums of 10,000 terms', async () => {
    const nested = await parsePython(`x = ${'('.repeat(3000)}y${')'.repeat(3000)}\n`);
    expect(nested.model.unresolved).toHaveLength(1);
    const sum = await parsePython(`x = ${Array(10_000).fill('y').join(' + ')}\nx\n`);
    expect(sum.model.unresolved).toHaveLength(10_000);
    expect(sum.model.typeOf(sum.node('x', 1))).toBeUndefined();
    const quotient = await parsePython(`from pathlib import Path\nx = Path()${' / y'.repeat(10_000)}\nx\n`);
    expect(quotient.model.typeOf(quotient.node('x', 1))).toEqual({ path: 'pathlib.Path', certain: true });
    const chain = await parsePython(`import a\nx = a${'.b'.repeat(10_000)}\n`);
    expect(chain.model.qualifiedName(chain.root.descendantsOfType('attribute')[0]!)!.path).toHaveLength(20_001);
    const calls = await parsePython(`import a\na${'.b()'.repeat(3000)}\n`);
    expect(calls.model.typeOf(calls.root.descendantsOfType('call')[0]!)).toBeUndefined();
  });

  it('never fails on text that is cut off or put together at random', async () => {
    const texts = allScopeCases.flatMap(([, cases]) => cases.map(({ code }) => dedent(code)));
    const piece = fc.tuple(fc.nat(texts.length - 1), fc.nat(300), fc.nat(300)).map(([index, from, to]) => {
      const text = texts[index]!;
      return text.slice(Math.min(from, to) % text.length, Math.max(from, to));
    });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 3 }), async (pieces) => {
        const { model, root, text } = await parsePython(pieces.join('\n'));
        for (const occurrence of model.occurrences) {
          expect(model.scopeAt(occurrence.start)).toBeDefined();
          const node = root.namedDescendantForIndex(occurrence.start, occurrence.end);
          if (node) model.typeOf(node);
        }
        model.flow(0, text.length);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});
