import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits, invertEdits } from '../../core/edit/text-edit';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { wasmEngine } from '../support/engine';
import { editCases, runCase } from './python-cases';
import { commentsOf } from './python-comments';

let engine: SyntaxEngine;

beforeAll(async () => {
  engine = await wasmEngine();
});

const CASES = editCases();

it('has a case for each trap', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(CASES.map(({ topic, title }) => `${topic}: ${title}`)).size).toBe(CASES.length);
});

describe.each([...new Set(CASES.map(({ topic }) => topic))])('%s', (topic) => {
  for (const one of CASES.filter((each) => each.topic === topic)) {
    it(one.title, () => {
      const result = runCase(one, engine);
      if (typeof result === 'string') {
        expect({ refusal: result }).toEqual({ refusal: one.isRefusal ? one.after : undefined });
        return;
      }
      expect(result.after).toBe(one.after);
      expect(one.isRefusal).toBe(false);
      expect(applyEdits(result.after, invertEdits(one.before, result.edits))).toBe(one.before);
      const tree = engine.parse(result.after, 'python');
      expect(tree.rootNode.hasError).toBe(false);
      tree.delete();
      // What stands within removed code goes with it; everywhere else comments survive.
      const losesComments = one.operations.some(({ method }) => method === 'removeStatementsWithComments');
      if (!losesComments)
        expect(commentsOf(result.after, engine)).toEqual(expect.arrayContaining(commentsOf(one.before, engine)));
    });
  }
});
