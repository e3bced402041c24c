import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Rule {
  readonly match: string;
  readonly name?: string;
  readonly captures?: Readonly<Record<string, { readonly name?: string; readonly patterns?: readonly object[] }>>;
}

const grammar = JSON.parse(
  await readFile(new URL('../../syntaxes/seamline-suppression.injection.json', import.meta.url), 'utf8'),
) as {
  readonly scopeName: string;
  readonly injectionSelector: string;
  readonly repository: { readonly suppression: Rule; readonly rules: { readonly patterns: readonly Rule[] } };
};
const { suppression, rules } = grammar.repository;

/** Oniguruma and JavaScript read the pattern alike but for the flag in front. */
const PATTERN = new RegExp(suppression.match.replace(/^\(\?i\)/, ''), 'i');

/** What each part of a comment is coloured as. */
function parts(comment: string): Record<string, string> | undefined {
  const match = PATTERN.exec(comment);
  if (!match) return undefined;
  const named = Object.entries(suppression.captures!).flatMap(([group, { name }]) =>
    name && match[Number(group)] !== undefined ? [[name.split('.').at(-2)!, match[Number(group)]!] as const] : [],
  );
  return { ...Object.fromEntries(named), ...(match[5] === undefined ? {} : { rules: match[5] }) };
}

test.each([
  ['# seamline: ignore[silent-exception] -- the socket is gone', 'ignore', 'silent-exception', 'the socket is gone'],
  ['// seamline: ignore[mixed-io, oversized-module]', 'ignore', 'mixed-io, oversized-module', undefined],
  ['/* seamline: ignore[mixed-io] -- written once */', 'ignore', 'mixed-io', 'written once '],
  ['{/* seamline:ignore[mixed-io] */}', 'ignore', 'mixed-io', undefined],
  ['# Seamline: Ignore-File[oversized-module] -- generated', 'Ignore-File', 'oversized-module', 'generated'],
  ['# why not  # seamline: ignore', 'ignore', undefined, undefined],
])('%s', (comment, directive, ids, reason) => {
  const found = parts(comment);
  expect(found?.directive).toBe(directive);
  expect(found?.rules).toBe(ids);
  expect(found?.reason).toBe(reason);
});

test.each(['# seamline is a tool', '# seamline: ignored', '// myseamline: ignore[x]', '# noqa: S110'])(
  'leaves alone: %s',
  (comment) => expect(parts(comment)).toBeUndefined(),
);

test('the end of a block comment is not swallowed', () => {
  const comment = '/* seamline: ignore[mixed-io] -- reason */ code()';
  expect(PATTERN.exec(comment)![0]).toBe('seamline: ignore[mixed-io] -- reason ');
});

test('ids of rules and commas are told apart', () => {
  const [id, comma] = rules.patterns.map(({ match }) => new RegExp(match, 'g'));
  expect('mixed-io, silent-exception'.match(id!)).toEqual(['mixed-io', 'silent-exception']);
  expect('mixed-io, silent-exception'.match(comma!)).toEqual([',']);
});

test('it colours comments alone', () => {
  expect(grammar.injectionSelector).toMatch(/^L:comment/);
});
