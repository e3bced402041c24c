import { beforeAll, describe, expect, test } from 'vitest';
import { NO_SNAPSHOT, pythonDocument } from '../../test/edit/python-cases';
import { wasmEngine } from '../../test/support/engine';
import type { SyntaxEngine } from '../syntax/engine';
import { ChangeBuilder } from './change-builder';
import { contentHash } from './change-set';
import { Fragment } from './fragment';
import { Refusal } from './refusal';
import { applyEdits, OverlappingEdits } from './text-edit';

let engine: SyntaxEngine;

beforeAll(async () => {
  engine = await wasmEngine();
});

const open = (text: string, file = 'example.py') => ({ ...pythonDocument(text, engine), file });

test('collects edits by file, sorted, with the hash of the text they are for', () => {
  const builder = new ChangeBuilder(NO_SNAPSHOT);
  const b = open('one\n', 'b.py');
  const a = open('two\n', 'a.py');
  builder.replace(b, 0, 3, 'three');
  builder.insert(a, 4, 'x');
  builder.remove(a, 0, 1);
  expect(builder.build()).toEqual({
    changes: [
      {
        file: 'a.py',
        hash: contentHash('two\n'),
        edits: [
          { start: 0, end: 1, newText: '' },
          { start: 4, end: 4, newText: 'x' },
        ],
      },
      { file: 'b.py', hash: contentHash('one\n'), edits: [{ start: 0, end: 3, newText: 'three' }] },
    ],
    creations: [],
    applicability: 'safe',
    notes: [],
  });
});

test('a file in which nothing changes is not named', () => {
  const builder = new ChangeBuilder(NO_SNAPSHOT);
  builder.replace(open('one\n'), 0, 3, 'one');
  expect(builder.build().changes).toEqual([]);
});

test('edits that want the same text are a defect', () => {
  const builder = new ChangeBuilder(NO_SNAPSHOT);
  const document = open('one\n');
  builder.replace(document, 0, 2, 'x');
  builder.replace(document, 1, 3, 'y');
  expect(() => builder.build()).toThrow(OverlappingEdits);
});

describe('line endings', () => {
  const inserted = (text: string, offset: number) => {
    const builder = new ChangeBuilder(NO_SNAPSHOT);
    builder.insert(open(text), offset, 'x\n');
    return applyEdits(text, builder.build().changes[0]!.edits);
  };

  test('are those of the place', () => {
    expect(inserted('a\r\nb\nc', 0)).toBe('x\r\na\r\nb\nc');
    expect(inserted('a\r\nb\nc', 3)).toBe('a\r\nx\nb\nc');
    expect(inserted('a\nb\r\nc', 6)).toBe('a\nb\r\ncx\r\n');
    expect(inserted('a', 0)).toBe('x\na');
  });

  test('a lone carriage return is refused', () => {
    const builder = new ChangeBuilder(NO_SNAPSHOT);
    expect(() => builder.insert(open('a\rb\n'), 0, 'x')).toThrow(Refusal);
  });
});

test('copied code says where it came from', () => {
  const builder = new ChangeBuilder(NO_SNAPSHOT);
  const document = open('a = 1\r\nb = 2\r\n');
  builder.insert(document, 0, Fragment.of(Fragment.copy(document, 7, 12), '\n'));
  expect(builder.build().changes[0]!.edits).toEqual([
    { start: 0, end: 0, newText: 'b = 2\r\n', origins: [{ at: 0, length: 5, file: 'example.py', start: 7 }] },
  ]);
});

test('a doubt makes the change one for review, a note does not', () => {
  const builder = new ChangeBuilder(NO_SNAPSHOT);
  builder.note('told');
  expect(builder.build().applicability).toBe('safe');
  builder.doubt('doubtful', { name: 'x' });
  expect(builder.build()).toMatchObject({
    applicability: 'review',
    notes: [
      { messageId: 'told', isDoubt: false },
      { messageId: 'doubtful', args: { name: 'x' }, isDoubt: true },
    ],
  });
});

test('what is gathered becomes edits when the change is built, once', () => {
  const builder = new ChangeBuilder(NO_SNAPSHOT);
  const document = open('one\n');
  builder.beforeBuild(() => builder.insert(document, 0, 'x'));
  expect(builder.build().changes[0]!.edits).toHaveLength(1);
  expect(builder.build().changes[0]!.edits).toHaveLength(1);
});

describe('new files', () => {
  test('take the line endings of a neighbour', async () => {
    const builder = new ChangeBuilder(NO_SNAPSHOT);
    await builder.createFile('new.py', 'a\nb\n', open('x\r\n'));
    expect(builder.build().creations).toEqual([{ file: 'new.py', text: 'a\r\nb\r\n' }]);
  });

  test('never replace a file', async () => {
    const taken = new ChangeBuilder({ ...NO_SNAPSHOT, exists: async () => true });
    await expect(taken.createFile('new.py', '', open(''))).rejects.toMatchObject({ code: 'file-exists' });
    const twice = new ChangeBuilder(NO_SNAPSHOT);
    await twice.createFile('new.py', '', open(''));
    await expect(twice.createFile('new.py', '', open(''))).rejects.toMatchObject({ code: 'file-exists' });
  });
});
