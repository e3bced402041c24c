import { compareText } from '../../core/rule/finding';

/** Members that say nothing about a domain: a set of these alone is no rule that somebody could share. */
const UNIVERSAL = /^(?:True|False|None|true|false|null|undefined|""|-?[01]|"(?:true|false|yes|no|on|off|0|1|null|none|None)")$/;

/** Sets of one member, and those of truth values, `None` and the empty string. */
export function isTrivialSet(members: readonly string[]): boolean {
  const distinct = [...new Set(members)];
  return distinct.length < 2 || distinct.filter((one) => !UNIVERSAL.test(one)).length < 2;
}

/** Equal for sets of equal members, in whatever order they are written. */
export function setKey(language: string, members: readonly string[]): string {
  return `${language}:${JSON.stringify([...new Set(members)].sort(compareText))}`;
}
