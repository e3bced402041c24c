import { UsageError } from '../session/index';

/** Exit codes of the contract: see `docs/cli.md`. */
export const EXIT = { ok: 0, findings: 1, usage: 2, failed: 3, failure: 70 } as const;

/** Says on stderr what went wrong and returns the exit code. A stack trace is shown only on request: it helps nobody else. */
export function reportFailure(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`seamline: ${error.message}\n`);
    return EXIT.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`seamline: this is a defect of Seamline, please report it: ${message}\n`);
  if (process.env.SEAMLINE_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT.failure;
}
