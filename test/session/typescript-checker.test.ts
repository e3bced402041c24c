import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TypeScriptCheck, TypeScriptVerdict } from '../../core/verify/typescript';
import { TypeScriptService, type TypeScriptServiceOptions } from '../../session/typescript/service';

/** All with the real process, as an installed Seamline has it. Each test has a folder of its own in one workspace. */
let root: string;
let service: TypeScriptService;
const services: TypeScriptService[] = [];

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'seamline-typescript-')));
  service = start();
});

afterAll(async () => {
  for (const one of services) one.close();
  await rm(root, { recursive: true, force: true });
});

function start(options: Partial<TypeScriptServiceOptions> = {}): TypeScriptService {
  const one = new TypeScriptService({ root, script: join(inject('cliFolder'), 'typescript-child.js'), ...options });
  services.push(one);
  return one;
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
}

type Checked = Extract<TypeScriptVerdict, { kind: 'checked' }>;

function checked(verdict: TypeScriptVerdict): Checked {
  if (verdict.kind !== 'checked') throw new Error(`unavailable: ${verdict.reason}`);
  return verdict;
}

async function check(files: TypeScriptCheck['files'], importers: readonly string[] = []): Promise<Checked> {
  return checked(await service.check({ files, importers }));
}

/** `file TScode` of what a change brings. */
const codes = (verdict: Checked): string[] => verdict.added.map(({ file, code }) => `${file} TS${code}`);

const STRICT = '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }';

/** A second file that is imported and a change that breaks or keeps the use of it: the measure of whether imports are followed. */
async function followsImports(
  folder: string,
  {
    from,
    specifier,
    use = `import { size } from '${specifier}';\n`,
  }: { from: string; specifier: string; use?: string },
): Promise<void> {
  const file = `${folder}/${from}`;
  const before = `${use}export const doubled = size * 2;\n`;
  await write({ [file]: before });
  const fine = await check([{ file, before, after: `${use}export const doubled = 2 * size;\n` }]);
  expect([codes(fine), fine.unresolved]).toEqual([[], []]);
  const wrong = await check([{ file, before, after: `${use}export const doubled = size.length;\n` }]);
  expect([codes(wrong), wrong.unresolved]).toEqual([[`${file} TS2339`], []]);
}

describe('statements that came into a file', () => {
  const LIB = `export declare function note(text: string): void;
export declare function fail(text: string): never;
export declare function check(value: unknown): asserts value is string;
`;
  const FILE = `import { check, fail, note } from './lib';

export function read(value: string | number, list?: string[]) {
  try {
    note(String(value));
  } catch {
    return list;
  }
  const found = typeof value === 'number' ? value.toFixed() : value;
  value = 1;
  return found + value.toFixed();
}

export const uses = [check, fail];
export const broken: string = 1;
`;
  const into = (statement: string) => FILE.replace('  value = 1;', `  value = 1;\n  ${statement}`);

  test.each([
    ['a call that fits', into('note(found);'), []],
    ['a call that does not fit', into('note(value);'), ['came/a.ts TS2345']],
    ['a name that nobody knows', into('notes(found);'), ['came/a.ts TS2552']],
    ['a call that never returns', into("fail('x');"), ['came/a.ts TS2339']],
    ['a call that asserts', into('check(value);'), ['came/a.ts TS2339']],
    ['a comment', into('// note(1)'), []],
  ])('%s', async (_, after, expected) => {
    await write({ 'came/tsconfig.json': STRICT, 'came/lib.ts': LIB, 'came/a.ts': FILE });
    expect(codes(await check([{ file: 'came/a.ts', before: FILE, after }]))).toEqual(expected);
  });

  test('a file that comes into the program may declare more', async () => {
    const before = "import { note } from './lib';\n\nexport const size = (one: Sized) => {\n  note(one.name);\n};\n";
    const more = 'declare global {\n  interface Sized {\n    name: number;\n  }\n}\nexport const log = console.log;\n';
    await write({
      'more/tsconfig.json':
        '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" }, "files": [] }',
      'more/lib.ts': LIB,
      'more/global.d.ts': 'interface Sized {\n  size: number;\n}\n',
      'more/logger.ts': more,
      'more/a.ts': before,
    });
    const after = `import { log } from './logger';\n${before.replace('  note', "  log('x');\n  note")}`;
    const verdict = await check([{ file: 'more/a.ts', before, after }]);
    expect(codes(verdict)).toEqual(['more/a.ts TS2345']);
  });
});

describe('the comparison', () => {
  test('a type error is new, with its place in the text after the change', async () => {
    await write({ 'plain/tsconfig.json': STRICT, 'plain/a.ts': 'export const a = 1;\n' });
    const after = '\nexport const a = 1;\n  a.trim();\n';
    const verdict = await check([{ file: 'plain/a.ts', before: 'export const a = 1;\n', after }]);
    expect(verdict).toEqual({
      kind: 'checked',
      added: [
        {
          file: 'plain/a.ts',
          code: 2339,
          message: "Property 'trim' does not exist on type '1'.",
          at: { line: 2, column: 4 },
        },
      ],
      unresolved: [],
      project: 'plain/tsconfig.json',
    });
  });

  test('a global of Node proves nothing where the types of Node are not installed', async () => {
    const options = '{ "compilerOptions": { "strict": true, "lib": ["es2022"] } }';
    await write({ 'globals/tsconfig.json': options, 'globals/a.ts': 'export const a = 1;\n' });
    const change = (after: string) => [{ file: 'globals/a.ts', before: 'export const a = 1;\n', after }];
    const verdict = await check(change('export const a = 1;\nconsole.log(process.pid);\n'));
    expect([codes(verdict), verdict.unresolved]).toEqual([[], ['@types/node']]);
    expect(codes(await check(change('export const a = 1;\nconsol.log(a);\n')))).toEqual(['globals/a.ts TS2304']);
    await write({ 'globals/node_modules/@types/node/index.d.ts': 'declare const process: { pid: number };\n' });
    const installed = await check(change('export const a = 1;\nconsole.log(process.pid);\n'));
    expect([codes(installed), installed.unresolved]).toEqual([['globals/a.ts TS2584'], []]);
  });

  test('a syntax error is new', async () => {
    await write({ 'syntax/tsconfig.json': STRICT, 'syntax/a.ts': 'export const a = 1;\n' });
    const files = [{ file: 'syntax/a.ts', before: 'export const a = 1;\n', after: 'export const a = ;\n' }];
    expect(codes(await check(files))).toEqual(['syntax/a.ts TS1109']);
  });

  test('an error that was there before and moved to another line is not new, a second one like it is', async () => {
    const before = 'export const a: number = "x";\n';
    await write({ 'moved/tsconfig.json': STRICT, 'moved/a.ts': before });
    expect(codes(await check([{ file: 'moved/a.ts', before, after: `\n\n${before}` }]))).toEqual([]);
    const twice = `${before}export const b: number = "y";\n`;
    expect(codes(await check([{ file: 'moved/a.ts', before, after: twice }]))).toEqual(['moved/a.ts TS2322']);
  });

  test('an error that moved into a new file with its code is not new, one that stayed and came is', async () => {
    const wrong = 'export const a: number = "x";\n';
    const before = `${wrong}export const b = 1;\n`;
    await write({ 'into/tsconfig.json': STRICT, 'into/a.ts': before });
    const creation = { file: 'into/new.ts', after: wrong };
    const moved = await check([
      { file: 'into/a.ts', before, after: "export { a } from './new';\nexport const b = 1;\n" },
      creation,
    ]);
    expect(codes(moved)).toEqual([]);
    expect(codes(await check([{ file: 'into/a.ts', before, after: before }, creation]))).toEqual([
      'into/new.ts TS2322',
    ]);
  });

  test('an importing file gets an error by the change', async () => {
    const before = 'export const a = 1;\nexport const b = 2;\n';
    await write({
      'importer/tsconfig.json': STRICT,
      'importer/a.ts': before,
      'importer/user.ts': "import { b } from './a';\nexport const c = b + 1;\n",
      'importer/wrong.ts': "import { a } from './a';\nexport const d: string = a;\n",
    });
    const importers = ['importer/user.ts', 'importer/wrong.ts', 'importer/gone.ts'];
    const gone = await check([{ file: 'importer/a.ts', before, after: 'export const a = 1;\n' }], importers);
    expect(codes(gone)).toEqual(['importer/user.ts TS2305']);
    const inside = await check([{ file: 'importer/a.ts', before, after: `${before}const c = 3;\n` }], importers);
    expect(codes(inside)).toEqual([]);
  });

  describe('importing files that see only what has come are looked at where it may concern them', () => {
    async function looked(name: string, before: string, after: string, importer: string): Promise<string[]> {
      await write({ [`${name}/tsconfig.json`]: STRICT, [`${name}/a.ts`]: before, [`${name}/b.ts`]: importer });
      return codes(await check([{ file: `${name}/a.ts`, before, after }], [`${name}/b.ts`]));
    }

    const before = 'export class A {\n  private readonly key = 1;\n  size = () => this.key;\n}\n';
    const adapter = 'class Files {\n  read = (): string => "";\n}\n\n';
    const field = '  private readonly files = new Files();\n';
    const after = adapter + before.replace('{\n', `{\n${field}`);
    const derived = "import { A } from './a';\nexport class B extends A {\n  files = 1;\n}\n";

    test('a class that derives from one with a new private field', async () => {
      expect(await looked('derived', before, after, derived)).toEqual(['derived/b.ts TS2416']);
    });

    test('an object in place of one of a class that has its first private field', async () => {
      const open = before.replace('private readonly', 'readonly').replace('this.key', '1').replace('key', 'size2');
      const first = adapter + open.replace('{\n', `{\n${field}`);
      const given = "import { A } from './a';\nexport const a: A = { size2: 1, size: () => 1 };\n";
      expect(await looked('first', open, first, given)).toEqual(['first/b.ts TS2741']);
    });

    test('nothing else: the project of an importing file is not opened', async () => {
      const user = "import { A } from '../a';\nexport const a = new A().size();\n";
      const files = [{ file: 'near/a.ts', before, after }];
      await write({ 'near/tsconfig.json': STRICT, 'near/a.ts': before });
      await write({
        'near/app/tsconfig.json': STRICT,
        'near/app/b.ts': user,
        'near/app/c.ts': `${user}import * as all from '../a';\nall.A;\n`,
      });
      expect(await check(files, ['near/app/b.ts'])).toMatchObject({ added: [], project: 'near/tsconfig.json' });
      const both = 'near/app/tsconfig.json, near/tsconfig.json';
      expect(await check(files, ['near/app/c.ts'])).toMatchObject({ added: [], project: both });
    });

    test('two modules that are exported as wholes and have a name in common', async () => {
      const both = "export * from './a';\nexport * from './c';\n";
      await write({ 'whole/c.ts': 'export class Files {}\n' });
      expect(await looked('whole', before, `export ${after}`, both)).toEqual(['whole/b.ts TS2308']);
    });

    test('a type of the language that a new declaration takes the name of', async () => {
      const dated = 'export const when = (): Date => new Date();\n';
      const shadowed = `interface Date {\n  day: number;\n}\n${dated.replace('new Date()', '({ day: 1 })')}`;
      const user = "import { when } from './a';\nexport const time = when().getTime();\n";
      expect(await looked('shadow', dated, shadowed, user)).toEqual(['shadow/b.ts TS2339']);
    });
  });

  test('internal members are part of what importing files see', async () => {
    const before = 'export class A {\n  /** @internal */\n  size = 1;\n}\n';
    await write({
      'internal/tsconfig.json': '{ "compilerOptions": { "strict": true, "stripInternal": true } }',
      'internal/a.ts': before,
      'internal/b.ts': "import { A } from './a';\nexport const n: number = new A().size;\n",
    });
    const files = [{ file: 'internal/a.ts', before, after: before.replace('1', '"one"') }];
    expect(codes(await check(files, ['internal/b.ts']))).toEqual(['internal/b.ts TS2322']);
  });

  test('importing files are looked at also where declarations cannot tell what they see', async () => {
    const before = 'export const make = () => class {\n  private a = 1;\n  size = 1;\n};\n';
    await write({
      'nameless/tsconfig.json': STRICT,
      'nameless/a.ts': before,
      'nameless/b.ts': "import { make } from './a';\nexport const n: number = new (make())().size;\n",
    });
    const files = [{ file: 'nameless/a.ts', before, after: before.replace('size = 1', 'size = "1"') }];
    expect(codes(await check(files, ['nameless/b.ts']))).toEqual(['nameless/b.ts TS2322']);
  });

  test('a new file is seen by the changed one, and not before the change', async () => {
    const before = 'export const total = (a: number) => a;\n';
    await write({
      'creation/tsconfig.json': STRICT,
      'creation/a.ts': before,
      'creation/early.ts': "import { half } from './deep/half';\nexport const h: string = half(1);\n",
    });
    const after = `import { half } from './deep/half';\n${before}half('x');\n`;
    const verdict = await check(
      [
        { file: 'creation/a.ts', before, after },
        { file: 'creation/deep/half.ts', after: 'export const half = (n: number) => n / 2;\n' },
      ],
      ['creation/early.ts'],
    );
    expect(codes(verdict).sort()).toEqual(['creation/a.ts TS2345', 'creation/early.ts TS2322']);
    expect(verdict.unresolved).toEqual([]);
  });

  test('a new file alone', async () => {
    const verdict = await check([{ file: 'alone/a.ts', after: 'export const a: string = 1;\n' }]);
    expect(verdict).toMatchObject({ added: [{ file: 'alone/a.ts', code: 2322 }], unresolved: [] });
  });

  test('what is on disk may change between two checks', async () => {
    const before = "import { size } from './size';\nexport const doubled = size;\n";
    await write({ 'disk/tsconfig.json': STRICT, 'disk/a.ts': before });
    const files = [{ file: 'disk/a.ts', before, after: `${before}size.trim();\n` }];
    expect((await check(files)).unresolved).toEqual(['./size']);
    await write({ 'disk/size.ts': 'export const size = "one";\n' });
    expect(await check(files)).toMatchObject({ added: [], unresolved: [] });
    await write({ 'disk/size.ts': 'export const size = 1;\n' });
    expect(codes(await check(files))).toEqual(['disk/a.ts TS2339']);
    await rm(join(root, 'disk/size.ts'));
    expect((await check(files)).unresolved).toEqual(['./size']);
  });

  test('paths in messages are relative to the root', async () => {
    const before = "import type { Same } from './one';\nexport declare const one: Same;\n";
    await write({
      'same/tsconfig.json': STRICT,
      'same/one.ts': 'export interface Same { a: string }\n',
      'same/two.ts': 'export interface Same { b: string }\n',
      'same/a.ts': before,
    });
    const after = `${before}export const two: import('./two').Same = one;\n`;
    const { added } = await check([{ file: 'same/a.ts', before, after }]);
    expect(added[0]?.message).toContain('import("same/one").Same');
    expect(added[0]?.message).not.toContain(root);
  });
});

describe('the project of a file', () => {
  test('ES modules with endings', async () => {
    await write({
      'esm/package.json': '{ "type": "module" }',
      'esm/tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext" } }',
      'esm/size.ts': 'export const size = 1;\n',
    });
    await followsImports('esm', { from: 'a.ts', specifier: './size.js' });
    const before = 'export {};\n';
    const files = [{ file: 'esm/b.ts', before, after: "import { size } from './size';\nexport const s = size;\n" }];
    await write({ 'esm/b.ts': before });
    expect(codes(await check(files))).toEqual(['esm/b.ts TS2835']);
  });

  test('CommonJS', async () => {
    await write({
      'cjs/tsconfig.json':
        '{ "compilerOptions": { "strict": true, "module": "commonjs", "moduleResolution": "node" } }',
      'cjs/size.ts': 'export = { size: 1 };\n',
    });
    await followsImports('cjs', {
      from: 'a.ts',
      specifier: './size',
      use: "import sizes = require('./size');\nconst { size } = sizes;\n",
    });
  });

  test('path aliases, of an extended configuration', async () => {
    await write({
      'alias/base.json': '{ "compilerOptions": { "strict": true, "paths": { "~/*": ["./src/lib/*"] } } }',
      'alias/tsconfig.json': '{ "extends": "./base.json", "include": ["src"] }',
      'alias/src/lib/size.ts': 'export const size = 1;\n',
    });
    await followsImports('alias', { from: 'src/a.ts', specifier: '~/size' });
  });

  test('a solution: the referenced project that includes the file, and its neighbours without a build', async () => {
    await write({
      'solution/tsconfig.json': '{ "files": [], "references": [{ "path": "app" }, { "path": "lib" }] }',
      'solution/app/tsconfig.build.json': '{}',
      'solution/app/tsconfig.json':
        '{ "compilerOptions": { "strict": true, "composite": true }, "include": ["../shared"], "references": [{ "path": "../lib" }] }',
      'solution/lib/tsconfig.json':
        '{ "compilerOptions": { "strict": true, "composite": true, "outDir": "dist", "rootDir": "src" } }',
      'solution/lib/package.json': '{ "name": "lib", "types": "dist/size.d.ts" }',
      'solution/lib/src/size.ts': 'export const size = 1;\n',
      'solution/node_modules/.keep': '',
    });
    await symlink(join(root, 'solution/lib'), join(root, 'solution/node_modules/lib'));
    await followsImports('solution', { from: 'shared/a.ts', specifier: 'lib' });
    const before = 'export const a = 1;\n';
    const verdict = await check([{ file: 'solution/shared/a.ts', before, after: before }]);
    expect(verdict.project).toBe('solution/app/tsconfig.json');
  });

  test('JSX', async () => {
    await write({
      'jsx/tsconfig.json': '{ "compilerOptions": { "strict": true, "jsx": "preserve" } }',
      'jsx/jsx.d.ts': 'declare namespace JSX { interface IntrinsicElements { p: { id?: string } } }\n',
    });
    const before = 'export const a = <p id="x" />;\n';
    await write({ 'jsx/a.tsx': before });
    const files = (after: string) => [{ file: 'jsx/a.tsx', before, after }];
    expect(codes(await check(files('export const b = <p id="y"></p>;\n')))).toEqual([]);
    expect(codes(await check(files('export const a = <p id={1} />;\n')))).toEqual(['jsx/a.tsx TS2322']);
  });

  test('the libraries that it names, and no others', async () => {
    const before = 'export const a = 1;\n';
    await write({
      'lib/dom/tsconfig.json': '{ "compilerOptions": { "lib": ["es2015", "dom"] } }',
      'lib/old/tsconfig.json': '{ "compilerOptions": { "lib": ["es5"] } }',
      'lib/none/tsconfig.json': '{ "compilerOptions": { "lib": ["es1066"] } }',
      'lib/default/tsconfig.json': '{}',
    });
    const after = 'export const a = new Map([["a", document.title.trim()]]);\n';
    const verdicts = ['dom', 'old', 'default'].map((name) => check([{ file: `lib/${name}/a.ts`, before, after }]));
    const [dom, old, byDefault] = await Promise.all(verdicts);
    expect([codes(dom!), codes(byDefault!)]).toEqual([[], []]);
    expect(codes(old!)).toEqual(['lib/old/a.ts TS2583', 'lib/old/a.ts TS2584']);
    const none = await service.check({ files: [{ file: 'lib/none/a.ts', before, after }], importers: [] });
    expect(none).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('library') });
  });

  test('globals that no file imports are known', async () => {
    const before = 'export const a = 1;\n';
    await write({
      'globals/tsconfig.json': STRICT,
      'globals/setup.ts': 'import { run } from "runner";\nrun();\n',
      'globals/node_modules/runner/index.d.ts':
        'export const run: () => void;\ndeclare global {\n  const fromPackage: number;\n}\n',
      'globals/script.ts': 'const fromScript = 1;\n',
      'globals/augment.ts': 'export {};\ndeclare global {\n  var fromModule: number;\n}\n',
      'globals/types.d.ts':
        'declare const fromTypes: number;\ndeclare module "virtual:*" { export const v: number; }\n',
      'globals/a.ts': before,
    });
    const after =
      'import { v } from "virtual:x";\nexport const a = fromScript + fromModule + fromTypes + fromPackage + v;\n';
    const verdict = await check([{ file: 'globals/a.ts', before, after }]);
    expect(verdict).toMatchObject({ added: [], unresolved: [] });
  });

  test('JavaScript under a tsconfig that does not speak of it: its grammar, and what is wrong in any JavaScript', async () => {
    const before = 'const { size } = require("./size");\nmodule.exports = { doubled: size * 2 };\n';
    await write({ 'js/tsconfig.json': STRICT, 'js/size.js': 'exports.size = 1;\n', 'js/a.js': before });
    const files = (after: string) => [{ file: 'js/a.js', before, after }];
    expect(await check(files(`${before}size.trim();\n`))).toMatchObject({ added: [], unresolved: [] });
    expect(codes(await check(files(`${before}let a;\nlet a;\n`)))).toEqual(['js/a.js TS2451', 'js/a.js TS2451']);
    expect(codes(await check(files('const a = ;\n')))).toEqual(['js/a.js TS1109']);
    expect(codes(await check(files('const a: number = 1;\n')))).toEqual(['js/a.js TS8010']);
  });

  test('allowJs and checkJs: a jsconfig', async () => {
    await write({
      'checked/jsconfig.json': '{ "compilerOptions": { "checkJs": true, "module": "commonjs" } }',
      'checked/size.js': 'exports.size = 1;\n',
    });
    await followsImports('checked', {
      from: 'a.js',
      specifier: './size',
      use: 'const { size } = require("./size");\n',
    });
  });

  test('checkJs and strict: a declaration without a type is news only where the file had none such', async () => {
    await write({
      'loose/tsconfig.json': '{ "compilerOptions": { "checkJs": true, "strict": true, "module": "esnext" } }',
    });
    const typed = '/** @param {number} a */\nexport const one = (a) => a + 1;\n';
    const loose = 'export const two = (b) => b + 1;\n';
    const more = 'export class Sum {\n  constructor(start) {\n    this.start = start;\n  }\n}\n';
    const into = async (before: string, after: string) =>
      codes(await check([{ file: 'loose/a.js', before, after: before + after }]));
    expect(await into(typed + loose, more)).toEqual([]);
    expect(await into(typed + loose, 'export const three = one("x");\n')).toEqual(['loose/a.js TS2345']);
    expect(await into(typed, more)).toEqual(['loose/a.js TS7006']);
  });

  test('what no declaration file could say is an error where the project makes them', async () => {
    const options = (more: string): string =>
      `{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler"${more} } }`;
    await write({
      'declared/tsconfig.json': options(', "declaration": true, "isolatedDeclarations": true'),
      'composed/tsconfig.json': options(', "composite": true, "isolatedDeclarations": true'),
      'undeclared/tsconfig.json': options(''),
    });
    const before = 'export class Store {\n  constructor(readonly folder: string) {}\n}\n';
    const after = (files: string): string =>
      `export class Files {}\n${before.replace('string)', `string, readonly ${files} = new Files())`)}`;
    const into = async (folder: string, files: string) =>
      codes(await check([{ file: `${folder}/a.ts`, before, after: after(files) }]));
    expect(await into('declared', 'files')).toEqual(['declared/a.ts TS9011']);
    expect(await into('composed', 'files')).toEqual(['composed/a.ts TS9011']);
    expect(await into('declared', 'files: Files')).toEqual([]);
    expect(await into('undeclared', 'files')).toEqual([]);
  });

  test('no configuration at all', async () => {
    await write({ 'none/size.ts': 'export const size = 1;\n' });
    await followsImports('none', { from: 'a.ts', specifier: './size' });
    await followsImports('none', { from: 'b.mts', specifier: './size.ts' });
    const before = 'export const a = 1;\n';
    await write({ 'none/c.tsx': before });
    const after = `import sizes = require('./size');\nexport const a = (x) => sizes.size + x;\n`;
    const verdict = await check([{ file: 'none/c.tsx', before, after }]);
    expect([codes(verdict), verdict.project]).toEqual([[], undefined]);
  });

  test('two projects in one change', async () => {
    const before = 'export const a = (x?: string) => x;\n';
    await write({
      'two/strict/tsconfig.json': STRICT,
      'two/strict/a.ts': before,
      'two/loose/tsconfig.json': '{ "compilerOptions": { "strict": false } }',
      'two/loose/a.ts': before,
    });
    const after = 'export const a = (x?: string) => x.trim();\n';
    const files = ['strict', 'loose'].map((name) => ({ file: `two/${name}/a.ts`, before, after }));
    const verdict = await check(files);
    expect(codes(verdict)).toEqual(['two/strict/a.ts TS18048']);
    expect(verdict.project).toBe('two/loose/tsconfig.json, two/strict/tsconfig.json');
  });

  test('a broken configuration is named, with what is wrong', async () => {
    const before = 'export const a = 1;\n';
    await write({
      'broken/tsconfig.json': '{ "compilerOptions": { "strict": tru } }',
      'broken/a.ts': before,
      'cut/tsconfig.json': '{ "compilerOptions": {',
      'cut/a.ts': before,
      'circle/tsconfig.json': '{ "extends": "./other.json" }',
      'circle/other.json': '{ "extends": "./tsconfig.json" }',
      'circle/a.ts': before,
    });
    const verdicts = ['broken', 'cut', 'circle'].map((name) =>
      service.check({ files: [{ file: `${name}/a.ts`, before, after: before }], importers: [] }),
    );
    const [broken, cut, circle] = await Promise.all(verdicts);
    expect(broken).toMatchObject({ kind: 'unavailable', reason: expect.stringMatching(/^broken\/tsconfig\.json: /) });
    expect(cut).toEqual({ kind: 'unavailable', reason: "cut/tsconfig.json: '}' expected." });
    expect(circle).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('Circular') });
  });
});

describe('without node_modules', () => {
  test('imports, extended configurations and global types that are missing are named, and are no new errors', async () => {
    const before = "import { z } from 'zod';\nimport './style.css';\nexport const a = z.string();\n";
    await write({
      'missing/tsconfig.json': '{ "extends": "@our/config/base.json", "compilerOptions": { "types": ["node"] } }',
      'missing/a.ts': before,
      'missing/b.ts': "import { a } from './a';\nimport { x } from '@our/x/y';\nexport const c = [a, x];\n",
    });
    const verdict = await check(
      [
        { file: 'missing/a.ts', before, after: "export { a } from './new';\n" },
        { file: 'missing/new.ts', after: "import { z } from 'zod';\nexport const a = z.string();\n" },
      ],
      ['missing/b.ts'],
    );
    expect(codes(verdict)).toEqual([]);
    expect(verdict.unresolved).toEqual(['@our/config/base.json', '@our/x/y', 'node', 'zod']);
  });

  test('a package that nobody missed before is a new error', async () => {
    const before = 'export const a = 1;\n';
    await write({ 'unknown/tsconfig.json': STRICT, 'unknown/a.ts': before });
    const after = "import { z } from 'zod';\nexport const a = z.string();\n";
    const verdict = await check([{ file: 'unknown/a.ts', before, after }]);
    expect([codes(verdict), verdict.unresolved]).toEqual([['unknown/a.ts TS2307'], ['zod']]);
  });

  test('global types are found where they are installed, as the TypeScript of the project finds them', async () => {
    const before = 'export const a = 1;\n';
    const after = 'export const a = globalOfTool;\n';
    await write({
      'types/tsconfig.json': '{}',
      'types/node_modules/@types/tool/index.d.ts': 'declare const globalOfTool: number;\n',
      'types/a.ts': before,
    });
    const files = [{ file: 'types/a.ts', before, after }];
    expect(codes(await check(files))).toEqual([]);
    await write({ 'types/package.json': '{ "devDependencies": { "typescript": "^6.0.0" } }' });
    expect(codes(await check(files))).toEqual(['types/a.ts TS2304']);
  });
});

test('nothing of the workspace runs, and nothing is written', async () => {
  const evil = 'require("node:fs").writeFileSync(__dirname + "/ran", "");\nmodule.exports = () => ({});\n';
  const before = 'export const a = 1;\n';
  await write({
    'trust/tsconfig.json': JSON.stringify({
      compilerOptions: {
        composite: true,
        incremental: true,
        declaration: true,
        sourceMap: true,
        outDir: 'out',
        tsBuildInfoFile: 'info.json',
        plugins: [{ name: './evil.js' }, { name: 'evil', transform: 'evil' }],
      },
    }),
    'trust/evil.js': evil,
    'trust/node_modules/evil/index.js': evil,
    'trust/node_modules/evil/package.json': '{ "name": "evil", "main": "index.js" }',
    'trust/a.ts': before,
  });
  const list = () => readdir(join(root, 'trust'), { recursive: true });
  const files = await list();
  const verdict = await check([
    { file: 'trust/a.ts', before, after: 'import "evil";\nexport const a: string = 1;\n' },
    { file: 'trust/b.ts', after: before },
  ]);
  expect(codes(verdict)).toEqual(['trust/a.ts TS2322']);
  expect(await list()).toEqual(files);
});

describe('the process', () => {
  const before = 'export const a = 1;\n';
  const simple: TypeScriptCheck = { files: [{ file: 'life/a.ts', before, after: 'a.b;\n' }], importers: [] };
  const expected = { kind: 'checked', added: [{ file: 'life/a.ts', code: 2304 }] };
  const cancelled = { kind: 'unavailable', reason: 'cancelled' };

  beforeAll(() => write({ 'life/a.ts': before }));
  afterEach(() => {
    for (const one of services.splice(0)) if (one !== service) one.close();
    services.push(service);
  });

  test('one process answers all, in turn', async () => {
    const one = start();
    const verdicts = [one.check(simple), one.check(simple), one.check(simple)];
    const { pid } = one;
    expect(pid).toBeDefined();
    for (const verdict of await Promise.all(verdicts)) expect(verdict).toMatchObject(expected);
    expect(one.pid).toBe(pid);
  });

  test('a signal cancels before, in the queue and under way; the process stays', async () => {
    const one = start();
    expect(await one.check(simple, AbortSignal.abort())).toEqual(cancelled);
    expect(one.pid).toBeUndefined();
    await one.check(simple);
    const { pid } = one;
    const running = new AbortController();
    const queued = new AbortController();
    const verdicts = [one.check(simple, running.signal), one.check(simple, queued.signal), one.check(simple)];
    queued.abort();
    running.abort();
    expect(await Promise.all(verdicts)).toMatchObject([cancelled, cancelled, expected]);
    expect(one.pid).toBe(pid);
  });

  test('one that does not react to a signal is ended, and the next check has another', async () => {
    const one = start();
    await one.check(simple);
    const pid = one.pid!;
    process.kill(pid, 'SIGSTOP');
    const controller = new AbortController();
    const stopped = one.check(simple, controller.signal);
    const next = one.check(simple);
    controller.abort();
    expect(await stopped).toEqual(cancelled);
    expect(await next).toMatchObject(expected);
    expect(one.pid).not.toBe(pid);
  });

  test('after a crash, under way or at rest, the next check works', async () => {
    const one = start();
    const lost = one.check(simple);
    process.kill(one.pid!, 'SIGKILL');
    expect(await lost).toEqual({ kind: 'unavailable', reason: 'the TypeScript process ended unexpectedly (SIGKILL)' });
    expect(await one.check(simple)).toMatchObject(expected);
    const pid = one.pid!;
    process.kill(pid, 'SIGABRT');
    await expect.poll(() => one.pid).toBeUndefined();
    expect(await one.check(simple)).toMatchObject(expected);
    expect(one.pid).not.toBe(pid);
  });

  test('memory that runs out is named', async () => {
    const one = start();
    const lost = one.check(simple);
    process.kill(one.pid!, 'SIGABRT');
    expect(await lost).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('out of memory') });
  });

  test('a check that takes too long is given up, in words', async () => {
    const one = start({ timeoutMs: 100 });
    expect(await one.check(simple)).toEqual({
      kind: 'unavailable',
      reason: 'TypeScript took longer than 0.1 seconds',
    });
    expect(one.pid).toBeUndefined();
  });

  test('without work it ends, and comes back', async () => {
    const one = start({ idleMs: 200 });
    await one.check(simple);
    expect(one.pid).toBeDefined();
    await expect.poll(() => one.pid).toBeUndefined();
    expect(await one.check(simple)).toMatchObject(expected);
  });

  test('without the bundle, and after the end, checks are unavailable', async () => {
    const none = start({ script: join(root, 'no-such-script.js') });
    expect(await none.check(simple)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('no TypeScript compiler'),
    });
    const one = start();
    const running = one.check(simple);
    one.close();
    expect(await running).toEqual(cancelled);
    expect(await one.check(simple)).toEqual(cancelled);
  });
});

test('code that is nested more deeply than the compiler can follow is refused by name, and the next check is made', async () => {
  const deep = `export const deep = ${'['.repeat(6000)}${']'.repeat(6000)};\n`;
  await write({
    'deep/tsconfig.json': STRICT,
    'deep/use.ts': "import { deep } from './deep';\nexport const use = deep;\n",
  });
  const files = [{ file: 'deep/deep.ts', before: 'export const deep = 1;\n', after: deep }];
  expect(await service.check({ files, importers: ['deep/use.ts'] })).toEqual({
    kind: 'unavailable',
    reason: 'the code of deep/deep.ts is nested too deeply for the TypeScript compiler',
  });
  const flat = [
    { file: 'deep/deep.ts', before: 'export const deep = 1;\n', after: 'export const deep: string = 1;\n' },
  ];
  expect(codes(await check(flat))).toEqual(['deep/deep.ts TS2322']);
});

test('comments need no types, so that none are missed', async () => {
  const before = "import { a } from 'nowhere';\nexport const b = a;\n";
  const changed = (after: string) => check([{ file: 'comments/a.ts', before, after }]);
  expect((await changed(before.replace('export', '// Kept.\nexport'))).unresolved).toEqual([]);
  expect((await changed(before.replace('= a', '= [a]'))).unresolved).toEqual(['nowhere']);
  // A comment that the compiler reads is none of them.
  expect((await changed(before.replace('export', '// @ts-ignore\nexport'))).unresolved).toEqual(['nowhere']);
});

describe('what is known from one check to the next', () => {
  const before = "import { size } from './lib/size';\nexport const doubled = size * 2;\n";
  const one = [{ file: 'kept/a.ts', before, after: before.replace('size * 2', '2 * size') }];

  test('ends where files, links or configurations change on disk', async () => {
    await write({ 'kept/tsconfig.json': STRICT, 'kept/a.ts': before, 'kept/lib/size.ts': 'export const size = 1;\n' });
    expect(codes(await check(one))).toEqual([]);
    await rm(join(root, 'kept/lib/size.ts'));
    expect((await check(one)).unresolved).toEqual(['./lib/size']);
    await write({ 'kept/lib/size/index.ts': 'export const size = 1;\n' });
    expect((await check(one)).unresolved).toEqual([]);
    const wrong = [{ ...one[0]!, after: before.replace('size * 2', 'size.length') }];
    expect(codes(await check(wrong))).toEqual(['kept/a.ts TS2339']);
    await write({ 'kept/lib/size/index.ts': "export const size = 'one';\n" });
    expect(codes(await check(wrong))).toEqual([]);
    const implicit = [{ ...one[0]!, after: `${before}export const id = (x) => x;\n` }];
    expect(codes(await check(implicit))).toEqual(['kept/a.ts TS7006']);
    await write({ 'kept/tsconfig.json': STRICT.replace('"strict": true', '"strict": false') });
    expect(codes(await check(implicit))).toEqual([]);
  });

  test('a file that a change brings is seen by that change alone', async () => {
    const user = 'export const a = 1;\n';
    await write({ 'brought/tsconfig.json': STRICT, 'brought/a.ts': user });
    const after = "import { b } from './b';\nexport const a = b;\n";
    const brings = [
      { file: 'brought/a.ts', before: user, after },
      { file: 'brought/b.ts', after: 'export const b = 1;\n' },
    ];
    expect((await check(brings)).unresolved).toEqual([]);
    expect((await check([brings[0]!])).unresolved).toEqual(['./b']);
    expect((await check(brings)).unresolved).toEqual([]);
  });

  test('a file that a change brings into a linked package is reached by the name of the package', async () => {
    const user = 'export const a = 1;\n';
    await write({
      'linked/tsconfig.json': STRICT,
      'linked/packages/money/package.json': '{ "name": "money" }',
      'linked/shop.ts': user,
      'linked/node_modules/.keep': '',
    });
    await symlink(join(root, 'linked/packages/money'), join(root, 'linked/node_modules/money'));
    const verdict = await check([
      {
        file: 'linked/shop.ts',
        before: user,
        after: "import { b } from 'money/src/rates';\nexport const a: string = b;\n",
      },
      { file: 'linked/packages/money/src/rates.ts', after: 'export const b = 1;\n' },
    ]);
    expect([codes(verdict), verdict.unresolved]).toEqual([['linked/shop.ts TS2322'], []]);
  });

  test('a body whose function says what it returns concerns no importing file, one that does not may', async () => {
    const said = 'export function a(): number {\n  return 1;\n}\n';
    const silent = 'export function b() {\n  return 1;\n}\n';
    await write({
      'outline/tsconfig.json': STRICT,
      'outline/a.ts': said + silent,
      'outline/user.ts': "import { a, b } from './a';\nexport const c: number = a() + b();\n",
    });
    const changed = (text: string) =>
      check([{ file: 'outline/a.ts', before: said + silent, after: text }], ['outline/user.ts']);
    expect(codes(await changed(said.replace('return 1', 'return 2') + silent))).toEqual([]);
    expect(codes(await changed(said + silent.replace('return 1', "return ''")))).toEqual(['outline/user.ts TS2322']);
  });
});
