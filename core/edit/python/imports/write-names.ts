import type { ChangeBuilder } from '../../change-builder';
import { Fragment } from '../../fragment';
import type { Document } from '../../snapshot';
import type { NewStatement } from './layout';
import { bestPlace, compareMembers, isSorted, MEMBER_ORDERS, type MemberOrder } from './order';
import { type ImportItem, type ImportStatement, lineEnd, lineStart, nextLine } from './statement';

export interface NewName {
  /** Stands nowhere yet. */
  readonly start?: undefined;
  readonly name: string;
  readonly alias: string | undefined;
}

export const spelled = ({ name, alias }: Pick<NewName, 'name' | 'alias'>): string =>
  alias === undefined ? name : `${name} as ${alias}`;

/** A new statement; in brackets, one name on each line, where it is too long for one. */
export function newStatement({ from, names }: NewStatement, order: MemberOrder, { style }: Document): string {
  if (from === undefined) return `import ${names.map(spelled).join(', ')}`;
  const sorted = [...names].sort((a, b) => compareMembers(a.name, b.name, order)).map(spelled);
  const line = `from ${from} import ${sorted.join(', ')}`;
  if (line.length <= style.lineLength) return line;
  return `from ${from} import (\n${sorted.map((name) => `${style.indent}${name},\n`).join('')})`;
}

/**
 * Adds names to an import statement and takes others out; at least one stays. Keeps how the statement is laid out, its comments, its
 * trailing comma and its order.
 * @param fallback the order of names where the statement shows none
 */
export function writeNames(
  statement: ImportStatement,
  added: readonly NewName[],
  removed: ReadonlySet<ImportItem>,
  fallback: MemberOrder,
  document: Document,
  changes: ChangeBuilder,
): void {
  const { text } = document.source;
  const kept = statement.items.filter((item) => !removed.has(item));
  if (kept.length === 0) {
    const { start } = statement.items[0]!;
    changes.replace(document, start, statement.items.at(-1)!.end, added.map(spelled).join(', '));
    return;
  }
  const order = memberOrder(kept, fallback);
  const list: (ImportItem | NewName)[] = [...kept];
  for (const one of added) {
    const at = order ? bestPlace(list, one, (a, b) => compareMembers(a.name, b.name, order)) : list.length;
    list.splice(at, 0, one);
  }
  if (added.length > 0 && !isOnePerLine(statement, text) && wrap(statement, list, removed, document, changes)) return;
  removeNames(statement, removed, document, changes);
  addNames(statement, list, kept, document, changes);
}

/** The order of the names of a statement; undefined when they are in none. */
function memberOrder(items: readonly ImportItem[], fallback: MemberOrder): MemberOrder | undefined {
  const fits = (order: MemberOrder): boolean => isSorted(items, (a, b) => compareMembers(a.name, b.name, order));
  return fits(fallback) ? fallback : MEMBER_ORDERS.find(fits);
}

/** The order in which most statements of a file have their names. */
export function usualMemberOrder(statements: readonly ImportStatement[]): MemberOrder {
  const lists = statements.filter((one) => one.from !== undefined && one.items.length > 1);
  const count = (order: MemberOrder): number =>
    lists.filter((one) => isSorted(one.items, (a, b) => compareMembers(a.name, b.name, order))).length;
  return MEMBER_ORDERS.reduce((best, order) => (count(order) > count(best) ? order : best));
}

const isNew = (one: ImportItem | NewName): one is NewName => one.start === undefined;

function isOnePerLine({ items, brackets }: ImportStatement, text: string): boolean {
  if (!brackets) return false;
  return items.every((item, index) => {
    const before = index === 0 ? brackets.open : items[index - 1]!.end;
    return text.slice(before, item.start).includes('\n');
  });
}

/** Gives every name a line of its own, in brackets, when one line is too long for them; returns whether it did. */
function wrap(
  statement: ImportStatement,
  list: readonly (ImportItem | NewName)[],
  removed: ReadonlySet<ImportItem>,
  document: Document,
  changes: ChangeBuilder,
): boolean {
  const { text } = document.source;
  const { items, brackets } = statement;
  const whole = text.slice(statement.start, statement.end);
  if (/[\n\r\\#]/.test(whole)) return false;
  const from = items[0]!.start;
  const to = items.at(-1)!.end;
  const end = lineEnd(text, statement.end);
  const comment = /^[ \t]*#/.test(text.slice(statement.end, end)) ? text.slice(statement.end, end).search(/#/) : -1;
  const taken = [...removed].reduce((sum, item) => sum + item.end - item.start + 2, 0);
  const given = list.filter(isNew).reduce((sum, one) => sum + spelled(one).length + 2, 0);
  const code = statement.end - lineStart(text, statement.start) + given - taken;
  if (code <= document.style.lineLength) return false;
  const { indent } = document.style;
  const names = list.map((one) =>
    Fragment.of(indent, isNew(one) ? spelled(one) : Fragment.copy(document, one.start, one.end), ',\n'),
  );
  // Linters and type checkers look for their comments on the first line.
  const moved = comment < 0 ? '' : Fragment.of('  ', Fragment.copy(document, statement.end + comment, end));
  const start = brackets ? brackets.open : from;
  const stop = brackets ? brackets.close + 1 : to;
  changes.replace(document, start, stop, Fragment.of('(', moved, '\n', ...names, ')'));
  if (comment >= 0) changes.remove(document, Math.max(stop, statement.end), end);
  return true;
}

function addNames(
  statement: ImportStatement,
  list: readonly (ImportItem | NewName)[],
  kept: readonly ImportItem[],
  document: Document,
  changes: ChangeBuilder,
): void {
  const { text } = document.source;
  const onePerLine = isOnePerLine(statement, text);
  for (const [index, one] of list.entries()) {
    if (!isNew(one)) continue;
    const before = list.slice(0, index).findLast((other): other is ImportItem => !isNew(other));
    if (onePerLine) addLine(statement, one, before, kept, document, changes);
    else if (before === undefined) changes.insert(document, kept[0]!.start, `${spelled(one)}, `);
    else changes.insert(document, before.end, `, ${lineBreak(one, before, statement, document)}${spelled(one)}`);
  }
}

/** Adds a name on a line of its own below the one before it, whose comments stay with it. */
function addLine(
  { brackets }: ImportStatement,
  one: NewName,
  before: ImportItem | undefined,
  kept: readonly ImportItem[],
  document: Document,
  changes: ChangeBuilder,
): void {
  const { text } = document.source;
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, kept[0]!.start)))![0];
  if (before === undefined) {
    changes.insert(document, lineEnd(text, brackets!.open), `\n${indent}${spelled(one)},`);
    return;
  }
  const isLast = before === kept.at(-1);
  const comma = /^(?:\s|#.*)*,/.exec(text.slice(before.end, brackets!.close));
  if (isLast && !comma) {
    changes.insert(document, before.end, ',');
    changes.insert(document, endOfItemLine(text, before.end, brackets!.close), `\n${indent}${spelled(one)}`);
    return;
  }
  const behind = before.end + (comma?.[0].length ?? 0);
  changes.insert(document, endOfItemLine(text, behind, brackets!.close), `\n${indent}${spelled(one)},`);
}

/** The end of a line, or the closing bracket that stands on it. */
function endOfItemLine(text: string, at: number, close: number): number {
  return Math.min(lineEnd(text, at), close);
}

/** A statement over several lines goes on below when its line is full. */
function lineBreak(one: NewName, before: ImportItem, statement: ImportStatement, document: Document): string {
  const { text } = document.source;
  if (!statement.brackets || !/\n/.test(text.slice(statement.start, statement.end))) return '';
  const width = lineEnd(text, before.end) - lineStart(text, before.end) + spelled(one).length + 2;
  if (width <= document.style.lineLength) return '';
  const second = nextLine(text, statement.brackets.open);
  return `\n${/^[ \t]*/.exec(text.slice(second))![0]}`;
}

/** Takes names out with their commas, and with their lines where they have them to themselves. */
function removeNames(
  { items }: ImportStatement,
  removed: ReadonlySet<ImportItem>,
  document: Document,
  changes: ChangeBuilder,
): void {
  const { text } = document.source;
  for (let at = 0; at < items.length; at++) {
    if (!removed.has(items[at]!)) continue;
    let last = at;
    while (last + 1 < items.length && removed.has(items[last + 1]!)) last++;
    const start = lineStart(text, items[at]!.start);
    const stop = nextLine(text, items[last]!.end);
    const isOwn =
      /^[ \t]*$/.test(text.slice(start, items[at]!.start)) &&
      /^[ \t]*,?[ \t]*(?:#.*)?\r?\n$/.test(text.slice(items[last]!.end, stop));
    if (isOwn) changes.remove(document, start, stop);
    else if (last + 1 < items.length) changes.remove(document, items[at]!.start, items[last + 1]!.start);
    else changes.remove(document, items[at - 1]!.end, items[last]!.end);
    at = last;
  }
}
