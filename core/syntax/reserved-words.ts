/** Words that can be no names. */

/** Keywords of Python; `match`, `case`, `type`, `_` and so on are names with a meaning in places. */
export const PYTHON_KEYWORDS = wordSet(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield',
);

/** Reserved words of JavaScript and TypeScript, those of strict mode and modules among them, and the names that cannot be bound there. */
export const TYPESCRIPT_RESERVED = wordSet(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch ' +
    'this throw true try typeof undefined var void while with yield',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
