import type { Form } from '../handler';

/** What is known of a failure without looking into it. */
export interface Failure {
  /** What the single call of the guarded code calls, as written, without `self.`/`this.`; undefined where there is no such call. */
  readonly callee: string | undefined;
  /** The function around, with its class: `Store.load`; outside of functions the file's name. */
  readonly owner: string;
  readonly form: Form;
  /** Whether the error goes on to the callers afterwards. */
  readonly isPropagated: boolean;
}

const LONGEST_CALLEE = 48;

/** The message of a log call, in plain English; it claims no more than what is certain. */
export function failureText({ callee, owner, form, isPropagated }: Failure): string {
  if (callee !== undefined && callee.length <= LONGEST_CALLEE) return `${callee.replace(/^new /, 'Creating ')} failed`;
  if (isPropagated || form === 'return-constant') return `${owner} failed`;
  if (form === 'break') return `Left a loop in ${owner} after an error`;
  return `Ignored error in ${owner}`;
}

/** Why a failing clean-up may be dropped, as a sentence for a comment. */
export function bestEffortText(callee: string | undefined, isNested: boolean): string {
  const what = callee !== undefined && callee.length <= LONGEST_CALLEE ? `${callee}() failing here` : 'a failure here';
  return `Best effort: ${what} must not hide ${isNested ? 'the error that is being handled' : 'the result'}.`;
}
