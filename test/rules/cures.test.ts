import { access, readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { familyOf, languageOfPath } from '../../core/syntax/language';
import { RULES } from '../../session/registry';
import { type CPythonRunner, loadCPythonRunner } from '../support/cpython-runner';
import { type CureCase, parseCureFixtures } from '../support/cure-fixtures';
import { runAgain, runCure, takenBack } from '../support/cure-run';
import { runTypeScript } from '../support/node-runner';
import { openWorkspace } from '../support/open-workspace';
import { linkNodeTypes, sharedCompiler } from '../support/typescript-compiler';

/** The cures of all rules on literate fixtures (`rules/<id>/cures/fixtures/*.md`), run as a user runs them. */

interface Page {
  readonly name: string;
  readonly cases: readonly CureCase[];
}

const pages = (await Promise.all(RULES.map(({ meta }) => pagesOf(meta.id)))).flat();

async function pagesOf(rule: string): Promise<Page[]> {
  const folder = new URL(`../../rules/${rule}/cures/fixtures/`, import.meta.url);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  return Promise.all(
    names.map(async (name) => ({
      name: `${rule}/${name}`,
      cases: parseCureFixtures(await readFile(new URL(name, folder), 'utf8')),
    })),
  );
}

/** Every finding has its cures, also one that only a strict audit reports. */
const SETTINGS = {
  'seamline.json': JSON.stringify({
    rules: {
      'silent-exception': { strictness: 'all', narrow: 'all' },
      'streaming-callback': { strictness: 'all' },
      // Classes of fixtures are as short as can be.
      'mixed-io': { strictness: 'all', classLines: 20, functionLines: 20, methods: 1 },
    },
  }),
};

const isTypeScript = (one: CureCase): boolean => familyOf(languageOfPath(one.target.file)!) === 'typescript';

let python: CPythonRunner | undefined;
beforeAll(async () => {
  if (pages.some(({ cases }) => cases.some((one) => one.run && !isTypeScript(one)))) python = await loadCPythonRunner();
}, 60_000);
afterAll(() => python?.close());

const compilerIn = sharedCompiler();

describe.each(pages.map((page) => [page.name, page] as const))('%s', (_, { cases }) => {
  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_title, one) => {
    const workspace = await openWorkspace({ ...SETTINGS, ...one.files });
    if (one.files['tsconfig.json']?.includes('"node"')) await linkNodeTypes(workspace.root);
    const typescript = compilerIn(workspace.root);
    const { text, change } = await runCure(workspace, typescript, one.target);
    expect(text.trimEnd()).toBe(one.expected.trimEnd());
    if (!change) return;
    for (const { before, restored } of takenBack(change)) expect(restored).toBe(before);
    for (const { before, after } of change.files) if (before?.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
    const after = { ...one.files, ...Object.fromEntries(change.files.map((file) => [file.file, file.after])) };
    for (const again of await runAgain(workspace, typescript, change, one.target)) expect(again).toMatch(/^refused /);
    if (one.run && isTypeScript(one)) await checkTypeScriptBehaviour(one, after);
    else if (one.run && python) checkBehaviour(one, after, python);
  });
});

/** The code does the same as before, and leaves one record more. */
function checkBehaviour(one: CureCase, after: Readonly<Record<string, string>>, runner: CPythonRunner): void {
  const { driver, record } = one.run!;
  const was = runner.run(one.files, driver);
  const is = runner.run(after, driver);
  expect(is.outcome).toBe(was.outcome);
  expect(is.output).toBe(was.output);
  expect(is.records).toEqual([...was.records, record.trim()]);
}

/** The same for TypeScript: the `record` block holds all records after the change, as nothing tells those that were there before. */
async function checkTypeScriptBehaviour(one: CureCase, after: Readonly<Record<string, string>>): Promise<void> {
  const { driver, record } = one.run!;
  const was = await runTypeScript(one.files, driver);
  const is = await runTypeScript(after, driver);
  expect(is.outcome).toBe(was.outcome);
  const expected = record.trim() === '' ? [] : record.trim().split('\n');
  expect(is.records).toEqual(expected);
  // One record is new, and none is gone; a logger that is not there takes none.
  const left = [...is.records];
  for (const old of was.records) left.splice(left.indexOf(old), 1);
  expect(left).toHaveLength(expected.length === 0 ? 0 : 1);
}

test('each reason to refuse is shown', () => {
  const shown = new Set(
    pages.flatMap(({ cases }) => cases.flatMap(({ expected }) => /^refused ([\w-]+):/.exec(expected)?.[1] ?? [])),
  );
  const codes = RULES.flatMap(({ meta }) => meta.cures.flatMap((cure) => Object.keys(cure.refusals)));
  expect([...new Set(codes)].filter((code) => !shown.has(code))).toEqual([]);
});

test('no two fixtures differ in names or literals only', () => {
  const seen = new Map<string, string>();
  for (const one of pages.flatMap(({ cases }) => cases)) {
    const code = Object.values(one.files)
      .join('\n')
      .replace(/(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g, '""')
      .replace(/[A-Za-z_$][\w$]*/g, (word) => (KEYWORDS.has(word) ? word : 'x'));
    const key = `${one.target.cure} ${one.target.line} ${JSON.stringify(one.target.choices)} ${code}`;
    expect(seen.get(key), `"${one.title}" repeats`).toBeUndefined();
    seen.set(key, one.title);
  }
});

/** Words that make a difference: those of the languages, and the names of logging libraries and levels. */
const KEYWORDS = new Set(
  [
    'and as async await break case catch class const continue def del elif else except export extends finally for from function global',
    'if import in is lambda let match new None nonlocal not null or pass raise return self static super this throw True true False',
    'false try undefined var while with yield suppress BaseException Exception logging loguru structlog getLogger get_logger logger',
    'log print debug info warning error exception critical console open int float json loads os environ path',
  ].flatMap((line) => line.split(' ')),
);
