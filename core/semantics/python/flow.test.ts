import { describe, expect, it } from 'vitest';
import { flowCases } from '../../../test/oracle/python-cases/flows';
import { dedent, parsePython } from '../../../test/oracle/python-tables';
import type { Binding } from '../model';

const sorted = (bindings: readonly Binding[]): string =>
  bindings
    .map((binding) => binding.name)
    .sort()
    .join(' ');

describe('data flow across the border of a range', () => {
  for (const { title, code, reads = '', writes = '', maybeWrites = '', readAfter = '' } of flowCases) {
    it(title, async () => {
      const marked = dedent(code);
      const [before, range, after] = marked.split(/[⟦⟧]/) as [string, string, string];
      const { model, root } = await parsePython(before + range + after);
      expect(root.hasError).toBe(false);
      const flow = model.flow(before.length, before.length + range.length);
      expect({
        reads: sorted(flow.reads),
        writes: sorted(flow.writes),
        maybeWrites: sorted(flow.maybeWrites),
        readAfter: sorted(flow.readAfter),
      }).toEqual({ reads, writes, maybeWrites, readAfter });
    });
  }
});
