import { access, readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COLLECTORS } from '../../session/collectors';
import { RULES } from '../../session/registry';
import { type FixtureCase, familiesOf, isPositive, parseFixtures } from '../support/fixtures';

/** Forgetting is impossible: a rule is code, a page, fixtures for each language that it claims, and documented options. */
const PAGE_HEADINGS = ['What it does', 'Why', 'Before', 'After', 'Options'];
const CASES_PER_LANGUAGE = 12;
/** Judges comments, not code: its few cases are the same in every language. */
const WITHOUT_QUOTA = new Set(['unused-suppression']);

const folderOf = (id: string) => new URL(`../../rules/${id}/`, import.meta.url);

async function casesOf(id: string): Promise<FixtureCase[]> {
  const folder = new URL('fixtures/', folderOf(id));
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  return (
    await Promise.all(pages.map(async (page) => parseFixtures(await readFile(new URL(page, folder), 'utf8'))))
  ).flat();
}

/** Code without names and literals: two cases that are equal in this differ only in those. */
function skeleton(one: FixtureCase): string {
  return one.files
    .map((file) =>
      file.text
        .replace(/(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g, '""')
        .replace(/\b\d[\w.]*/g, '0')
        .replace(/\s+/g, ' '),
    )
    .join('\n')
    .replace(/[A-Za-z_$][\w$]*/g, (word) => (KEYWORDS.has(word) ? word : 'x'));
}
const KEYWORDS = new Set(
  'and as async await break case catch class const continue def del elif else except export extends finally for from function if import in is lambda let match new None nonlocal not null or pass raise return self static super this throw True true False false try undefined var while with yield'.split(
    ' ',
  ),
);

test('every folder under rules/ is registered', async () => {
  const entries = await readdir(new URL('../../rules/', import.meta.url), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(RULES.map((rule) => rule.meta.id).sort()).toEqual(folders.sort());
});

describe.each(RULES.map((rule) => [rule.meta.id, rule] as const))('%s', (id, rule) => {
  test('gets the facts that it collects', () => {
    expect(COLLECTORS).toContain(rule.collect);
  });

  test('has an implementation and a page with its sections', async () => {
    await access(new URL('index.ts', folderOf(id)));
    const page = await readFile(new URL('README.md', folderOf(id)), 'utf8');
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    for (const heading of PAGE_HEADINGS) expect(page).toContain(`\n## ${heading}\n`);
  });

  test('shows its smell on less than a screen', async () => {
    const page = await readFile(new URL('README.md', folderOf(id)), 'utf8');
    const before = parseFixtures(page).filter((one) => one.title.startsWith('Before'));
    expect(before.length).toBeGreaterThan(0);
    for (const file of before.flatMap((one) => one.files))
      expect(file.text.split('\n').length, file.path).toBeLessThan(50);
  });

  test('documents every option on its page and in the schema, with a default', async () => {
    const page = await readFile(new URL('README.md', folderOf(id)), 'utf8');
    const schema = z.toJSONSchema(rule.options, { io: 'output' }) as {
      properties?: Record<string, { description?: string; default?: unknown }>;
    };
    for (const [name, option] of Object.entries(schema.properties ?? {})) {
      expect(page, `option ${name}`).toContain(`\`${name}\``);
      expect(option.description, `option ${name}`).toBeTruthy();
      expect(option.default, `option ${name}`).not.toBeUndefined();
    }
  });

  test('renders every message id that its fixtures show, and explains itself in the report', () => {
    expect(Object.values(rule.meta.messages).every((message) => message.trim() !== '')).toBe(true);
    expect(rule.meta.advice?.reason).toBeTruthy();
    expect(rule.meta.advice?.recommendation).toBeTruthy();
  });

  test.each(rule.meta.languages)('has its positive and negative fixtures in %s', async (family) => {
    const cases = (await casesOf(id)).filter((one) => familiesOf(one).has(family));
    const least = WITHOUT_QUOTA.has(id) ? 1 : CASES_PER_LANGUAGE;
    expect(cases.filter(isPositive).length, 'positive cases').toBeGreaterThanOrEqual(least);
    expect(cases.filter((one) => !isPositive(one)).length, 'negative cases').toBeGreaterThanOrEqual(least);
    expect(
      cases.some((one) => JSON.stringify(one.options) === '{}'),
      'a case with the default options',
    ).toBe(true);
  });

  test('has no two fixtures that differ only in names or literals', async () => {
    const seen = new Map<string, string>();
    for (const one of await casesOf(id)) {
      const key = `${skeleton(one)} ${JSON.stringify(one.options)}`;
      expect(seen.get(key), `"${one.title}" repeats`).toBeUndefined();
      seen.set(key, one.title);
    }
  });
});
