import type { SyntaxNode } from '../../../../core/syntax/node';
import { literalPattern } from '../../../../core/text/pattern';
import type { SourceFile } from '../../../../core/text/source-file';
import { VAGUE, words } from './noun-words';

/** What a shared check can be called without saying more than is true. */

/** Words that mean something else in a condition. */
const LOGIC = /^(?:not|and|or|is|in|none|null|undefined|true|false|all|any)$/;

/**
 * `pass_or_fail` for a set of two words, which says all that there is to say.
 * @param members their texts; undefined for those that are no text
 */
export function eitherOf(members: readonly (string | undefined)[]): string | undefined {
  const parts = members.map((one) => (one !== undefined && /^[A-Za-z][\w-]*$/.test(one) ? words(one) : []));
  const isSaid =
    parts.length === 2 &&
    parts.every((one) => one.length > 0 && one.length < 3 && !one.some((word) => LOGIC.test(word)));
  const name = parts.map((one) => one.join('_')).join('_or_');
  return isSaid && name.length <= 26 ? name : undefined;
}

/**
 * What members of an enumeration are called beside one another: `ASSIGN` and `RVALUE` for `Node.NODE_ASSIGN` and `Node.NODE_RVALUE.value`.
 * @param paths the members as they are written
 */
export function memberWords(paths: readonly string[]): string[] {
  const names = paths.map((one) =>
    words(
      one
        .replace(/\.value$/, '')
        .split('.')
        .at(-1)!,
    ),
  );
  const [first, ...others] = names;
  let common = 0;
  while (names.every(({ length }) => length > common + 1) && others.every((one) => one[common] === first![common]))
    common++;
  return names.map((one) => one.slice(common).join('_'));
}

/**
 * Whether a noun says too little of what two values are about, so that the values themselves say more: a vague word at its end, or code that
 * compares the same name with other values.
 */
export function isTooWide(noun: string, comparesOthers: boolean): boolean {
  return (
    comparesOthers ||
    VAGUE.test(words(noun).at(-1) ?? '') ||
    /^(?:operator|comparator|dim|dimension|op|cmp|choice|option)$/.test(words(noun).at(-1) ?? '')
  );
}

/**
 * Whether code compares a name with other values than these: a file that asks `kind in ("a", "b")` or `['a', 'b'].includes(kind)`, or the
 * function of the check itself, which asks `kind == "c"` or has a branch for it.
 * @param subject the last part of what is checked
 * @param members the texts of the values
 */
export function comparesOthers(
  text: string,
  functionText: string,
  subject: string,
  members: readonly (string | undefined)[],
): boolean {
  const name = literalPattern(subject);
  if (comparesOther(functionText, name, members)) return true;
  const lists = new RegExp(
    `(?<![\\w$])${name}\\s+(?:not\\s+)?in\\s*[[({]([^\\])}]*)[\\])}]|\\[([^\\]]*)\\]\\.includes\\((?:[\\w$.]+\\.)?${name}\\)`,
    'g',
  );
  const own = textKey(members.filter((one) => one !== undefined));
  for (const [, python, script] of text.matchAll(lists)) {
    const values = [...(python ?? script ?? '').matchAll(/(["'\x60])((?:\\.|(?!\1).)*)\1/g)].map(
      ([, , value]) => value!,
    );
    if (values.length > 1 && textKey(values) !== own) return true;
  }
  return false;
}

/** Whether a function has a case for a value that is none of these. */
function comparesOther(text: string, name: string, members: readonly (string | undefined)[]): boolean {
  const isOther = ([, , value]: RegExpExecArray): boolean => value !== '' && !members.includes(value);
  const single = new RegExp(`(?<![\\w$.])${name}\\s*[!=]==?\\s*(["'])((?:\\\\.|(?!\\1).)*)\\1`, 'g');
  if ([...text.matchAll(single)].some(isOther)) return true;
  const isSorted = new RegExp(`\\bswitch\\s*\\(${name}\\)|\\bmatch\\s+${name}:`).test(text);
  return isSorted && [...text.matchAll(/\bcase\s+(["'])((?:\\.|(?!\1).)*)\1\s*:/g)].some(isOther);
}

function textKey(values: readonly string[]): string {
  return [...new Set(values)].sort().join('\n');
}

/** Whether a pattern looks for tags or entities somewhere in a text: what it finds says nothing of the whole. */
export function looksForMarkup(pattern: string, isSearch: boolean): boolean {
  return isSearch && !isAnchored(pattern) && /<\\?\/?(?:[A-Za-z!?(\\]|\[)|&(?:#|\\w|[a-z]{2,6};)/.test(pattern);
}

/** Whether a pattern says where a text begins, or where it ends. */
export const isAnchored = (pattern: string): boolean =>
  /^(?:\^|\\A)/.test(pattern) || /(?:[^\\]\$|\\[zZ])$/.test(pattern);

/** The words that a pattern names one beside the other (`ol|ul`, `^(?:ol|ul)$`), as a list would; undefined where it says more. */
export function alternatives(pattern: string): readonly string[] | undefined {
  const bare = pattern.replace(/^(?:\^|\\A)|(?:\$|\\[zZ])$/g, '').replace(/\((?:\?:)?([\w|-]*)\)/g, '$1');
  return /^[\w-]+(?:\|[\w-]+)+$/.test(bare) ? bare.split('|') : undefined;
}

/** A named constant that holds what a place checks. */
interface NamedConstant {
  readonly file: string;
  readonly name: string;
}

/**
 * Whether one module holds what places check under names that say different things (`USER_TEST_RE` and `TEAM_TEST_RE`): who wrote it twice
 * there meant two things that are equal today.
 */
export function areNamedApart(constants: readonly NamedConstant[]): boolean {
  return constants.some(({ file, name }, at) => {
    const own = stemOfConstant(name);
    return constants.slice(at + 1).some((other) => {
      const stem = stemOfConstant(other.name);
      return other.file === file && !`_${own}`.endsWith(`_${stem}`) && !`_${stem}`.endsWith(`_${own}`);
    });
  });
}

function stemOfConstant(name: string): string {
  const parts = words(name);
  while (parts.length > 1 && /^(?:re|regex|regexp|pattern|rx|format|set|list|values)$/.test(parts.at(-1)!)) parts.pop();
  return parts.join('_');
}

/** Whether a function has other conditions about what is checked, so that one of them says nothing of what is wrong with it as a whole. */
export function isOneOfSeveral(owner: SyntaxNode | undefined, subject: string, source: SourceFile): boolean {
  const word = new RegExp(`(?<![\\w$.])${literalPattern(subject)}(?![\\w$])`);
  const conditions = (owner?.descendantsOfType(['if_statement', 'elif_clause']) ?? []).map((one) =>
    one.childForFieldName('condition'),
  );
  return conditions.filter((one) => one && word.test(source.slice(one.startIndex, one.endIndex))).length > 1;
}
