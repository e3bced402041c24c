import type { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { Fragment } from '../../core/edit/fragment';
import { type Recipe, type RecipeAnswer, type RecipeContext, RecipeRefusal } from '../../core/edit/typescript/recipe';
import { SourceCache } from '../../session/typescript/program';
import { runRecipe } from '../../session/typescript/recipe-run';
import { workspace } from './workspace';

/** A workspace whose recipes run in this process: what they see and answer is the same as in the child. */
async function run(
  files: Readonly<Record<string, string>>,
  work: (context: RecipeContext) => void | Promise<void>,
  { requested = Object.keys(files).filter((file) => /\.[cm]?[jt]sx?$/.test(file)), step = async () => {} } = {},
): Promise<RecipeAnswer> {
  const { root } = await workspace(files);
  const style = {
    indent: '  ',
    quote: "'",
    lineLength: 80,
    semicolons: true,
    trailingCommas: 'all',
    lineEnding: '\n',
  } as const;
  const recipe: Recipe = { id: 'probe', run: async (context) => work(context) };
  const request = {
    recipe: 'probe',
    args: { n: 1 },
    files: requested.map((file) => ({ file, text: files[file]!, style })),
  };
  return runRecipe({ request, root, cache: new SourceCache(), step }, [recipe]);
}

/** How `from` would import `to`. */
async function specifier(files: Readonly<Record<string, string>>, from: string, to: string): Promise<string> {
  let found = '';
  const answer = await run(files, (context) => {
    found = context.specifier(from, to);
  });
  return answer.kind === 'refused' ? `refused ${answer.code}` : found;
}

const BUNDLER = '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }';
const NODE = '{ "compilerOptions": { "module": "nodenext", "strict": true } }';
const ALIAS =
  '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "paths": { "@/*": ["./src/*"] } } }';

test('a recipe sees types as the nearest tsconfig has them, of texts that are not on disk yet', async () => {
  const answer = await run(
    {
      'tsconfig.json': BUNDLER,
      'src/a.ts': "import { size } from './b';\nexport const n = size;\n",
      'src/b.ts': 'export const size = 1 as const;\n',
    },
    (context) => {
      const { node, checker, text } = context.source('src/a.ts');
      const { valueDeclaration } = checker.getSymbolAtLocation(node)!.exports!.get('n' as ts.__String)!;
      expect(checker.typeToString(checker.getTypeAtLocation(valueDeclaration!))).toBe('1');
      const at = valueDeclaration!.getStart(node);
      expect(text.slice(at, at + 1)).toBe('n');
      const { n } = context.args as { n: number };
      context.edits.replace('src/a.ts', at, at + 1, 'total');
      context.edits.note('renamed', { n }, { file: 'src/a.ts', start: at, end: at + 1 });
    },
  );
  expect(answer).toEqual({
    kind: 'edits',
    edits: [{ file: 'src/a.ts', start: 41, end: 42, code: ['total'] }],
    rewritten: [],
    creations: [],
    imports: [],
    notes: [{ messageId: 'renamed', args: { n: 1 }, at: { file: 'src/a.ts', start: 41, end: 42 }, isDoubt: false }],
  });
});

test('moved code remembers where it stood', async () => {
  const answer = await run({ 'a.ts': 'export const one = 1;\n' }, (context) => {
    const { text } = context.source('a.ts');
    const moved = Fragment.copy({ file: 'a.ts', source: { text } }, 0, 21);
    context.edits.createFile('b.ts', Fragment.of('// moved\n', moved), 'a.ts');
  });
  const code = ['// moved\n', { text: 'export const one = 1;', file: 'a.ts', start: 0 }];
  expect(answer).toMatchObject({ creations: [{ file: 'b.ts', near: 'a.ts', code }] });
});

test('a refusal keeps its code and its place', async () => {
  const at = { file: 'a.ts', start: 4, end: 5 };
  const answer = await run({ 'a.ts': 'let x = 1;\n' }, () => {
    throw new RecipeRefusal('too-wild', { line: 1 }, at);
  });
  expect(answer).toEqual({ kind: 'refused', code: 'too-wild', args: { line: 1 }, at });
});

test('only files that were asked for are code to change', async () => {
  const files = { 'a.ts': "import './b';\n", 'b.ts': 'export {};\n' };
  const answer = await run(files, (context) => void context.source('b.ts'), { requested: ['a.ts'] });
  expect(answer).toMatchObject({ kind: 'refused', code: 'unreadable', args: { file: 'b.ts' } });
});

test('a broken tsconfig is a reason, no crash', async () => {
  const files = { 'tsconfig.json': '{ "compilerOptions": 3, ', 'a.ts': 'export {};\n' };
  const answer = await run(files, (context) => void context.source('a.ts'));
  expect(answer).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('tsconfig.json') });
});

test('a recipe that nobody waits for ends between two pieces of work', async () => {
  let steps = 0;
  const step = async () => {
    if (++steps === 3) throw new Error('enough');
  };
  const work = async (context: RecipeContext) => {
    for (;;) await context.step();
  };
  await expect(run({ 'a.ts': 'export {};\n' }, work, { step })).rejects.toThrow('enough');
});

const ESM = '{ "type": "module" }';
const WITH_C = { 'src/c.ts': 'export const c = 1;\n' };

test.each<[string, Record<string, string>, string, string, string]>([
  ['a sibling', { 'tsconfig.json': BUNDLER, 'src/a.ts': '', 'src/b.ts': '' }, 'src/a.ts', 'src/b.ts', './b'],
  ['a file to come', { 'tsconfig.json': BUNDLER, 'src/a.ts': '' }, 'src/a.ts', 'src/x/b.ts', './x/b'],
  ['a folder above', { 'tsconfig.json': BUNDLER, 'src/x/a.ts': '' }, 'src/x/a.ts', 'src/b.ts', '../b'],
  [
    'a module of Node',
    { 'tsconfig.json': NODE, 'package.json': ESM, 'src/a.ts': '' },
    'src/a.ts',
    'src/b.ts',
    './b.js',
  ],
  ['an .mts file', { 'tsconfig.json': NODE, 'src/a.mts': '' }, 'src/a.mts', 'src/b.mts', './b.mjs'],
  [
    'endings as the file writes them, where either leads there',
    { 'tsconfig.json': BUNDLER, 'src/a.ts': "import './c.js';\n", ...WITH_C },
    'src/a.ts',
    'src/b.ts',
    './b.js',
  ],
  [
    'an alias where the file uses it',
    { 'tsconfig.json': ALIAS, 'src/x/a.ts': "import { c } from '@/c';\n", ...WITH_C },
    'src/x/a.ts',
    'src/lib/b.ts',
    '@/lib/b',
  ],
  [
    'a relative path beside an alias that nobody uses',
    { 'tsconfig.json': ALIAS, 'src/x/a.ts': "import { c } from '../c';\n", ...WITH_C },
    'src/x/a.ts',
    'src/lib/b.ts',
    '../lib/b',
  ],
  ['plain JavaScript', { 'src/a.js': "const c = require('./c');\n", 'src/c.js': '' }, 'src/a.js', 'src/b.js', './b'],
])('the specifier of %s', async (_, files, from, to, expected) => {
  expect(await specifier(files, from, to)).toBe(expected);
});

test('a specifier leads to a file of the workspace, and to nothing of a package', async () => {
  const files = {
    'tsconfig.json': ALIAS,
    'src/a.ts': "import { c } from '@/c';\nimport p from 'pack';\n",
    'node_modules/pack/index.d.ts': 'export default 1;\n',
    ...WITH_C,
  };
  const leadsTo = (context: RecipeContext) => {
    expect(context.resolve('src/a.ts', '@/c')).toBe('src/c.ts');
    expect(context.resolve('src/a.ts', 'pack')).toBeUndefined();
    expect(context.resolve('src/a.ts', './nothing')).toBeUndefined();
  };
  const answer = await run(files, leadsTo, { requested: ['src/a.ts', 'src/c.ts'] });
  expect(answer.kind).toBe('edits');
});
