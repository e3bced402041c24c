import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** `npm run new-rule` in a copy of the repository: what it makes passes every test that a rule has to pass. */

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  ...[
    'client',
    'cli',
    'core',
    'docs',
    'l10n',
    'protocol',
    'report',
    'rules',
    'scripts',
    'server',
    'session',
    'syntaxes',
    'test',
  ],
  ...[
    'README.md',
    'biome.json',
    'esbuild.mjs',
    'package.json',
    'package.nls.json',
    'package.nls.pl.json',
    'tsconfig.json',
  ],
  'vitest.config.mts',
];
const TESTS = ['test/rules/completeness.test.ts', 'test/rules/fixtures.test.ts', 'test/report/polish.test.ts'];
let copy: string;
const node = (tool: string, ...words: string[]) =>
  run(process.execPath, [join(ROOT, 'node_modules', tool), ...words], { cwd: copy, maxBuffer: 64 * 1024 * 1024 });
const newRule = (...words: string[]) => node('tsx/dist/cli.mjs', 'scripts/new-rule.mts', ...words);

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'seamline-new-rule-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
  await newRule('wide-signature', "A signature that's wide", 'Szeroka sygnatura');
  await node('tsx/dist/cli.mjs', 'scripts/generate.ts');
});
afterAll(() => rm(copy, { recursive: true, force: true }));

test('the new rule is complete', async () => {
  const report = join(copy, 'report.json');
  const words = ['run', '--reporter=json', `--outputFile=${report}`, '-t', 'wide-signature', ...TESTS];
  await node('vitest/vitest.mjs', ...words).catch(() => undefined);
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const own = results.filter(({ fullName }) => fullName.includes('wide-signature'));
  expect(own.length).toBeGreaterThan(60);
  expect(own.filter(({ status }) => status !== 'passed')).toEqual([]);
  // One page for each language, the page of the rule, every text in Polish, and what completeness asks of a rule.
  for (const part of [
    'fixtures/python.md',
    'fixtures/typescript.md',
    'README.md',
    'messages.found',
    'has its positive',
  ])
    expect(
      own.some(({ fullName }) => fullName.includes(part)),
      part,
    ).toBe(true);
});

test('it is formatted, and generated pages show it', async () => {
  expect(await readFile(join(copy, 'docs/rules.md'), 'utf8')).toContain('wide-signature');
  const settings = async (file: string) =>
    Object.keys(JSON.parse(await readFile(join(copy, file), 'utf8')) as object).filter((key) =>
      /wide-signature/.test(key),
    );
  expect(await settings('package.nls.json')).toHaveLength(2);
  expect((await settings('package.nls.pl.json')).sort()).toEqual((await settings('package.nls.json')).sort());
  // The copy is no repository, which the settings in biome.json ask for.
  const words = [
    'format',
    '--vcs-enabled=false',
    'rules/wide-signature',
    'session/registry.ts',
    'session/collectors.ts',
  ];
  await expect(node('@biomejs/biome/bin/biome', ...words)).resolves.toBeDefined();
});

test('nothing is overwritten, and a name that is none is bad usage', async () => {
  const page = join(copy, 'rules/wide-signature/README.md');
  const before = await readFile(page, 'utf8');
  const refused = (words: string) => ({ code: 2, stderr: expect.stringContaining(words) });
  await expect(newRule('wide-signature', 'Another')).rejects.toMatchObject(refused('exists already'));
  await expect(newRule('Wide_Signature')).rejects.toMatchObject(refused('usage:'));
  expect(await readFile(page, 'utf8')).toBe(before);
});
