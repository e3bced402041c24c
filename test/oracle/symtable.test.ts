import { beforeAll, describe, expect, it } from 'vitest';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { wasmEngine } from '../support/engine';
import { compareScopes, comprehensionsAsGenerators } from './compare';
import { type CPython, loadCPython } from './cpython';
import { allScopeCases } from './python-cases';
import { dedent } from './python-tables';
import { sample } from './sample';

/** `scripts/proof/symtable.ts` asks the same of thousands of files. */
const SAMPLE = 150;
const SEED = 20_260_101;

let engine: SyntaxEngine;
let python: CPython;

beforeAll(async () => {
  engine = await wasmEngine();
  python = await loadCPython();
});

describe('the Python scopes are those of CPython', () => {
  it('asks CPython 3.14', () => {
    expect(python.version).toMatch(/^3\.14\./);
  });

  for (const [topic, cases] of allScopeCases) {
    for (const { title, code } of cases) {
      it(`${topic}: ${title}`, () => {
        expect(compareScopes(dedent(code), engine, python)).toEqual({ kind: 'equal' });
      });
    }
  }

  it(`${SAMPLE} modules of the standard library`, () => {
    const modules = [...python.standardLibrary()];
    expect(modules.length).toBeGreaterThan(500);
    const verdicts = sample(modules, SAMPLE, SEED).map(([name, text]) => [name, compareScopes(text, engine, python)]);
    expect(verdicts.filter(([, verdict]) => (verdict as { kind: string }).kind !== 'equal')).toEqual([]);
  });

  it('the scopes of comprehensions, when they are written as generators', () => {
    const texts = [...python.standardLibrary().values()].filter((text) => / for .+ in .+[\]}]/.test(text));
    const rewritten = sample(texts, 60, SEED).map((text) => comprehensionsAsGenerators(text, engine));
    const cases = allScopeCases.flatMap(([, list]) =>
      list.map(({ code }) => comprehensionsAsGenerators(dedent(code), engine)),
    );
    const verdicts = [...rewritten, ...cases].map((text) => compareScopes(text, engine, python));
    expect(verdicts.filter((verdict) => verdict.kind !== 'equal')).toEqual([]);
  });

  it('sees a difference when there is one', () => {
    const wrong: CPython = { ...python, symtable: () => python.symtable('def f(): return y\n') };
    const verdict = compareScopes('def f():\n    y = 1\n    return y\n', engine, wrong);
    expect(verdict).toEqual({
      kind: 'different',
      details: ['module > function f@1: y is global-implicit in CPython, local here'],
    });
  });
});
