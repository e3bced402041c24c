import { expect, test } from 'vitest';
import { parsedFile } from '../../core/facts/parse';
import { enclosingPythonFunction } from '../../core/syntax/python';
import { SourceFile } from '../../core/text/source-file';
import { askedModel } from '../../test/support/asked-model';
import { wasmEngine } from '../../test/support/engine';
import { OwnNames } from './cures/own-names';
import { isNarrowable } from './cures/python/raised';
import { canNarrow } from './python-narrow';

/** The answer for the `try` of a function, and whether names had to be resolved for it. */
async function answer(
  head: string,
  guarded: string,
): Promise<{ seen: boolean; whole: boolean; isModelAsked: boolean }> {
  const text = `from pathlib import Path\n\n\n${head}\n    try:\n        ${guarded}\n    except Exception:\n        pass\n`;
  const engine = await wasmEngine();
  const source = new SourceFile(text);
  const known = parsedFile(engine.parse(text, 'python').rootNode, source, 'python');
  const { file, isAsked } = askedModel(known);
  const block = known.root.descendantsOfType('try_statement')[0]!.childForFieldName('body')!;
  const code = source.slice(block.startIndex, block.endIndex);
  const found = { guarded: block, code, scope: enclosingPythonFunction(block) };
  const seen = canNarrow(file, found, new OwnNames(text));
  const isModelAsked = isAsked();
  return { seen, whole: isNarrowable(known, block), isModelAsked };
}

test.each([
  ['a member of a parameter without a type', 'def save(path, data):', 'path.write_text(data)', false, false],
  ['an item of it', 'def load(rows):', 'int(rows[0])', false, false],
  ['a member in the middle of an argument', 'def load(path):', 'open(path.parent)', false, false],
  ['a parameter with a type', 'def save(path: Path, data: str):', 'path.write_text(data)', true, true],
  [
    'a parameter that is bound anew',
    'def save(path, data: str):\n    path = Path(path)',
    'path.write_text(data)',
    false,
    true,
  ],
  [
    'a parameter that a loop binds anew',
    'def save(path, paths):\n    for path in paths: pass',
    'path.read_text()',
    false,
    true,
  ],
  ['nothing is asked of the parameter', 'def load(text):', 'int(text)', true, true],
  ['a string that looks like it', 'def load(path):', 'int("path.name")', true, true],
  ['a call that nobody knows', 'def save(path: Path):', 'store(path)', false, false],
])('%s', async (_, head, guarded, expected, isModelAsked) => {
  expect(await answer(head, guarded)).toEqual({ seen: expected, whole: expected, isModelAsked });
});
