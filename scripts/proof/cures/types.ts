import type { Finding } from '../../../core/rule/finding';

/** What is asked about each change, by means that share nothing with `verify`. */
export type CheckName = 'crash' | 'compile' | 'names' | 'comments' | 'second-run' | 'inverse' | 'disk' | 'tests';

export interface Failure {
  readonly check: CheckName;
  readonly message: string;
}

/** One file of a change, as text and as the bytes that disk holds before and would hold after. */
export interface ProvedFile {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** Undefined for a file that the change creates. */
  readonly before: string | undefined;
  readonly after: string;
  readonly bytesBefore: Uint8Array | undefined;
  readonly bytesAfter: Uint8Array;
}

/** Compares the files of one change before and after, in the language that it knows; other files it leaves alone. */
export interface Oracle {
  check(files: readonly ProvedFile[]): Promise<readonly Failure[]>;
  dispose(): void;
}

/**
 * What became of one cure at one finding. `safe` and `review` are changes that passed; `refused` is a guard of the cure, `caught` one
 * of `verify` that the cure lacks (the CLI calls it failed, nothing was written); `failed` is a change that should never have come out.
 */
export type Outcome = 'safe' | 'review' | 'refused' | 'caught' | 'failed';

export interface Proof {
  readonly rule: string;
  readonly cure: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly outcome: Outcome;
  /** Why it was refused or caught. */
  readonly code?: string;
  readonly reason?: string;
  readonly failures: readonly Failure[];
  /** What a failed change would do. */
  readonly diff?: string;
}

/** What the project's own tests said about cures. */
export interface TestVerdict {
  /** Of which cures: `all together`, or one place. */
  readonly of: string;
  readonly applied: number;
  /** Tests that pass reliably before. */
  readonly before: number;
  readonly after: number;
  /** Those that pass before and not after. */
  readonly lost: readonly string[];
}

export interface ProjectReport {
  readonly project: string;
  readonly files: number;
  readonly findings: number;
  /** What the compiler could know of packages: how many TypeScript files belong to a tsconfig, and whether packages are installed. */
  readonly types: string;
  readonly proofs: readonly Proof[];
  readonly tests: readonly TestVerdict[];
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Why there is no more of it. */
  readonly error?: string;
}

/** `file:line`, as a reader looks for it. */
export function placeOf({ file, range }: Finding): string {
  return `${file}:${range.start.line + 1}`;
}

/** What `after` has more of than `before`, as multisets. */
export function added(before: readonly string[], after: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of before) counts.set(one, (counts.get(one) ?? 0) + 1);
  return after.filter((one) => {
    const left = counts.get(one) ?? 0;
    if (left > 0) counts.set(one, left - 1);
    return left === 0;
  });
}
