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
 * Whether code asks of a name whether it is among other values than these: `kind in ("a", "b")`, `['a', 'b'].includes(kind)`.
 * @param subject the last part of what is checked
 * @param members the texts of the values
 */
export function comparesOthers(text: string, subject: string, members: readonly (string | undefined)[]): boolean {
  const name = subject.replaceAll('$', '\\$');
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

function textKey(values: readonly string[]): string {
  return [...new Set(values)].sort().join('\n');
}

/** Whether a pattern looks for tags or entities somewhere in a text: what it finds says nothing of the whole. */
export function looksForMarkup(pattern: string, isSearch: boolean): boolean {
  const isAnchored = /^(?:\^|\\A)/.test(pattern) || /(?:[^\\]\$|\\[zZ])$/.test(pattern);
  return isSearch && !isAnchored && /<\\?\/?(?:[A-Za-z!?(\\]|\[)|&(?:#|\\w|[a-z]{2,6};)/.test(pattern);
}
