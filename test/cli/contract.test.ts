import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { REFUSALS } from '../../core/edit/refusal';
import { seamline, workspace } from '../support/cli';

/** Sentences of the command line's contract (`docs/cli.md`), each tried on real input. */

interface Place {
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
}
interface Position {
  readonly line: number;
  readonly column: number;
}
interface Finding extends Place {
  readonly rule: string;
  readonly symbol?: string;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly cures: readonly { readonly id: string; readonly title: string; readonly applicability: string }[];
  readonly data: Readonly<Record<string, unknown>>;
}
interface Report {
  readonly root: string;
  readonly summary: { readonly files: number; readonly lines: number; readonly findings: number };
  readonly modules: readonly { readonly file: string; readonly lines: number; classes: number; functions: number }[];
  readonly findings: readonly Finding[];
}

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const audit = async (cwd: string, ...words: string[]): Promise<Report> =>
  JSON.parse((await seamline(cwd, ['audit', '--format', 'json', '--no-cache', ...words])).stdout) as Report;

describe('the audit of examples/', () => {
  let report: Report;
  beforeAll(async () => {
    report = await audit(EXAMPLES, '.');
  });

  test.each([
    ['oversized-module', ['lines', 'limit', 'seams']],
    ['silent-exception', ['kind', 'form', 'tryStatements']],
    ['duplicate-validator', ['kind', 'sites']],
    ['mixed-io', ['kinds', 'lines', 'methods']],
    ['streaming-callback', ['reads', 'writes', 'mutates', 'readAfter', 'passedTo']],
  ])('data of %s has its keys', (rule, keys) => {
    const own = dataOf(rule);
    expect(own.length).toBeGreaterThan(0);
    for (const data of own) expect(Object.keys(data)).toEqual(expect.arrayContaining(keys));
  });

  test('what the keys of data hold', () => {
    for (const { seams } of dataOf('oversized-module')) {
      const keys = ['names', 'lines', 'importers'];
      for (const seam of seams as object[]) expect(Object.keys(seam)).toEqual(expect.arrayContaining(keys));
    }
    const kinds = (rule: string) => dataOf(rule).map(({ kind }) => kind);
    expect(['bare', 'broad', 'narrow', 'promise']).toEqual(expect.arrayContaining(kinds('silent-exception')));
    // `drift` came later: the same name for another pattern.
    expect(['regex', 'body', 'set', 'drift']).toEqual(expect.arrayContaining(kinds('duplicate-validator')));
    for (const data of dataOf('duplicate-validator').filter(({ kind }) => kind === 'regex'))
      expect(data).toMatchObject({ pattern: expect.any(String), flags: expect.any(String), mode: expect.any(String) });
    for (const { kinds } of dataOf('mixed-io')) {
      const lines = Object.entries(kinds as Record<string, number[]>);
      expect(lines.length).toBeGreaterThan(1);
      for (const [kind, list] of lines) {
        expect(['http', 'process', 'file', 'database', 'cloud']).toContain(kind);
        expect(list.every((line) => Number.isInteger(line) && line > 0)).toBe(true);
      }
    }
    for (const { reads, writes, mutates, readAfter, passedTo } of dataOf('streaming-callback')) {
      for (const list of [reads, writes, mutates, readAfter, passedTo] as unknown[][])
        expect(list.every((one) => typeof one === 'string')).toBe(true);
    }
  });

  test('the keys of the report, its summary and its modules', () => {
    expect(Object.keys(report)).toEqual(['schemaVersion', 'tool', 'root', 'summary', 'modules', 'findings']);
    expect(Object.keys(report.summary)).toEqual(['files', 'lines', 'findings', 'byRule', 'bySeverity', 'skipped']);
    const keys = ['file', 'language', 'lines', 'classes', 'functions', 'routes'];
    for (const module of report.modules) expect(Object.keys(module)).toEqual(keys);
  });

  function dataOf(rule: string): Finding['data'][] {
    return report.findings.filter((one) => one.rule === rule).map(({ data }) => data);
  }

  test('a finding has the keys of the contract, and no others', () => {
    const keys = 'rule severity messageId args message file range related fingerprint cures data'.split(' ');
    for (const finding of report.findings) expect(Object.keys(finding).filter((key) => key !== 'symbol')).toEqual(keys);
    for (const cure of report.findings.flatMap(({ cures }) => cures)) {
      expect(Object.keys(cure)).toEqual(['id', 'title', 'applicability']);
      expect(['safe', 'review', 'unknown']).toContain(cure.applicability);
    }
  });

  test('a group is one finding: its first place, the others related, all of them in data.sites', () => {
    const groups = report.findings.filter(({ rule }) => rule === 'duplicate-validator');
    for (const { file, range, related, data } of groups) {
      const places = [{ file, range }, ...related].map((one) => `${one.file}:${one.range.start.line}`);
      const sites = (data.sites as { file: string; line: number }[]).map((one) => `${one.file}:${one.line}`);
      expect(sites.sort()).toEqual(places.sort());
    }
  });

  test('findings are sorted by file, start and rule', () => {
    const keys = report.findings.map(({ file, range: { start }, rule }) => ({ file, ...start, rule }));
    const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    const sorted = [...keys].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule),
    );
    expect(keys).toEqual(sorted);
  });

  test('lines are counted as `wc -l` counts them, plus 1 for an unterminated last one', async () => {
    for (const { file, lines } of report.modules) {
      const text = await readFile(join(report.root, file), 'utf8');
      expect([file, lines]).toEqual([file, text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0)]);
    }
    expect(report.summary.lines).toBe(report.modules.reduce((sum, { lines }) => sum + lines, 0));
  });
});

test('classes and functions count nested ones and methods, arrow functions only when bound to a name', async () => {
  const python = `class A:
    class B:
        def method(self):
            def nested(): return lambda: 1
            return nested
    async def other(self): pass
def f(): pass
`;
  const typescript = `class A { constructor() {} get b() { return 1; } c = () => 1; static async d() {} }
const e = class { f() {} };
const g = function h() {}, i = () => () => 2;
list.map((x) => x).filter(function (y) { return y; }).sort(function byName() { return 0; });
const j = function k(this: Window) {} as Handler;
const l = { m() {}, n: () => 1, o: async () => 2 };
export default function () { return () => 3; }
`;
  const folder = await workspace({ 'a.py': python, 'b.ts': typescript });
  expect((await audit(folder)).modules).toMatchObject([
    { file: 'a.py', classes: 2, functions: 4 },
    { file: 'b.ts', classes: 2, functions: 13 },
  ]);
});

describe('paths', () => {
  const SILENT =
    'def stop(worker):\n    try:\n        worker.send()\n        worker.join()\n    except:\n        pass\n';

  test('PATH may be relative to the working directory or to the root; output is relative to the root', async () => {
    const root = await workspace({ 'pkg/sub/a.py': SILENT, 'pkg/b.py': SILENT });
    const files = async (cwd: string, ...words: string[]) =>
      (await audit(cwd, ...words)).modules.map(({ file }) => file);
    expect(await files(root, 'pkg/sub')).toEqual(['pkg/sub/a.py']);
    expect(await files(join(root, 'pkg'), 'sub')).toEqual(['pkg/sub/a.py']);
    expect(await files(join(root, 'pkg/sub'), 'pkg/b.py')).toEqual(['pkg/b.py']);
    expect(await files(join(root, 'pkg/sub'))).toEqual(['pkg/sub/a.py']);
    expect(await files(root, 'pkg', 'pkg/b.py', 'pkg/sub')).toEqual(['pkg/b.py', 'pkg/sub/a.py']);
  });

  test('--at may be relative to either, and matches a related place of a group too', async () => {
    const check = (name: string) =>
      `import re\n\n\ndef ${name}(value):\n    if not re.match(r"^[a-z]{3,9}-[0-9]{4}$", value):\n        raise ValueError(value)\n    return value\n`;
    const root = await workspace({ 'pkg/a.py': check('one'), 'pkg/b.py': check('two') });
    const at = async (cwd: string, place: string) => {
      const { code, stdout } = await seamline(cwd, ['fix', '.', '--at', place, '--json']);
      const rows = JSON.parse(stdout) as { rule: string; file: string; line: number }[];
      return { code, places: rows.map(({ file, line }) => `${file}:${line}`) };
    };
    const first = { code: 0, places: ['pkg/a.py:5'] };
    expect(await at(root, 'pkg/a.py:5')).toEqual(first);
    expect(await at(join(root, 'pkg'), 'b.py:5')).toEqual(first);
    expect(await at(join(root, 'pkg'), 'pkg/b.py:5')).toEqual(first);
    expect(await at(root, 'pkg/b.py:6')).toEqual({ code: 1, places: [] });
  });

  test('the nearest configuration makes a root, as .git does', async () => {
    const root = await workspace({ 'app/seamline.json': '{}', 'app/src/a.py': SILENT });
    expect((await audit(root, 'app/src')).root).toBe(join(root, 'app'));
    expect((await audit(root, '.')).root).toBe(root);
  });
});

test('rules --json names what each cure may be refused for', async () => {
  const { stdout } = await seamline(EXAMPLES, ['rules', '--json']);
  const rules = JSON.parse(stdout) as {
    id: string;
    languages: string[];
    severity: string | Record<string, string>;
    cures: { id: string; title: string; languages: string[]; refusals: string[] }[];
  }[];
  const keys = ['id', 'title', 'languages', 'severity', 'profile', 'options', 'cures', 'docs'];
  for (const rule of rules) expect(Object.keys(rule)).toEqual(keys);
  const cures = rules.flatMap((rule) => rule.cures);
  expect(cures.map(({ id }) => id)).toEqual(expect.arrayContaining(['log-exception', 'extract-validator']));
  for (const cure of cures) {
    expect(Object.keys(cure)).toEqual(['id', 'title', 'languages', 'refusals']);
    expect(cure.refusals).toEqual(expect.arrayContaining(Object.keys(REFUSALS)));
    expect(new Set(cure.refusals).size).toBe(cure.refusals.length);
  }
  expect(cures.find(({ id }) => id === 'log-exception')?.refusals).toContain('log-sink');
  expect(rules.find(({ id }) => id === 'silent-exception')?.severity).toMatchObject({
    bare: 'error',
    broad: 'warning',
  });
});
