import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseCureFixtures } from '../../support/cure-fixtures';
import { runCure } from '../../support/cure-run';
import { runTypeScript } from '../../support/node-runner';
import { openWorkspace } from '../../support/open-workspace';
import { linkNodeTypes, sharedCompiler } from '../../support/typescript-compiler';

/** What the programs of one cure have of their own. */
export interface ProgramsOptions<Result> {
  /** Files beside those of each program, for the cure. With a tsconfig.json that names Node's types these are there. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files beside those of each program when it runs, and the modules that they stand in for. */
  readonly stubs?: {
    readonly files: Readonly<Record<string, string>>;
    readonly aliases: Readonly<Record<string, string>>;
  };
  /** The code around the lines of a case's `run` block; its default export, or what that resolves to, are the results. */
  driverOf(lines: string): string;
  /** Expects that the results would show a difference: that they are many, and neither all good nor all bad. */
  expectTelling(results: readonly Result[]): void;
}

/** Numbers by chance, the same in every run: source text that defines `random(below)`. */
export const RANDOM = `
let state = 20261121;
const random = (below: number): number => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};`;

/**
 * Registers a test for each program of a fixture file: what it gives before and after the cure is the same. The `diff` block of a case
 * holds the title alone, and the `run` block uses the program once.
 * @param fixtures the Markdown file
 */
export async function testPrograms<Result>(fixtures: URL, options: ProgramsOptions<Result>): Promise<void> {
  const { files = {}, stubs = { files: {}, aliases: {} }, driverOf, expectTelling } = options;
  const cases = parseCureFixtures(await readFile(fixtures, 'utf8'));
  const compilerIn = sharedCompiler();

  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
    const workspace = await openWorkspace({ ...files, ...one.files });
    if (files['tsconfig.json']?.includes('"node"')) await linkNodeTypes(workspace.root);
    const { text, change } = await runCure(workspace, compilerIn(workspace.root), one.target);
    expect(text.split('\n', 1)[0]).toBe(one.expected);
    const after = { ...one.files, ...Object.fromEntries(change!.files.map((file) => [file.file, file.after])) };
    const driver = driverOf(one.run!.driver);
    const was = await runTypeScript({ ...one.files, ...stubs.files }, driver, stubs.aliases);
    const is = await runTypeScript({ ...after, ...stubs.files }, driver, stubs.aliases);
    expect(is).toEqual(was);
    expectTelling(JSON.parse(was.outcome.replace(/^returned /, '')) as Result[]);
  });
}
