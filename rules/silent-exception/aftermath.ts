import { literalPattern } from '../../core/text/pattern';
import { logs } from './words';

/**
 * What a function answers when its try, which answers by itself, was given up: the constant behind the try, `undefined` where the
 * function just ends, or a name, which is a default.
 * @param next the statement behind the try
 */
export function fallback(
  next: string | undefined,
  nothing: string,
): { readonly constant?: string; readonly isDefault: boolean } {
  if (next === undefined) return { constant: nothing, isDefault: false };
  const returned = /^return\b[ \t]*([^;\n]*);?[ \t]*$/.exec(next)?.[1]?.trim();
  if (returned === undefined) return { isDefault: false };
  if (returned === '') return { constant: nothing, isDefault: false };
  if (/^(?:None|True|False|null|undefined|true|false|-?\d+|\[\]|\{\}|""|''|void 0)$/.test(returned))
    return { constant: returned, isDefault: false };
  // A name is a default, a call or another expression another way to the answer.
  return { isDefault: NAME.test(returned.replace(CONSTANTS, ' ')) };
}

/**
 * The statement behind a try that reads a value: other ways to read it, each of which answers by itself, may stand between.
 * @param next the statements behind the try
 */
export function afterOtherAttempts(next: readonly string[], isReading: boolean): string | undefined {
  return isReading ? next.find((statement) => !/^try\b[\s\S]*\breturn\b/.test(statement)) : next[0];
}

/** What an expression may hold and still be constant: texts, keys, words for values. */
const CONSTANTS =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w$]+\s*:(?!:)|\b(?:None|True|False|null|undefined|true|false|NaN|void|as|const)\b/g;
const NAME = /[A-Za-z_$]/;

/**
 * Whether the value that stands for a failure is told from a real one at once, and an error comes of it:
 * `if (!user) throw ...`, `if (!user) return reply({ error })`.
 * @param next the statements behind the one that binds the name
 */
export function becomesError(name: string, next: readonly string[]): boolean {
  const escaped = literalPattern(name);
  const missing = [`!\\s*${escaped}\\b`, `${escaped}\\s*={2,3}\\s*(?:null|undefined)`, `${escaped}\\s*===\\s*false`];
  const asks = new RegExp(`^if\\s*\\((?:[^\\n]*\\|\\|\\s*)?(?:${missing.join('|')})`);
  return next.some((statement) => asks.test(statement) && REPORTS.test(statement.slice(0, 2000)));
}

/** What makes a failure known: an exception, a rejection, an answer that names it, a message on the screen, a log. */
const REPORTS =
  /\bthrow\b|\breject\(|\breturn\b[^;]{0,300}(?:error|fail|invalid|denied|\b[45]\d\d\b)|toast|\b(?:log|logger|console)\b|\blog[A-Z_]\w*\(/i;

/** Whether one of the statements that follow raises or logs, so that a failure is heard after all. */
export function speaksUp(statements: readonly string[]): boolean {
  return statements.some(
    (statement) =>
      /^(?:raise|throw)\b|^(?:[\w$]+\.)*on_?(?:[eE]xc|[eE]rr|[fF]ail)\w*\(/.test(statement) ||
      /^if\b[^\n]*[:{]\s*\n\s*(?:raise|throw)\b/.test(statement) ||
      (/^[\w.$]+\(/.test(statement) && logs(statement)),
  );
}

/** Whether a statement ends a branch with a failure: it raises, or answers with an error. */
export function endsInFailure(statement: string | undefined): boolean {
  if (!statement) return false;
  const code = statement.slice(0, 600);
  return (
    /^(?:raise|throw)\b/.test(code) ||
    (/^return\b[^;]*[({]/.test(code) && /\b[45]\d\d\b|["'](?:error|detail)["'][ \t]*:|\berror:/.test(code))
  );
}
