import { posix } from 'node:path';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../core/edit/typescript/imports';
import { compareText } from '../../../../core/rule/finding';
import { isTestPath } from '../../../../core/rule/test-path';
import { isLoggerName, type LogCall, logCallsOf } from './log-calls';

/** How the modules around a document get their logger: by importing one of the project's, or by using `console`. */
export type LoggerStyle =
  | {
      readonly kind: 'import';
      readonly local: string;
      readonly member: string;
      /** As the document would write it. */
      readonly specifier: string;
      /** Where it is seen, to look up how its calls look. */
      readonly seenIn: Document;
      readonly seenAs: string;
      readonly calls: readonly LogCall[];
    }
  | { readonly kind: 'console' };

/** Files that are looked at, nearest first. */
const MOST_FILES = 40;

/** The ways in which the files of the same package log, the commonest first. */
export async function projectLoggers(document: Document, snapshot: Snapshot): Promise<LoggerStyle[]> {
  const found = new Map<string, { style: LoggerStyle; count: number }>();
  for (const file of await nearestFiles(document.file, snapshot)) {
    const near = await snapshot.open(file);
    if (!/log/i.test(near.source.text) || isCommonJs(near) !== isCommonJs(document)) continue;
    for (const [key, style] of stylesIn(near, document, snapshot)) {
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { style, count: 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count).map(({ style }) => style);
}

/** Other files of the package in the same language, those with the longest common path first. */
async function nearestFiles(file: string, snapshot: Snapshot): Promise<string[]> {
  const root = await packageRoot(file, snapshot);
  const own = posix.dirname(file).split('/');
  const shared = (other: string): number => {
    const parts = posix.dirname(other).split('/');
    let count = 0;
    while (count < own.length && own[count] === parts[count]) count++;
    // Of two files below one folder the less deep one is nearer.
    return count * 100 - parts.length;
  };
  return snapshot.files
    .filter((other) => other !== file && other.startsWith(root) && /\.[cm]?[jt]sx?$/.test(other))
    .filter((other) => !/\.d\.[cm]?ts$/.test(other) && isTestPath(other) === isTestPath(file))
    .map((other) => [shared(other), other] as const)
    .sort((a, b) => b[0] - a[0] || compareText(a[1], b[1]))
    .slice(0, MOST_FILES)
    .map(([, other]) => other);
}

/** The folder of the nearest package.json, with `/` at its end; empty for the root. */
export async function packageRoot(file: string, snapshot: Snapshot): Promise<string> {
  for (let folder = posix.dirname(file); folder !== '.' && folder !== '/'; folder = posix.dirname(folder))
    if (await snapshot.exists(`${folder}/package.json`)) return `${folder}/`;
  return '';
}

function stylesIn(near: Document, document: Document, snapshot: Snapshot): [string, LoggerStyle][] {
  const calls = logCallsOf(near);
  const found: [string, LoggerStyle][] = [];
  for (const { local, member, module, typeOnly, lazy } of near.semantics.imports) {
    if (typeOnly || lazy || member === undefined || member === '*' || !isLoggerName(local)) continue;
    const own = calls.filter(({ receiver }) => receiver === local);
    const target = snapshot.modules.resolve(near.file, module);
    const stems = new Set(target.map((one) => one.replace(/\.[cm]?[jt]sx?$/, '')));
    if (own.length === 0 || stems.size !== 1 || target.includes(document.file)) continue;
    const specifier = specifierFor(module, near.file, document.file);
    found.push([
      `${target[0]} ${member} ${local}`,
      { kind: 'import', local, member, specifier, seenIn: near, seenAs: module, calls: own },
    ]);
  }
  if (calls.some(({ receiver }) => receiver === 'console')) found.push(['console', { kind: 'console' }]);
  return found;
}

/** How a file would write what another file's specifier means: aliases and packages stay, a relative path starts elsewhere. */
function specifierFor(specifier: string, from: string, to: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = posix.join(posix.dirname(from), specifier);
  const relative = posix.relative(posix.dirname(to), path);
  if (relative === '') return '.';
  return relative.startsWith('.') ? relative : `./${relative}`;
}
