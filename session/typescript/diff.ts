import type { TypeScriptDiagnostic } from '../../core/verify/typescript';

/** Codes that say of a module that it was not found, or that it has no types: each import of it repeats them. */
const MODULE_NOT_FOUND = new Set([2307, 2792, 2882, 7016]);

/** A package; a relative specifier means another module in every folder. */
const isMissingPackage = ({ code, message }: TypeScriptDiagnostic): boolean =>
  MODULE_NOT_FOUND.has(code) && !/'\.\.?\//.test(message);

/** Codes that say of a variable, parameter, member, function or binding that it has no type and gets none from what it is used for. */
const IMPLICIT_ANY = new Set([7005, 7006, 7008, 7010, 7011, 7019, 7031, 7034]);

/** JavaScript that `checkJs` has checked. */
const isUntyped = ({ code, file }: TypeScriptDiagnostic): boolean =>
  IMPLICIT_ANY.has(code) && /\.[cm]?jsx?$/i.test(file);

const separator = '\0';
const byContent = ({ code, message }: TypeScriptDiagnostic): string => [code, message].join(separator);
const byFile = (one: TypeScriptDiagnostic): string => [one.file, byContent(one)].join(separator);

/**
 * The diagnostics that a change brings: what is left of `after` when `before` is taken away as a multiset of (file, code, message).
 * Lines play no part, so code may move within its file. Three kinds are not new although they were not there:
 * - one that vanished from another of the files, because it moved there with its code;
 * - a package that nobody found before either (no node_modules), because every file that imports it says so;
 * - in JavaScript, a declaration without a type, where the files had such before: nobody writes types there.
 * @param before may lack files that have nothing in `after` and from which nothing can have moved
 */
export function addedDiagnostics(
  before: readonly TypeScriptDiagnostic[],
  after: readonly TypeScriptDiagnostic[],
): TypeScriptDiagnostic[] {
  const here = subtract(after, before, byFile);
  const vanished = subtract(before, after, byFile);
  const knownMissing = new Set(before.filter(isMissingPackage).map(byContent));
  const isLoose = before.some(isUntyped);
  return subtract(here, vanished, byContent).filter(
    (one) => !knownMissing.has(byContent(one)) && !(isLoose && isUntyped(one)),
  );
}

/** What is left of `from` when each element of `taken` has taken away one with its key. */
function subtract<T>(from: readonly T[], taken: readonly T[], key: (one: T) => string): T[] {
  const counts = new Map<string, number>();
  for (const one of taken) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return from.filter((one) => {
    const count = counts.get(key(one)) ?? 0;
    if (count > 0) counts.set(key(one), count - 1);
    return count === 0;
  });
}
