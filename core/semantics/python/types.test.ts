import { describe, expect, it } from 'vitest';
import { receiverCases } from '../../../test/oracle/python-cases/receivers';
import { dedent, parsePython } from '../../../test/oracle/python-tables';
import type { QualifiedName } from '../model';

/**
 * Each line `expression  # -> type` is a question; `?` behind the type means "not certain", `-` that nothing is known.
 * Questions with `=>` ask for the qualified name of the expression itself.
 */
const QUESTION = /^(.*?)\s*# (->|=>) (.+)$/;

const written = (name: QualifiedName | undefined): string => (name ? `${name.path}${name.certain ? '' : ' ?'}` : '-');

describe('qualified names and types', () => {
  for (const { title, code } of receiverCases) {
    it(title, async () => {
      const text = dedent(code);
      const { model, root } = await parsePython(text);
      expect(root.hasError).toBe(false);
      const expected: string[] = [];
      const actual: string[] = [];
      let offset = 0;
      for (const line of text.split('\n')) {
        const question = QUESTION.exec(line);
        if (question) {
          const [, before, arrow, answer] = question;
          const start = offset + before!.search(/\S/);
          const statement = root.namedDescendantForIndex(start, offset + before!.length);
          const node = statement?.type === 'expression_statement' ? statement.firstNamedChild : statement;
          const found = node && (arrow === '->' ? model.typeOf(node) : model.qualifiedName(node));
          expected.push(`${before!.trim()} ${arrow} ${answer!.trim()}`);
          actual.push(`${before!.trim()} ${arrow} ${written(found ?? undefined)}`);
        }
        offset += line.length + 1;
      }
      expect(expected.length).toBeGreaterThan(0);
      expect(actual).toEqual(expected);
    });
  }
});
