import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Program, runProgram, type Statement, writeProgram } from '../../../test/oracle/python-programs';
import { parsePython } from '../../../test/oracle/python-tables';

const NAMES = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...NAMES);

/** Random function bodies: assignments, branches, loops, `try`, `with`, and every way to leave early. */
const { block } = fc.letrec<{ statement: Statement; block: Statement[] }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('assign' as const), target: name, read: name }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('break' as const, 'continue' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('return' as const, 'raise' as const), read: name }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), target: name }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('if' as const),
        read: name,
        body: tie('block'),
        otherwise: fc.option(tie('block'), { nil: undefined }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('while' as const, 'for' as const, 'with' as const),
        read: name,
        target: name,
        endless: fc.boolean(),
        body: tie('block'),
        otherwise: fc.option(tie('block'), { nil: undefined }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('try' as const),
        body: tie('block'),
        handler: fc.option(tie('block'), { nil: undefined }),
        otherwise: fc.option(tie('block'), { nil: undefined }),
        final: fc.option(tie('block'), { nil: undefined }),
      }),
    },
  ),
  block: fc.array(tie('statement'), { minLength: 1, maxLength: 4 }),
}));

const program: fc.Arbitrary<Program> = fc.record({
  parameters: fc.subarray([...NAMES]),
  body: block,
  /** Chooses the block, the first and the last statement of the range. */
  choice: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
});

describe('data flow of random programs', () => {
  it('foretells what happens whenever the program is run', async () => {
    await fc.assert(
      fc.asyncProperty(
        program,
        fc.array(fc.integer({ min: 1, max: 2 ** 31 }), { minLength: 12, maxLength: 12 }),
        async (made, seeds) => {
          const { text, start, end } = writeProgram(made);
          const { model, root } = await parsePython(text);
          expect(root.hasError, text).toBe(false);
          const flow = model.flow(start, end);
          const names = (list: readonly { name: string }[]): Set<string> =>
            new Set(list.map((binding) => binding.name));
          const [reads, writes, after] = [names(flow.reads), names(flow.writes), names(flow.readAfter)];
          const written = new Set([...writes, ...names(flow.maybeWrites)]);
          for (const seed of seeds) {
            const seen = runProgram(made, seed);
            const context = `${text.slice(0, start)}[[${text.slice(start, end)}]]${text.slice(end)}`;
            for (const read of seen.readBeforeWrite) expect(reads, context).toContain(read);
            for (const set of seen.writtenByCompletion)
              for (const write of writes) expect(set, context).toContain(write);
            for (const write of seen.written) expect(written, context).toContain(write);
            for (const read of seen.readAfter) expect(after, context).toContain(read);
          }
        },
      ),
      { numRuns: 800, seed: 3 },
    );
  });
});
