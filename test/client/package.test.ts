import { expect, test } from 'vitest';
import { notices } from '../../scripts/notices.mjs';
import { listZip } from '../../scripts/zip-listing';

/** An archive of two empty files, made by hand: local headers, directory, end. */
function archive(names: readonly string[]): Buffer {
  const headers = names.map((name) => Buffer.concat([signed(0x04034b50, 30, [26, name.length]), Buffer.from(name)]));
  const entries = names.map((name) => Buffer.concat([signed(0x02014b50, 46, [28, name.length]), Buffer.from(name)]));
  const start = headers.reduce((sum, one) => sum + one.length, 0);
  const end = signed(0x06054b50, 22, [10, names.length]);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([...headers, ...entries, end]);
}

function signed(signature: number, length: number, [at, value]: readonly [number, number]): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt16LE(value, at);
  return bytes;
}

test('the names in an archive are read from its directory', () => {
  expect(listZip(archive(['a.txt', 'folder/b.js']))).toEqual(['a.txt', 'folder/b.js']);
  expect(() => listZip(Buffer.from('no archive, but long enough to be one'))).toThrow('not a ZIP archive');
});

test('notices name each bundled package once, with its licence and what it carries', async () => {
  const text = await notices(process.cwd(), [
    'node_modules/zod/index.js',
    'node_modules/zod/v4/core.js',
    'node_modules/@ts-morph/common/dist/typescript.js',
    'client/extension.ts',
  ]);
  const titles = [...text.matchAll(/^={80}\n(.+) \S+ \((.+)\)$/gm)].map((match) => [match[1], match[2]]);
  expect(titles).toEqual([
    ['@ts-morph/common', 'MIT'],
    ['typescript', 'Apache-2.0'],
    ['zod', 'MIT'],
  ]);
  expect(text).toContain('Permission is hereby granted');
});
