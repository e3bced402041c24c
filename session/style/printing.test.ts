import { describe, expect, test } from 'vitest';
import { styleOf } from '../../core/edit/style';
import { SourceFile } from '../../core/text/source-file';
import { candidatesFor } from './printing';

const candidates = (text: string, ...told: Parameters<typeof candidatesFor>[2]) =>
  candidatesFor(text, styleOf(new SourceFile(text), 'typescript'), told);

describe('options by which a file may have been formatted', () => {
  test('what is told holds, and the file says the rest', () => {
    const text = 'const f = x => ({a: x});\nexport const g = list.map(y => f(y));\nimport {b} from "b";\n';
    expect(candidates(text, { printWidth: 90, singleQuote: true })).toEqual([
      {
        printWidth: 90,
        useTabs: false,
        tabWidth: 2,
        semi: true,
        singleQuote: true,
        trailingComma: 'all',
        arrowParens: 'avoid',
        bracketSpacing: false,
      },
    ]);
  });

  test('where no width is told, the usual ones are tried, that of the file first', () => {
    const long = `${'const a = 1;\n'.repeat(20)}${`const b = '${'b'.repeat(90)}';\n`.repeat(9)}`;
    expect(candidates(long).map(({ printWidth }) => printWidth)).toEqual([120, 80, 100]);
    expect(candidates(long, { semi: false }).map(({ semi }) => semi)).toEqual([false, false, false, true, true, true]);
  });

  test('an element is no object, and an arrow in parentheses is told from one without', () => {
    const [only] = candidates('const a = <p x={b}>{c}</p>;\nf((c) => c, async (d) => d);\n', { printWidth: 80 });
    expect(only).toMatchObject({ arrowParens: 'always', bracketSpacing: true });
  });
});
