import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../core/edit/text-edit';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { editCases, runCase } from '../edit/python-cases';
import { PYTHON_PROGRAMS } from '../edit/python-programs';
import { editsOfChoice, randomEdits } from '../edit/python-random';
import { wasmEngine } from '../support/engine';
import { type CompilePython, loadCompiler } from './python-edit';

let engine: SyntaxEngine;
let compile: CompilePython;

beforeAll(async () => {
  engine = await wasmEngine();
  compile = await loadCompiler();
});

describe('CPython 3.14 compiles', () => {
  it('nothing that it should not', () => {
    expect(compile('x = 1')).toBeUndefined();
    expect(compile('return 1')).toMatch(/^SyntaxError: 'return' outside function/);
    expect(compile('if x:\n\ta\n        b')).toMatch(/^TabError/);
  });

  it('the programs that edits are tried on', () => {
    expect(PYTHON_PROGRAMS.map(compile).filter((error) => error !== undefined)).toEqual([]);
  });

  // Some fixtures are about edits that are no business of the compiler: what they begin with is no program either.
  it('every fixture that was a program before', () => {
    let compiled = 0;
    for (const one of editCases()) {
      const result = runCase(one, engine);
      if (typeof result === 'string' || compile(one.before) !== undefined) continue;
      expect(compile(result.after), `${one.title}\n${result.after}`).toBeUndefined();
      compiled++;
    }
    expect(compiled).toBeGreaterThan(150);
  });

  it('what random edits leave', () => {
    fc.assert(
      fc.property(randomEdits, (choice) => {
        const result = editsOfChoice(choice, engine);
        fc.pre(result !== undefined);
        const after = applyEdits(result.before, result.edits);
        expect(compile(after), after).toBeUndefined();
      }),
      { numRuns: 2000, seed: 20_261_120 },
    );
  });
});
