import { execFileSync } from 'node:child_process';
import { lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seamline, workspace } from '../support/cli';

const SILENT =
  'def save(path, data):\n    try:\n        path.write_text(data)\n        path.chmod(384)\n    except Exception:\n        pass\n';
const BARE =
  'def save(path, data):\n    try:\n        path.write_text(data)\n        path.chmod(384)\n    except:\n        pass\n';
const FINE = 'def add(a, b):\n    return a + b\n';

const json = (stdout: string) => JSON.parse(stdout) as Report;
interface Report {
  schemaVersion: number;
  root: string;
  summary: {
    files: number;
    lines: number;
    findings: number;
    byRule: object;
    bySeverity: object;
    skipped: unknown[];
    stats?: object;
  };
  modules: { file: string; lines: number; functions: number }[];
  findings: {
    rule: string;
    severity: string;
    file: string;
    message: string;
    range: { start: object; end: object };
    fingerprint: string;
  }[];
}

describe('audit: exit codes', () => {
  test('0 without findings', async () => {
    const folder = await workspace({ 'a.py': FINE });
    expect(await seamline(folder, ['audit'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('0 for warnings by default, 1 for errors', async () => {
    const folder = await workspace({ 'a.py': SILENT, 'bare/b.py': BARE });
    expect((await seamline(folder, ['audit', 'a.py'])).code).toBe(0);
    expect((await seamline(folder, ['audit', 'bare'])).code).toBe(1);
  });

  test.each([
    ['error', 0],
    ['warning', 1],
    ['information', 1],
    ['none', 0],
  ])('--fail-on %s with a warning exits %i', async (least, code) => {
    const folder = await workspace({ 'a.py': SILENT });
    expect((await seamline(folder, ['audit', '--fail-on', least])).code).toBe(code);
  });

  test.each([
    ['an unknown option', ['audit', '--wat'], /unknown option '--wat'/],
    ['an option of the contract that is not built yet', ['audit', '--shard', '1/2'], /unknown option '--shard'/],
    ['an unknown format', ['audit', '--format', 'pdf'], /--format.*Allowed choices are text, json, markdown/],
    ['an unknown rule', ['audit', '--rule', 'silent-exeption'], /silent-exeption/],
    ['an unknown command', ['mend', '.'], /unknown command 'mend'/],
    ['a path that does not exist', ['audit', 'nowhere'], /nowhere/],
    ['a path outside the root', ['audit', 'a.py', '/'], /outside the root/],
    ['an output folder that does not exist', ['audit', '--output', 'no/such/report.md'], /no\/such.*does not exist/],
    ['an output that is a folder', ['audit', '--output', '.'], /--output \.: this is a folder; name a file/],
    ['a language that it does not speak', ['audit', '--lang', 'de'], /--lang.*Allowed choices are en, pl/],
    ['a number of workers that is none', ['audit', '--jobs', 'many'], /--jobs.*whole number/],
    ['no command at all', [], /Usage/],
  ])('2 for %s: one clear message, no stack trace', async (_, words, message) => {
    const folder = await workspace({ 'a.py': FINE });
    const { code, stdout, stderr } = await seamline(folder, words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('2 for a broken configuration, found before any analysis and with nothing written', async () => {
    const folder = await workspace({
      'a.py': SILENT,
      'deep/seamline.json': '{\n  "rules": { "silent-exception": "loud" }\n}\n',
    });
    const { code, stderr } = await seamline(folder, ['audit', '--output', 'report.txt']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^seamline: deep\/seamline\.json:2:\d+.*silent-exception/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => !name.startsWith('.')).sort()).toEqual(['a.py', 'deep']);
  });

  test('0 and a line on stderr where there is nothing to audit', async () => {
    const folder = await workspace({ 'notes.txt': 'hello' });
    const { code, stderr } = await seamline(folder, ['audit']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/no Python, TypeScript or JavaScript file/);
  });
});

describe('audit: JSON', () => {
  test('has the shape of the contract, 1-based positions and an exclusive end', async () => {
    const folder = await workspace({ 'pkg/a.py': `\uFEFF# "😀"\r\n${SILENT.replaceAll('\n', '\r\n')}x = 1` });
    const { code, stdout } = await seamline(folder, ['audit', '--format', 'json', '--stats']);
    expect(code).toBe(0);
    const report = json(stdout);
    expect(report).toMatchObject({ schemaVersion: 1, tool: { name: 'seamline' }, root: folder });
    expect(report.summary).toMatchObject({
      files: 1,
      lines: 8,
      findings: 1,
      byRule: { 'silent-exception': 1 },
      skipped: [],
    });
    expect(report.summary.bySeverity).toEqual({ error: 0, warning: 1, information: 0, hint: 0 });
    expect(Object.keys(report.summary.stats ?? {})).toEqual(
      expect.arrayContaining([
        'wallMs',
        'cpuMs',
        'parseMs',
        'filesParsed',
        'filesFromCache',
        'peakRssMb',
        'engine',
        'jobs',
      ]),
    );
    expect(report.modules).toEqual([
      { file: 'pkg/a.py', language: 'python', lines: 8, classes: 0, functions: 1, routes: 0 },
    ]);
    const [finding] = report.findings;
    expect(finding).toMatchObject({
      rule: 'silent-exception',
      severity: 'warning',
      file: 'pkg/a.py',
      symbol: 'save',
      cures: expect.arrayContaining([
        { id: 'log-exception', title: 'Log the exception', applicability: 'safe' },
        { id: 'explain-exception', title: 'Say why the exception may be dropped', applicability: 'unknown' },
      ]),
    });
    expect(finding?.range.start).toEqual({ line: 6, column: 5 });
    expect(finding?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is the same for any number of workers, any engine and with or without the cache', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`m${index}/a${index}.py`, index % 2 ? SILENT : `${BARE}broken(\n`]),
    );
    const folder = await workspace(files);
    const outputs: string[] = [];
    for (const options of [
      ['--engine', 'wasm', '--no-cache'],
      ['--jobs', '2', '--engine', 'wasm'],
      ['--jobs', '1'],
      ['--jobs', '3', '--no-cache'],
    ]) {
      outputs.push((await seamline(folder, ['audit', '--format', 'json', ...options])).stdout);
    }
    expect(new Set(outputs).size).toBe(1);
    expect(json(outputs[0]!).summary.findings).toBeGreaterThan(30);
  });

  test('fingerprints survive moving a file and edits elsewhere in it', async () => {
    const before = await workspace({ 'a.py': SILENT });
    const after = await workspace({ 'moved/b.py': `import os\n\n\n${SILENT}\n\ndef other():\n    return os.name\n` });
    const of = async (folder: string) =>
      json((await seamline(folder, ['audit', '--format', 'json'])).stdout).findings[0]?.fingerprint;
    expect(await of(after)).toBe(await of(before));
  });

  test('--severity hides the milder findings, --rule runs one rule', async () => {
    const folder = await workspace({ 'a.py': SILENT, 'b.py': BARE });
    const errors = json((await seamline(folder, ['audit', '--format', 'json', '--severity', 'error'])).stdout);
    expect(errors.findings.map((one) => one.file)).toEqual(['b.py']);
    const other = json((await seamline(folder, ['audit', '--format', 'json', '--rule', 'mixed-io'])).stdout);
    expect(other.findings).toEqual([]);
  });
});

describe('audit: text', () => {
  test('groups by file, shows the source line with a caret, and sums up', async () => {
    const folder = await workspace({ 'pkg/a.py': SILENT });
    const { stdout } = await seamline(folder, ['audit']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('pkg/a.py');
    expect(lines[1]).toMatch(/^ {2}5:5 +warning {2}.+ silent-exception$/);
    expect(lines[2]).toBe('    | except Exception:');
    expect(lines[3]).toMatch(/^ {4}\| \^+$/);
    expect(stdout).toMatch(/1 finding in 1 file: 1 warning \(1 file, 6 lines audited\)/);
  });

  test('colours only when asked or at a terminal', async () => {
    const folder = await workspace({ 'a.py': SILENT });
    expect((await seamline(folder, ['audit'])).stdout).not.toContain('\u001b[');
    expect((await seamline(folder, ['audit'], { NO_COLOR: '', FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
    const off = await seamline(folder, ['audit', '--no-color'], { NO_COLOR: '', FORCE_COLOR: '1' });
    expect(off.stdout).not.toContain('\u001b[');
  });

  test('--lang pl speaks Polish; JSON is English whatever the language', async () => {
    const folder = await workspace({ 'a.py': SILENT, 'b.py': SILENT });
    const { stdout } = await seamline(folder, ['audit', '--lang', 'pl', '--stats']);
    expect(stdout).toMatch(/^ {2}5:5 +ostrzeżenie {2}łapie każdy wyjątek/m);
    expect(stdout).toContain('2 znaleziska w 2 plikach: 2 ostrzeżenia (zbadano: 2 pliki, 12 wierszy)');
    expect(stdout).toMatch(/Obsługa wyjątku, która go połyka/);
    expect(stdout).toMatch(/\d+ ms czasu procesora.*, 1 wątek, parser wasm/);
    const words = ['audit', '--format', 'json', '--lang'];
    expect((await seamline(folder, [...words, 'pl'])).stdout).toBe((await seamline(folder, [...words, 'en'])).stdout);
  });

  test('control characters of the audited code do not reach the terminal', async () => {
    const folder = await workspace({ 'a.py': SILENT.replace('Exception:', 'Exception:  # \u001b[2J\u202e') });
    const { stdout } = await seamline(folder, ['audit']);
    expect(stdout).toContain('# \ufffd[2J\ufffd');
    expect(stdout).not.toContain('\u001b');
  });

  test('--quiet prints the findings only', async () => {
    const folder = await workspace({ 'a.py': SILENT });
    expect((await seamline(folder, ['audit', '--quiet'])).stdout.trim().split('\n')).toHaveLength(2);
  });

  test('names the files that were left out with their reasons', async () => {
    const folder = await workspace({ 'a.py': FINE, 'bad.py': new Uint8Array([0x78, 0x20, 0x3d, 0xff, 0xfe, 0x0a]) });
    expect((await seamline(folder, ['audit'])).stdout).toMatch(/bad\.py: encoding/);
  });
});

describe('audit: markdown', () => {
  test('has goal and scope, top risks, findings and metrics', async () => {
    const folder = await workspace({ 'pkg/a.py': SILENT + BARE.replace('save', 'store') });
    const { stdout } = await seamline(folder, ['audit', '--format', 'markdown', '--fail-on', 'none']);
    const headings = stdout.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual(['## Goal and scope', '## Top risks', '## Findings', '## Metrics']);
    expect(stdout).toMatch(/### 1\. Medium: `pkg\/a\.py` \(12 lines, 2 functions\)/);
    expect(stdout).toContain('| `pkg/a.py` | 12 | 0 | 2 | 0 | 2 |');
  });

  test('--lang pl speaks Polish, with its plurals', async () => {
    const folder = await workspace({ 'pkg/a.py': SILENT + BARE.replace('save', 'store'), 'pkg/bad.py': 'def (:\n' });
    const words = ['audit', '--format', 'markdown', '--lang', 'pl', '--fail-on', 'none'];
    const { stdout } = await seamline(folder, words);
    const headings = stdout.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual(['## Cel i zakres', '## Najważniejsze ryzyka', '## Znaleziska', '## Metryki']);
    expect(stdout).toMatch(/^# Raport refaktoryzacji: /);
    expect(stdout).toContain('- Zbadano: 2 pliki, 13 wierszy (python 2)');
    expect(stdout).toContain('- Znaleziska: 2 (1 błąd, 1 ostrzeżenie)');
    expect(stdout).toContain('błąd składni 1');
    expect(stdout).toContain('### 1. Średnie: `pkg/a.py` (12 wierszy, 2 funkcje)');
    expect(stdout).toContain('- Zalecenie: Zapisz wyjątek w dzienniku');
    expect(stdout).toContain('- **ostrzeżenie** `pkg/a.py:5` w `save`: łapie każdy wyjątek');
    expect(stdout).toContain('| Wszystkie 2 zbadane pliki | 13 | 0 | 2 | 0 | 2 |');
  });

  test('an audit without findings says so in either language', async () => {
    const folder = await workspace({ 'a.py': FINE });
    const report = async (lang: string) =>
      (await seamline(folder, ['audit', '--format', 'markdown', '--lang', lang])).stdout;
    expect(await report('en')).toContain('## Findings\n\nNone.\n');
    expect(await report('pl')).toContain('## Znaleziska\n\nBrak.\n');
  });

  test('code in messages is code, everything else is escaped, and a bar does not end a cell', async () => {
    const folder = await workspace({ 'pkg/a|b.py': BARE, 'pkg/<b>_x_.py': SILENT });
    const { stdout } = await seamline(folder, ['audit', '--format', 'markdown', '--fail-on', 'none']);
    expect(stdout).toContain('use `except Exception`, and log it');
    expect(stdout).toContain('| `pkg/a\\|b.py` | 6 |');
    expect(stdout).toContain('`pkg/<b>_x_.py:5`');
  });

  test('--output writes the file whole and leaves nothing beside it', async () => {
    const folder = await workspace({ 'a.py': SILENT });
    const { stdout } = await seamline(folder, ['audit', '--format', 'markdown', '--output', 'report.md']);
    expect(stdout).toBe('');
    expect((await stat(join(folder, 'report.md'))).isFile()).toBe(true);
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toMatch(/^# Refactor report/);
    expect((await readdir(folder)).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('--output through a link writes what it leads to; a pipe is written to, and stays one', async () => {
    const folder = await workspace({ 'a.py': SILENT, 'reports/old.md': 'old' });
    await symlink('reports/old.md', join(folder, 'latest.md'));
    await seamline(folder, ['audit', '--format', 'markdown', '--output', 'latest.md']);
    expect((await lstat(join(folder, 'latest.md'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder, 'reports/old.md'), 'utf8')).toMatch(/^# Refactor report/);

    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [text] = await Promise.all([readFile(pipe, 'utf8'), seamline(folder, ['audit', '--output', 'pipe'])]);
    expect(text).toContain('silent-exception');
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  });
});
