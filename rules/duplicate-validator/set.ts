import { compareText } from '../../core/rule/finding';

/** "Nothing", in both languages: it says whether a value is given, not which. */
const NOTHING = /^(?:None|null|undefined|"")$/;
/** Truth values in all their spellings. */
const TRUTH = /^(?:True|False|true|false|[01]|"(?:true|false|yes|no|on|off|0|1|True|False)")$/;

/** What no project decides: every URL check and every sorted list has them. */
const UNIVERSAL_SETS = new Set([
  '"http","https"',
  '"http:","https:"',
  '"http://","https://"',
  '"asc","desc"',
  '"ASC","DESC"',
  '"ws","wss"',
]);

/** Sets of one member, and those of truth values, `None` and the empty string: no rule that somebody could share. */
export function isTrivialSet(members: readonly string[]): boolean {
  const values = [...new Set(members)].filter((one) => !NOTHING.test(one));
  if (UNIVERSAL_SETS.has([...values].sort(compareText).join(','))) return true;
  return values.length < 2 || values.every((one) => TRUTH.test(one));
}

/** Equal for sets of equal members, in whatever order they are written. */
export function setKey(language: string, members: readonly string[]): string {
  return `${language}:${JSON.stringify([...new Set(members)].sort(compareText))}`;
}
