import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../session/registry';
import { parseFixtures } from '../support/fixtures';

/** What was judged by reading findings on real projects: facts only, and every mended error names a fixture that exists. */
const FOLDER = new URL('./', import.meta.url);
const HEADLINE = ['duplicate-validator', 'mixed-io', 'oversized-module', 'silent-exception', 'streaming-callback'];

interface Ruling {
  readonly cells: readonly string[];
  readonly line: number;
}

async function rulingsOf(rule: string): Promise<{ comments: string[]; header: string; rows: Ruling[] }> {
  const lines = (await readFile(new URL(`${rule}.tsv`, FOLDER), 'utf8')).trimEnd().split('\n');
  const numbered = lines.map((text, index) => ({ text, line: index + 1 }));
  const [header, ...rows] = numbered.filter(({ text }) => !text.startsWith('#'));
  return {
    comments: lines.filter((text) => text.startsWith('#')),
    header: header?.text ?? '',
    rows: rows.map(({ text, line }) => ({ cells: text.split('\t'), line })),
  };
}

async function fixtureTitles(rule: string): Promise<Set<string>> {
  const folder = new URL(`../../rules/${rule}/fixtures/`, import.meta.url);
  const pages = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')));
  return new Set(pages.flatMap(parseFixtures).map((one) => one.title));
}

test('every headline rule was judged', () => {
  expect(RULES.map((rule) => rule.meta.id)).toEqual(expect.arrayContaining(HEADLINE));
});

describe.each(HEADLINE)('%s', (rule) => {
  test('states its seed, and each row is complete', async () => {
    const { comments, header, rows } = await rulingsOf(rule);
    expect(comments.join('\n')).toMatch(/seed \d+/);
    expect(header).toBe('project\trevision\tfile\tline\tverdict\treason');
    for (const { cells, line } of rows) {
      expect(cells, `line ${line}`).toHaveLength(6);
      const [project, revision, file, at, verdict, reason] = cells as [string, string, string, string, string, string];
      expect(project, `line ${line}`).toMatch(/^[\w.-]+\/[\w.-]+$/);
      expect(revision, `line ${line}`).toMatch(/^[0-9a-f]{7,40}$/);
      expect(file, `line ${line}`).toMatch(/\.([cm]?[jt]sx?|py)$/);
      expect(Number(at), `line ${line}`).toBeGreaterThan(0);
      expect(['right', 'wrong'], `line ${line}`).toContain(verdict);
      expect(reason.length, `line ${line}`).toBeGreaterThan(10);
    }
  });

  test('at least five Python and five TypeScript or JavaScript projects were read', async () => {
    const { rows } = await rulingsOf(rule);
    const projects = (ending: RegExp) => new Set(rows.filter(({ cells }) => ending.test(cells[2]!)).map(({ cells }) => cells[0]));
    expect(projects(/\.py$/).size).toBeGreaterThanOrEqual(5);
    expect(projects(/\.[cm]?[jt]sx?$/).size).toBeGreaterThanOrEqual(5);
  });

  test('an error that was mended names the fixture that covers its family', async () => {
    const titles = await fixtureTitles(rule);
    const { rows } = await rulingsOf(rule);
    const missing = rows.flatMap(({ cells, line }) => {
      const named = /covered by (?:the )?fixtures? ['‘"]([^'’"]+(?:'s [^'’"]+)?)['’"]/.exec(cells[5] ?? '')?.[1];
      return named !== undefined && !titles.has(named) ? [`line ${line}: ${named}`] : [];
    });
    expect(missing).toEqual([]);
  });
});
