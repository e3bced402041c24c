import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colorDiff, type FileDiff, unifiedDiff } from '../../report/diff';

/** Git without the user's settings: line endings and whitespace stay what they are. */
const ENVIRONMENT = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };

/** Applies a patch with real git to the old files, and returns all files that are there then. */
function applied(files: readonly FileDiff[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'seamline-diff-'));
  try {
    const spell = (text: string, hasBom: boolean | undefined) => (hasBom ? `\ufeff${text}` : text);
    for (const { file, before, hasBom } of files) {
      if (before === undefined) continue;
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), spell(before, hasBom));
    }
    const input = unifiedDiff(files);
    const git = (...args: string[]) =>
      execFileSync('git', ['apply', ...args, '-'], {
        cwd: folder,
        input,
        env: { ...ENVIRONMENT, GIT_CEILING_DIRECTORIES: dirname(folder) },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    if (input !== '') {
      git('--check');
      git();
    }
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = found.map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function expected(files: readonly FileDiff[]): Record<string, string> {
  const left = files.filter((one) => one.after !== undefined);
  return Object.fromEntries(left.map(({ file, after, hasBom }) => [file, hasBom ? `\ufeff${after}` : after!]));
}

const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('', 'a', 'b', 'c', '\tx = 1', '    return', '-- old', '++ new', '@@ -1 +1 @@'),
  },
  fc.constantFrom(
    'diff --git a/x b/x',
    '\\ No newline at end of file',
    '--- a/x',
    '+++ b/x',
    'é 日本 😀',
    'a\rb',
    '\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll(/[\n\0]/g, '')),
);
const ending = fc.constantFrom('\n', '\r\n');
const text = fc
  .tuple(fc.array(fc.tuple(line, ending), { maxLength: 30 }), fc.option(line, { nil: '' }))
  .map(([lines, last]) => lines.map((parts) => parts.join('')).join('') + last);

/** A text and another one that shares most of its lines. */
const related = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(30), fc.nat(3), fc.array(line, { maxLength: 3 })), { maxLength: 4 }))
  .map(([before, splices]) => {
    const lines = before.split('\n');
    for (const [at, count, added] of splices) lines.splice(at, count, ...added);
    return [before, lines.join('\n')] as const;
  });
const pair = fc.oneof(
  { weight: 4, arbitrary: related },
  fc.tuple(text, text),
  fc.tuple(fc.constant(undefined), text),
  fc.tuple(text, fc.constant(undefined)),
);
const NAMES = ['a.py', 'pkg/deep/b.py', 'with space.ts', 'ä/ż.ts', 'q"uote.ts', 'end '];
const change = fc
  .array(fc.tuple(pair, fc.boolean()), { minLength: 1, maxLength: NAMES.length })
  .map((pairs) =>
    pairs.map(([[before, after], hasBom], at): FileDiff => ({ file: NAMES[at]!, before, after, hasBom })),
  );

test('git makes the new files of any patch, byte for byte', () => {
  fc.assert(
    fc.property(change, (files) => {
      expect(applied(files)).toEqual(expected(files));
    }),
    { numRuns: 150 },
  );
});

describe('files that differ too much for the shortest diff', () => {
  const numbered = (count: number, letter: string) => Array.from({ length: count }, (_, at) => `${letter}${at}\n`);
  const same = numbered(10, 's').join('');

  test.each([
    ['in the middle', same + numbered(4_000, 'a').join('') + same, same + numbered(3_000, 'b').join('') + same],
    ['at the start', numbered(4_000, 'a').join('') + same, numbered(3_000, 'b').join('') + same],
    [
      'to the end, unterminated',
      `${same}${numbered(4_000, 'a').join('')}x`,
      `${same}${numbered(3_000, 'b').join('')}y`,
    ],
    ['all of it', numbered(4_000, 'a').join(''), numbered(3_000, 'b').join('')],
    ['by lines that are left out', numbered(9_000, 'a').join(''), numbered(9_000, 'a').slice(2, -5_000).join('')],
  ])('%s', (_, before, after) => {
    const files = [{ file: 'a.py', before, after }];
    expect(applied(files)).toEqual({ 'a.py': after });
    expect(unifiedDiff(files).match(/^@@ .*@@$/gm)?.length).toBeLessThanOrEqual(2);
  });
});

describe('what a patch looks like', () => {
  test('a changed file', () => {
    const before = '1\n2\n3\n4\n5\n6\n7\n8\n9';
    expect(unifiedDiff([{ file: 'a b.py', before, after: before.replace('5', 'five\r') }])).toBe(
      [
        'diff --git a/a b.py b/a b.py',
        '--- a/a b.py',
        '+++ b/a b.py',
        '@@ -2,7 +2,7 @@',
        ' 2\n 3\n 4\n-5\n+five\r\n 6\n 7\n 8\n',
      ].join('\n'),
    );
  });

  test('a new file, a deleted one and one that stays', () => {
    const files = [
      { file: 'new.ts', before: undefined, after: 'a\nb' },
      { file: 'same.ts', before: 'x\n', after: 'x\n' },
      { file: 'empty.ts', before: undefined, after: '' },
      { file: 'old.ts', before: 'a\n', after: undefined },
    ];
    expect(unifiedDiff(files)).toBe(
      `diff --git a/new.ts b/new.ts
new file mode 100644
--- /dev/null
+++ b/new.ts
@@ -0,0 +1,2 @@
+a
+b
\\ No newline at end of file
diff --git a/empty.ts b/empty.ts
new file mode 100644
diff --git a/old.ts b/old.ts
deleted file mode 100644
--- a/old.ts
+++ /dev/null
@@ -1,1 +0,0 @@
-a
`,
    );
  });
});

describe('in colour', () => {
  test('the patch is the same but for the colours', () => {
    fc.assert(
      fc.property(change, (files) => {
        // What a source holds of its own escape sequences is not told from ours.
        fc.pre(stripVTControlCharacters(unifiedDiff(files)) === unifiedDiff(files));
        expect(stripVTControlCharacters(colorDiff(unifiedDiff(files)))).toBe(unifiedDiff(files));
      }),
    );
  });

  test('header, place, removed and added lines differ, and carriage returns stay outside', () => {
    const patch = colorDiff(unifiedDiff([{ file: 'a.sql', before: '-- x\r\nk', after: '++ y\r\nk' }]));
    expect(JSON.stringify(patch).replaceAll('\\u001b', '^').split('\\n')).toEqual([
      '"^[1mdiff --git a/a.sql b/a.sql^[22m',
      '^[1m--- a/a.sql^[22m',
      '^[1m+++ b/a.sql^[22m',
      '^[36m@@ -1,2 +1,2 @@^[39m',
      '^[31m--- x^[39m\\r',
      '^[32m+++ y^[39m\\r',
      ' k',
      '^[2m\\\\ No newline at end of file^[22m',
      '"',
    ]);
  });
});
