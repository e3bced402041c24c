import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Environment variable that names the file for the {@link Outcome}. */
export const OUTCOME = 'SEAMLINE_OUTCOME';

/** How a suite ended. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not run. */
  readonly skipped: number;
  /** Titles and messages of what failed. */
  readonly failures: readonly string[];
}

/**
 * Runs suites with Mocha and writes their outcome where the environment says.
 * @param files absolute paths, in their order
 * @param timeoutMs of one test
 * @returns the number of failures
 */
export async function runMocha(files: readonly string[], timeoutMs: number): Promise<number> {
  const mocha = new Mocha({ ui: 'bdd', timeout: timeoutMs, color: false, reporter: 'spec', forbidOnly: true });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures: string[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve(failed));
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${error.message}`));
    runner.on('end', () => {
      const { passes = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {};
      const outcome: Outcome = { passed: passes, failed, skipped: pending, failures };
      const path = process.env[OUTCOME];
      if (path) writeFileSync(path, JSON.stringify(outcome));
    });
  });
}
