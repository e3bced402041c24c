import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wasmEngine } from '../../../test/support/engine';
import { pythonStringValue } from '../../syntax/python';
import { SourceFile } from '../../text/source-file';
import { styleOf } from '../style';
import { callExpression, definition, docstring, joinDefinitions, pythonString } from './format';

const style = { ...styleOf(new SourceFile(''), 'python'), lineLength: 40 };
const double = { quote: '"' } as const;
const single = { quote: "'" } as const;

describe('string literals', () => {
  test.each([
    ['plain', double, '"plain"'],
    ['plain', single, "'plain'"],
    ['say "hi"', double, `'say "hi"'`],
    ["it's", single, `"it's"`],
    [`"it's"`, double, `'"it\\'s"'`],
    [`'"`, double, `"'\\""`],
    ['a\nb\t\\', double, '"a\\nb\\t\\\\"'],
    ['\0\x7f\u200b\u2028', double, '"\\x00\\x7f\\u200b\\u2028"'],
    ['\ud800', double, '"\\ud800"'],
    ['🐍é', double, '"🐍é"'],
  ])('%j', (value, quote, literal) => {
    expect(pythonString(value, quote)).toBe(literal);
  });

  test('mean what they were made of', async () => {
    const engine = await wasmEngine();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(double, single), (value, quote) => {
        const text = pythonString(value, quote);
        const tree = engine.parse(text, 'python');
        const node = tree.rootNode.descendantsOfType('string')[0]!;
        expect(pythonStringValue(node, new SourceFile(text))?.value).toBe(value);
        tree.delete();
      }),
    );
  });
});

describe('docstrings', () => {
  test.each([
    ['Says.', '    ', '"""Says."""'],
    ['Says "hi"', '    ', '"""Says "hi\\""""'],
    ['Says.\n\nMore.\n', '    ', '"""Says.\n\n    More.\n    """'],
    ['C:\\new """', '', '"""C:\\\\new \\"\\"\\""""'],
  ])('%j', (text, indentation, literal) => {
    expect(docstring(text, indentation)).toBe(literal);
  });
});

describe('calls', () => {
  test('stay in one line that is long enough', () => {
    expect(callExpression('f', ['a'.repeat(37)], style)).toBe(`f(${'a'.repeat(37)})`);
    expect(callExpression('f', [], { ...style, lineLength: 1 })).toBe('f()');
  });

  test('have their arguments on the next line when those fit there', () => {
    expect(callExpression('some_call', ['a'.repeat(20), 'b'.repeat(14)], style)).toBe(
      `some_call(\n    ${'a'.repeat(20)}, ${'b'.repeat(14)}\n)`,
    );
  });

  test('have one argument a line and a trailing comma otherwise', () => {
    expect(callExpression('some_call', ['a'.repeat(20), 'b'.repeat(15)], style)).toBe(
      `some_call(\n    ${'a'.repeat(20)},\n    ${'b'.repeat(15)},\n)`,
    );
  });

  test('count what is around them', () => {
    const args = ['a'.repeat(15), 'b'.repeat(10)];
    expect(callExpression('f', args, style, { indentation: '    ', before: 4, after: 2 })).toBe(
      `f(${args.join(', ')})`,
    );
    expect(callExpression('f', args, style, { indentation: '    ', before: 4, after: 3 })).toBe(
      `f(\n    ${args.join(', ')}\n)`,
    );
    expect(callExpression('f', args, style, { indentation: '\t', before: 5, after: 2 })).toBe(
      `f(\n    ${args.join(', ')}\n)`,
    );
  });

  test('indent arguments of several lines, but no string within them', () => {
    expect(callExpression('f', ['[\n    1,\n]', '"""\nraw"""'], style)).toBe(
      'f(\n    [\n        1,\n    ],\n    """\nraw""",\n)',
    );
  });
});

describe('definitions', () => {
  test('in one line', () => {
    const parts = { name: 'f', parameters: ['a', 'b=1'], returns: 'int', body: 'return a' };
    expect(definition(parts, style).toString()).toBe('def f(a, b=1) -> int:\n    return a');
  });

  test('with all parts', () => {
    const parts = {
      name: 'long_name',
      parameters: ['self', 'first: int', 'second: str = ""', '**others'],
      isAsync: true,
      decorators: ['@one', '@two()'],
      docstring: 'Says.\n\nMore.',
      body: 'x = """\nraw\n"""\nreturn x',
    };
    expect(definition(parts, style, { indentation: '    ' }).toString()).toBe(
      [
        '@one',
        '@two()',
        'async def long_name(',
        '    self,',
        '    first: int,',
        '    second: str = "",',
        '    **others,',
        '):',
        '    """Says.',
        '',
        '        More.',
        '        """',
        '    x = """',
        'raw',
        '"""',
        '    return x',
      ].join('\n'),
    );
  });

  test('without a body', () => {
    expect(definition({ name: 'f', parameters: [], body: '' }, style).toString()).toBe('def f():\n    pass');
    expect(definition({ name: 'f', parameters: [], body: '', docstring: 'Says.' }, style).toString()).toBe(
      'def f():\n    """Says."""',
    );
  });

  test('one below the other', () => {
    expect(joinDefinitions(['a', 'b'], 'module').toString()).toBe('a\n\n\nb');
    expect(joinDefinitions(['a', 'b'], 'class').toString()).toBe('a\n\nb');
  });
});
