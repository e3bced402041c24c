import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../core/text/source-file';

describe('SourceFile', () => {
  test.each([
    ['', 0, 1],
    ['a', 1, 1],
    ['a\n', 1, 2],
    ['a\nb', 2, 2],
    ['a\r\nb\r\n', 2, 3],
    ['a\rb\r', 1, 3],
    ['\n\n', 2, 3],
  ])('%j has %i physical and %i editor lines', (text, physical, editor) => {
    const file = new SourceFile(text);
    expect([file.physicalLines, file.editorLines]).toEqual([physical, editor]);
  });

  test.each([
    ['tab is one column', 'a\tb', 2, { line: 0, character: 2 }],
    ['astral character is two', '"😀"x', 4, { line: 0, character: 4 }],
    ['after CRLF', 'a\r\nb', 3, { line: 1, character: 0 }],
    ['after a lone CR', 'a\rb', 2, { line: 1, character: 0 }],
    ['between CR and LF belongs to the old line', 'a\r\nb', 2, { line: 0, character: 2 }],
    ['before the text', 'ab', -5, { line: 0, character: 0 }],
    ['behind the text', 'ab', 99, { line: 0, character: 2 }],
  ])('%s', (_, text, offset, position) => {
    expect(new SourceFile(text).positionAt(offset)).toEqual(position);
  });

  test('a character beyond the line is clamped to its end, terminator excluded', () => {
    const file = new SourceFile('ab\r\ncd');
    expect(file.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(file.offsetAt({ line: 9, character: 0 })).toBe(6);
    expect(file.lineText(0)).toBe('ab');
    expect(file.lineText(7)).toBe('');
  });

  test('offsets and positions are inverse for any text', () => {
    const text = fc
      .array(fc.constantFrom('a', '\n', '\r', '\r\n', '\t', '😀', 'é'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(80), (content, at) => {
        const file = new SourceFile(content);
        const offset = Math.min(at, content.length);
        const insideTerminator = content[offset - 1] === '\r' && content[offset] === '\n';
        if (!insideTerminator) expect(file.offsetAt(file.positionAt(offset))).toBe(offset);
      }),
      { numRuns: 500, seed: 20261120 },
    );
  });
});
