import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { parseCureFixtures } from '../../support/cure-fixtures';
import { runCure } from '../../support/cure-run';
import { NO_COMPILER } from '../../support/no-compiler';
import { openWorkspace } from '../../support/open-workspace';
import { behaviourPython, outcomesOf, programFolder } from './environment';

/** What the programs of one cure have of their own. */
export interface ProgramsOptions {
  /** Files beside those of each program: a configuration that finds something in code as short as fixtures are. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether a probe said no to its input. An exception, if nothing else is said. */
  readonly isRefusal?: (result: string) => boolean;
}

/**
 * Registers a test for each program of a fixture file: it runs before and after the cure, and prints the same for 500 random inputs. The
 * `diff` block of a case holds the title alone, and the `run` block is the program's `driver.py`.
 * @param fixtures the Markdown file
 */
export async function testPrograms(fixtures: URL, options: ProgramsOptions = {}): Promise<void> {
  const { files = {}, isRefusal = (result: string): boolean => result.startsWith('raises ') } = options;
  const cases = parseCureFixtures(await readFile(fixtures, 'utf8'));

  beforeAll(async () => {
    await behaviourPython();
  }, 300_000);

  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
    const workspace = await openWorkspace({ ...files, ...one.files });
    const { text, change } = await runCure(workspace, NO_COMPILER, one.target);
    expect(text.split('\n', 1)[0]).toBe(one.expected);
    const after = { ...one.files, ...Object.fromEntries(change!.files.map((file) => [file.file, file.after])) };
    const was = await outcomesOf(await programFolder(one.files, one.run!.driver));
    const is = await outcomesOf(await programFolder(after, one.run!.driver));
    expect(is).toEqual(was);
    // Inputs that all pass, or that all fail, would show nothing.
    const results = was.map((line) => (JSON.parse(line) as [number, string, string])[2]);
    expect(was.length).toBeGreaterThanOrEqual(500);
    expect(new Set(results).size).toBeGreaterThan(10);
    expect(results.some((result) => isRefusal(result))).toBe(true);
    expect(results.some((result) => !isRefusal(result))).toBe(true);
  });
}
