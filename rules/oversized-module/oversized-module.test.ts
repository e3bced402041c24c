import { beforeAll, expect, test } from 'vitest';
import { importCollector } from '../../core/facts/imports';
import type { FactCollector } from '../../core/facts/parsed-file';
import { Analysis } from '../../core/index/analysis';
import type { Json } from '../../core/rule/finding';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { familyOf, languageOfPath } from '../../core/syntax/language';
import { factsOf, wasmEngine } from '../../test/support/engine';
import { moduleCollector } from './collect';
import { oversizedModule } from './index';
import { findSeams } from './seams';

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

const COLLECTORS = [importCollector, moduleCollector] as unknown as FactCollector<Json>[];

function analysis(): { set(file: string, text: string): string[]; messages(): unknown[] } {
  const options = oversizedModule.options.parse({ warningLines: 120, informationLines: 100 });
  const one = new Analysis([oversizedModule], () => ({ isTest: false, rule: () => ({ enabled: true, options }) }));
  return {
    set: (file, text) => {
      const facts = factsOf(engine, text, languageOfPath(file)!, COLLECTORS);
      return [...one.update(file, facts).evaluatedKeys].map((key) => key.split('\u0000')[1]!);
    },
    messages: () => one.findings().map((finding) => finding.args),
  };
}

const fn = (name: string, calls: string, lines: number) =>
  `def ${name}(x):\n    y = ${calls || 'x'}\n${'    y += 1\n'.repeat(lines - 3)}    return y\n`;

const MODULE =
  fn('load_a', '', 25) +
  fn('load_b', 'load_a(x)', 25) +
  fn('load_c', 'load_b(load_a(x))', 25) +
  fn('send_a', '', 25) +
  fn('send_b', 'send_a(x)', 25) +
  fn('send_c', 'send_b(send_a(x))', 25);

test('typing re-evaluates the module itself at most, and an import only what it names', () => {
  const one = analysis();
  expect(one.set('app/big.py', MODULE)).toEqual(['python:big']);
  expect(one.set('app/user.py', 'from app.big import load_a\nimport os\nfrom app.other import z\n')).toEqual([
    'python:big',
    'python:other',
  ]);
  expect(one.messages()).toMatchObject([{ lines: 150, seams: 2, largest: 75, importers: 1 }]);
  // A change inside a line, in the module or in the importer, moves no key.
  expect(one.set('app/big.py', MODULE.replace('y += 1', 'y += 2'))).toEqual([]);
  expect(
    one.set('app/user.py', '# new first line\n\nfrom app.big import load_a\nfrom app.other import z\nprint(1)\n'),
  ).toEqual([]);
  expect(one.set('app/big.py', `${MODULE}\n`)).toEqual(['python:big']);
  expect(one.set('app/user.py', 'from app.big import load_a, send_a\nfrom app.other import z\n')).toEqual([
    'python:big',
  ]);
});

test('an unterminated last line counts, and a file below the floor has no facts', () => {
  const one = analysis();
  one.set('app/big.py', MODULE.slice(0, -1));
  expect(one.messages()).toMatchObject([{ lines: 150 }]);
  const facts = factsOf(engine, 'def f():\n    return 1\n'.repeat(9), 'python', COLLECTORS);
  expect(facts.byCollector['oversized-module']).toBeUndefined();
});

test('3,000 nested parentheses are no problem', () => {
  for (const file of ['a.py', 'a.ts']) {
    const deep = `${'('.repeat(3000)}1${')'.repeat(3000)}`;
    const text =
      familyOf(languageOfPath(file)!) === 'python'
        ? `${MODULE}z = ${deep}\n`
        : `const z = ${deep};\n${'f();\n'.repeat(120)}`;
    expect(() => factsOf(engine, text, languageOfPath(file)!, COLLECTORS)).not.toThrow();
  }
});

test('the seams of 300 definitions take less than 50 ms', () => {
  const definitions = Array.from({ length: 300 }, (_, index) => ({
    name: `load_part${index % 40}_of_thing${index}`,
    kind: 'function' as const,
    line: index * 4,
    lines: 4,
    behaves: true as const,
    uses: [(index * 7 + 3) % 300, (index * 13 + 5) % 300, 300 + (index % 60), 300 + ((index * 3) % 60)].filter(
      (use) => use !== index,
    ),
  }));
  const imported = Array.from({ length: 60 }, (_, index) => `tool${index}`);
  const module = { definitions, imported, rest: [] };
  const runs = [1, 2, 3, 4, 5, 6].map(() => {
    const start = process.cpuUsage();
    findSeams(module);
    return process.cpuUsage(start).user / 1000;
  });
  expect(Math.min(...runs)).toBeLessThan(50);
});
