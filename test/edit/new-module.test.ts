import { beforeAll, describe, expect, test } from 'vitest';
import { carriedNames } from '../../core/edit/python/new-module/carried-names';
import { importLines, type NeededImport } from '../../core/edit/python/new-module/import-lines';
import { insertionPoint } from '../../core/edit/python/new-module/insertion-point';
import { sourceSentence, sourcesOf } from '../../core/edit/python/new-module/sources';
import { canImport, moduleFor } from '../../core/edit/python/new-module/target';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { wasmEngine } from '../support/engine';
import { MemorySnapshot } from './imports/memory-snapshot';

/** Parts of cures whose code goes to another module; what they make of whole files is shown by the fixtures of those cures. */
let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

const snapshotOf = (files: Readonly<Record<string, string>>): MemorySnapshot =>
  new MemorySnapshot(new Map(Object.entries(files)), engine);

/** The imports that the code between `# <` and `# >` of `app/old.py` needs in a new module, or the reason why it cannot go there. */
async function carried(
  text: string,
  others: Readonly<Record<string, string>> = {},
  target = 'app/new.py',
): Promise<string> {
  const snapshot = snapshotOf({ 'app/__init__.py': '', 'app/old.py': text, ...others });
  const document = await snapshot.open('app/old.py');
  const ranges = [{ start: text.indexOf('# <'), end: text.indexOf('# >') }];
  try {
    const names = carriedNames({
      document,
      ranges,
      target: { file: target, document: undefined },
      importsTarget: true,
      snapshot,
    });
    const needed = names.flatMap(({ imports }) => imports);
    return importLines(needed, target, document.style, snapshot).trim();
  } catch (error) {
    return `refused ${(error as { code: string }).code}`;
  }
}

describe('carriedNames', () => {
  test('builtins need nothing, and names of functions are not carried', async () => {
    expect(await carried('def f(x):\n    # <\n    print(len(x))\n    # >\n')).toBe('');
  });

  test('imports are written anew, in the order of isort', async () => {
    const text =
      'import os.path\nfrom json import loads as read\nfrom app.b import g\nimport httpx\n# <\nread(os.path.join(g(httpx)))\n# >\n';
    expect(await carried(text, { 'app/b.py': 'def g(x): ...\n' })).toBe(
      'import os.path\nfrom json import loads as read\n\nimport httpx\n\nfrom app.b import g',
    );
  });

  test('a relative import keeps its dots in the same folder, and loses them in another', async () => {
    const text = 'from .b import g\n# <\ng()\n# >\n';
    const others = { 'app/b.py': 'def g(): ...\n', 'app/sub/__init__.py': '' };
    expect(await carried(text, others)).toBe('from .b import g');
    expect(await carried(text, others, 'app/sub/new.py')).toBe('from app.b import g');
  });

  test('what type checkers alone import stays theirs', async () => {
    const text =
      'from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from x import T\n\n\ndef h():\n    # <\n    def f(a: T): ...\n    # >\n';
    expect(await carried(text)).toBe('from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from x import T');
  });

  test('a name in a quoted annotation is imported for type checkers', async () => {
    const text = 'class A: ...\n\n\ndef f():\n    # <\n    def g(a: "A") -> None: ...\n    # >\n';
    expect(await carried(text)).toBe(
      'from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from app.old import A',
    );
  });

  test.each([
    ['a definition of a module that will import the target', 'def g(): ...\n# <\ng()\n# >\n', 'import-cycle'],
    [
      'an import under a condition',
      'try:\n    import q\nexcept ImportError:\n    pass\n# <\nq.x()\n# >\n',
      'import-conditional',
    ],
    [
      'an import or nothing',
      'try:\n    import q\nexcept ImportError:\n    q = None\n# <\nq.x()\n# >\n',
      'bound-to-module',
    ],
    ['what a star import may bring', 'from q import *\n# <\nprint(1)\n# >\n', 'bound-to-module'],
    ['the name of the module', '# <\nprint(__name__)\n# >\n', 'bound-to-module'],
    [
      'a variable that is bound by the code',
      'n = 0\ndef f():\n    # <\n    global n\n    n += 1\n    # >\n',
      'bound-to-module',
    ],
  ])('%s does not go', async (_, text, code) => {
    expect(await carried(text)).toBe(`refused ${code}`);
  });

  test('a name that a test replaces does not go', async () => {
    const test = 'from unittest.mock import patch\n\n\ndef test_f():\n    with patch("app.old.sleep"):\n        pass\n';
    expect(await carried('from time import sleep\n# <\nsleep(1)\n# >\n', { 'tests/test_old.py': test })).toBe(
      'refused patched-name',
    );
  });
});

test('import lines join members, break long statements and keep renamed members apart', () => {
  const needed: NeededImport[] = [
    ...['beta_of_the_first', 'alpha_of_the_first', 'GAMMA', 'Delta'].map((member) => ({
      module: 'package.of.others',
      member,
    })),
    { module: 'package.of.others', member: 'x', alias: 'y' },
    { module: 'sys', member: undefined },
  ];
  const style = {
    indent: '    ',
    quote: '"',
    lineLength: 60,
    semicolons: false,
    trailingCommas: 'all',
    lineEnding: '\n',
  } as const;
  expect(importLines(needed, 'a.py', style, snapshotOf({ 'a.py': '' })).trim()).toBe(
    'import sys\n\nfrom package.of.others import (\n    GAMMA,\n    Delta,\n    alpha_of_the_first,\n    beta_of_the_first,\n)\nfrom package.of.others import x as y',
  );
});

test('new code goes above its first use, else to the end but above a script', async () => {
  const text = 'import a\n\n\ndef f():\n    g()\n\n\nif __name__ == "__main__":\n    f()\n';
  const document = await snapshotOf({ 'a.py': text }).open('a.py');
  expect(insertionPoint(document, [text.indexOf('g()')])?.startIndex).toBe(text.indexOf('def f'));
  expect(insertionPoint(document, [])?.startIndex).toBe(text.indexOf('if __name__'));
});

test('a module is named as its neighbours do, and not through a keyword', () => {
  const snapshot = snapshotOf({
    'app/__init__.py': '',
    'app/a.py': 'from .b import x\n',
    'app/b.py': 'x = 1\n',
    'app/import/__init__.py': '',
    'app/import/c.py': '',
  });
  expect(moduleFor('app/a.py', { file: 'app/new.py', document: undefined }, snapshot)).toBe('.new');
  expect(canImport('app/a.py', 'app/new.py', snapshot)).toBe(true);
  expect(canImport('app/import/c.py', 'app/import/new.py', snapshot)).toBe(false);
});

test('a docstring names symbols of one file, and modules of several', () => {
  const snapshot = snapshotOf({ 'app/__init__.py': '', 'app/a.py': '', 'app/b.py': '' });
  const one = [
    { file: 'app/a.py', symbol: 'A.f' },
    { file: 'app/a.py', symbol: 'g' },
  ];
  expect(sourceSentence(sourcesOf(one, 'app/new.py', snapshot))).toBe('Taken from A.f and g of app.a.');
  expect(sourceSentence(sourcesOf([...one, { file: 'app/b.py', symbol: 'h' }], 'app/b.py', snapshot))).toBe(
    'Taken from app.a and this module.',
  );
});
