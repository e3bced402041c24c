import { compareText } from '../rule/finding';

/** A rule that threw. What it would have said about the file, or about a group that has a place in it, is left out. */
export interface RuleFailure {
  readonly rule: string;
  /** The first file, where the rule threw about a group. */
  readonly file: string;
  /** Of the error. */
  readonly message: string;
}

/** The result of a rule, or nothing where it throws: no rule ends an audit, whatever is in a file. */
export function contained<T>(
  rule: string,
  file: string,
  failures: RuleFailure[],
  run: () => readonly T[],
): readonly T[] {
  try {
    return run();
  } catch (error) {
    failures.push({ rule, file, message: error instanceof Error ? error.message : String(error) });
    return [];
  }
}

/** Sorted and each once: a rule that fails on a hundred groups of one file has one defect to tell of. */
export function distinctFailures(failures: Iterable<RuleFailure>): RuleFailure[] {
  const byText = new Map([...failures].map((one) => [JSON.stringify([one.file, one.rule, one.message]), one]));
  return [...byText.values()].sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.message, b.message),
  );
}
