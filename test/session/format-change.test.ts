import { describe, expect, test } from 'vitest';
import { type ChangeSet, contentHash } from '../../core/edit/change-set';
import { applyEdits, type TextEdit } from '../../core/edit/text-edit';
import { formattedChange } from '../../session/typescript/format-change';
import type { Workspace } from '../../session/workspace';
import { openWorkspace } from '../support/open-workspace';
import { sharedCompiler } from '../support/typescript-compiler';

/** With the real process: what is bundled is what formats. */
const compilerIn = sharedCompiler();

const CLEAN = `import { read } from './read';

export function firstOf(names: string[]): string | undefined {
  return names.map((name) => read(name, 'utf8')).find((text) => text !== '');
}
`;

type Wanted = readonly [old: string, now: string, origins?: TextEdit['origins']];

async function changeOf(workspace: Workspace, file: string, wanted: readonly Wanted[]): Promise<ChangeSet> {
  const { source, hash } = await workspace.open(file);
  const edits = wanted.map(([old, newText, origins]) => {
    const start = source.text.indexOf(old);
    return { start, end: start + old.length, newText, ...(origins ? { origins } : {}) };
  });
  return { changes: [{ file, hash, edits }], creations: [], applicability: 'safe', notes: [] };
}

/** What a file becomes by these replacements, and what its edits are. */
async function formatted(files: Readonly<Record<string, string>>, file: string, wanted: readonly Wanted[]) {
  const workspace = await openWorkspace(files);
  const change = await changeOf(workspace, file, wanted);
  const result = await formattedChange(change, workspace, compilerIn(workspace.root));
  return { text: applyEdits(files[file]!, result.changes[0]!.edits), result, change };
}

const GROWN: readonly Wanted[] = [['read(name', 'this.files.read(name']];

const BROKEN = CLEAN.replace(
  "names.map((name) => read(name, 'utf8')).find((text) => text !== '');",
  "names\n    .map((name) => this.files.read(name, 'utf8'))\n    .find((text) => text !== '');",
);

describe('a file that its formatter left as it is', () => {
  test('stays so: a line that grew is broken', async () => {
    const { text } = await formatted({ '.prettierrc': 'singleQuote: true\n', 'a.ts': CLEAN }, 'a.ts', GROWN);
    expect(text).toBe(BROKEN);
  });

  test('stays so: lines that fit now are joined, and moved code keeps where it stood', async () => {
    const files = { '.prettierrc': 'singleQuote: true\n', 'a.ts': BROKEN.replaceAll('this.files.', '') };
    const { text, result } = await formatted(files, 'a.ts', [
      ["names\n    .map((name) => read(name, 'utf8'))\n    .find", 'list\n    .map(read)\n    .find'],
      ["(text) => text !== '')", '(text) => text)\n    .trim()', [{ at: 0, length: 14, file: 'b.ts', start: 3 }]],
    ]);
    expect(text).toContain('  return list\n    .map(read)\n    .find((text) => text)\n    .trim();\n');
    expect(result.changes[0]!.edits.flatMap(({ origins = [] }) => origins)).toEqual([
      { at: expect.any(Number), length: 14, file: 'b.ts', start: 3 },
    ]);
  });

  test('is known without a configuration, by what it does itself', async () => {
    const { text } = await formatted({ 'a.ts': CLEAN }, 'a.ts', GROWN);
    expect(text).toBe(BROKEN);
  });

  test('keeps its line ends', async () => {
    const windows = CLEAN.replaceAll('\n', '\r\n');
    const { text } = await formatted({ '.prettierrc': 'singleQuote: true\n', 'a.ts': windows }, 'a.ts', GROWN);
    expect(text).toBe(BROKEN.replaceAll('\n', '\r\n'));
  });

  test.each<[title: string, config: Record<string, string>, width: number]>([
    ['Biome', { 'biome.json': '{"formatter":{"indentStyle":"space","lineWidth":90}}' }, 90],
    ['oxfmt', { '.oxfmtrc.json': '{}' }, 100],
    ['EditorConfig under Prettier', { '.prettierrc': '{}', '.editorconfig': '[*]\nmax_line_length = 90\n' }, 90],
    ['a part of the files', { '.prettierrc': 'overrides: [{files: "*.ts", options: {printWidth: 90}}]\n' }, 90],
  ])('%s says how wide a line is', async (_, config, width) => {
    const line = (length: number) => `export const sum = one(${'1 + '.repeat(5)}${'n'.repeat(length - 45)});\n`;
    const source = line(width);
    expect(source.length).toBe(width + 1);
    const { text } = await formatted({ ...config, 'a.ts': source }, 'a.ts', [['one(', 'two.one(']]);
    expect(text).toMatch(/^export const sum = two\.one\(\n {2}1 \+ .*,\n\);\n$/);
  });

  test('takes a new file with it', async () => {
    const workspace = await openWorkspace({ '.prettierrc': 'semi: false\n', 'a.ts': 'export const a = 1\n' });
    const change = await changeOf(workspace, 'a.ts', [['1', '2']]);
    const text = 'export const b = [\n  one\n]\n';
    const origins = [{ at: 21, length: 3, file: 'a.ts', start: 13 }];
    const result = await formattedChange(
      { ...change, creations: [{ file: 'b.ts', text, origins }] },
      workspace,
      compilerIn(workspace.root),
    );
    expect(result.creations).toEqual([
      { file: 'b.ts', text: 'export const b = [one]\n', origins: [{ ...origins[0]!, at: 18 }] },
    ]);
  });
});

/** As Biome breaks it; Prettier 3.8 does otherwise. */
const OTHERWISE = `export async function load(): Promise<unknown> {
  const { describeAllOfTheNames } = await import(
    './a-module-of-names-and-more-such-things'
  );
  return describeAllOfTheNames;
}
`;

describe('a file that its formatter leaves as it is but for a few lines', () => {
  const BIOME = {
    'biome.json': '{"formatter":{"indentStyle":"space"},"javascript":{"formatter":{"quoteStyle":"single"}}}',
  };
  const others = Array.from({ length: 30 }, (_, at) => `export const n${at} = () => {\n  return ${at};\n};\n`).join('');
  const FILE = `${OTHERWISE}${others}${CLEAN}`;

  test('keeps these lines, and is laid out where it was changed', async () => {
    const { text } = await formatted({ ...BIOME, 'a.ts': FILE }, 'a.ts', GROWN);
    expect(text).toBe(`${OTHERWISE}${others}${BROKEN}`);
  });

  test.each<[title: string, now: string, head: string]>([
    [
      'as it was written, where the formatter would do no more than before',
      'describeAllOfTheNames, others',
      "  const { describeAllOfTheNames, others } = await import(\n    './a-module-of-names-and-more-such-things'\n  );\n",
    ],
    [
      'by the formatter, where it would do otherwise',
      'all',
      "  const { all } = await import('./a-module-of-names-and-more-such-things');\n",
    ],
  ])('a changed line among these is laid out %s', async (_, now, head) => {
    const { text } = await formatted({ ...BIOME, 'a.ts': FILE }, 'a.ts', [['describeAllOfTheNames }', `${now} }`]]);
    expect(text.slice(text.indexOf('  const'), text.indexOf('  return'))).toBe(head);
  });

  test.each<[title: string, files: Record<string, string>]>([
    ['no formatter is configured', { 'a.ts': FILE }],
    ['they are not so few', { ...BIOME, 'a.ts': `${OTHERWISE}${CLEAN}` }],
  ])('keeps its change to the byte where %s', async (_, files) => {
    const { result, change } = await formatted(files, 'a.ts', GROWN);
    expect(result).toEqual(change);
  });
});

describe('the change is left to the byte', () => {
  test.each<[title: string, text: string]>([
    ['in a file that no formatter has laid out', CLEAN.replace('names: string[]', 'names : string[]')],
    ['in a file that is formatted otherwise', CLEAN.replace('string[]', 'Array < string >')],
    ['in a file that is very long', `${CLEAN}${'// A line.\n'.repeat(14_000)}`],
  ])('%s', async (_, text) => {
    const { result, change } = await formatted({ '.prettierrc': 'singleQuote: true\n', 'a.ts': text }, 'a.ts', GROWN);
    expect(result).toEqual(change);
  });

  test('where the formatter would change more than the layout', async () => {
    const { result, change } = await formatted({ 'a.ts': 'export const a = 1;\n' }, 'a.ts', [['1', '[ 0.50, 0XF ]']]);
    expect(result).toEqual(change);
  });

  test('in Python', async () => {
    const workspace = await openWorkspace({ 'a.py': 'a = 1\n' });
    const change = await changeOf(workspace, 'a.py', [['1', '[ 2 ]']]);
    expect(await formattedChange(change, workspace, compilerIn(workspace.root))).toBe(change);
  });

  test('where the process cannot answer', async () => {
    const workspace = await openWorkspace({ 'a.ts': CLEAN });
    const change = await changeOf(workspace, 'a.ts', GROWN);
    const compiler = compilerIn(workspace.root);
    const silent = { ...compiler, format: async () => ({ kind: 'unavailable' as const, reason: 'gone' }) };
    expect(await formattedChange(change, workspace, silent)).toBe(change);
  });
});

test('whoever does not wait any longer gets no change', async () => {
  const workspace = await openWorkspace({ 'a.ts': CLEAN });
  const change = await changeOf(workspace, 'a.ts', GROWN);
  const controller = new AbortController();
  const built = formattedChange(change, workspace, compilerIn(workspace.root), controller.signal);
  controller.abort();
  await expect(built).rejects.toThrow('aborted');
});

test('the hash stays that of the text before', async () => {
  const { result } = await formatted({ 'a.ts': CLEAN }, 'a.ts', GROWN);
  expect(result.changes[0]!.hash).toBe(contentHash(CLEAN));
});
