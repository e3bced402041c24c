import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyRule } from '../../core/rule/rule';
import { resolveSettings } from '../../session/config/settings';
import { UsageError } from '../../session/index';
import { RULES } from '../../session/registry';
import { filesOf, workspace } from './workspace';

const BARE = 'x = 1  # seamline: ignore\n';

async function messageOf(files: Readonly<Record<string, string>>, request = {}): Promise<string> {
  const { audit } = await workspace({ 'a.py': 'x = 1\n', ...files });
  const progress: number[] = [];
  const outcome = await audit({ ...request, onProgress: (done) => progress.push(done) }).catch((error) => error);
  expect(outcome).toBeInstanceOf(UsageError);
  expect(progress).toEqual([]);
  return (outcome as Error).message;
}

describe('a wrong configuration is named by file, line, column and key', () => {
  test.each([
    [
      'broken JSON',
      { 'seamline.json': '{\n  "rules": {,}\n}' },
      'seamline.json:2:13: not valid JSON: value expected; correct the syntax',
    ],
    ['an empty file', { 'seamline.json': '' }, 'seamline.json:1:1: '],
    ['a list', { 'seamline.json': '[]' }, 'seamline.json:1:1: expected an object, found []'],
    [
      'an unknown key',
      { 'seamline.json': '{ "excludes": [] }' },
      'seamline.json:1:3: excludes: unknown key; did you mean "exclude"?',
    ],
    [
      'a strange key',
      { 'seamline.json': '{ "colour": 1 }' },
      'seamline.json:1:3: colour: unknown key; remove it or use one of "$schema", "profile"',
    ],
    [
      'an unknown rule',
      { 'seamline.json': '{\n  // why\n  "rules": {\n    "unused-supression": "off"\n  }\n}' },
      'seamline.json:4:5: rules.unused-supression: unknown rule; did you mean "unused-suppression"?',
    ],
    [
      'an unknown level',
      { 'seamline.json': '{ "rules": { "unused-suppression": "warn" } }' },
      'seamline.json:1:36: rules.unused-suppression: expected "off", "error", "warning", "information", "hint" or an object with options, found "warn"; did you mean "warning"?',
    ],
    [
      'a number for a rule',
      { 'seamline.json': '{ "rules": { "unused-suppression": 3 } }' },
      'seamline.json:1:36: rules.unused-suppression: expected "off"',
    ],
    [
      'an unknown option',
      { 'seamline.json': '{ "rules": { "unused-suppression": { "severty": "hint" } } }' },
      'seamline.json:1:38: rules.unused-suppression.severty: unknown key; did you mean "severity"?',
    ],
    [
      'an unknown case',
      { 'seamline.json': '{ "rules": { "unused-suppression": { "severity": { "unusd": "hint" } } } }' },
      'seamline.json:1:52: rules.unused-suppression.severity.unusd: unknown key; did you mean "unused"?',
    ],
    [
      'a wrong element',
      { 'seamline.json': '{ "exclude": ["a", 3] }' },
      'seamline.json:1:20: exclude.1: expected a string, found 3',
    ],
    [
      'a wrong profile',
      { 'seamline.json': '{ "profile": "ful" }' },
      'seamline.json:1:14: profile: expected "default", "full", found "ful"; did you mean "full"?',
    ],
    ['broken TOML', { 'pyproject.toml': '[tool.seamline]\nprofile = "full\n' }, 'pyproject.toml:2:16: not valid TOML'],
    [
      'TOML, a table',
      { 'pyproject.toml': '[project]\nname = "x"\n\n[tool.seamline.rules.unused-suppression]\nseverety = "hint"\n' },
      'pyproject.toml:5:1: rules.unused-suppression.severety: unknown key; did you mean "severity"?',
    ],
    [
      'TOML, dotted keys',
      { 'pyproject.toml': '[tool]\nseamline.rules.nothing-like-it = "off"\n' },
      'pyproject.toml:2:16: rules.nothing-like-it: unknown rule',
    ],
    [
      'TOML, inline tables',
      { 'pyproject.toml': '[tool.seamline]\nrules = { "unused-suppression" = "loud" }\n' },
      'pyproject.toml:2:34: rules.unused-suppression: expected',
    ],
    [
      'TOML, an array',
      { 'pyproject.toml': '[tool.seamline]\ntests = [\n  "a",\n  1,\n]\n' },
      'pyproject.toml:4:3: tests.1: expected a string, found 1',
    ],
    [
      'package.json',
      { 'package.json': '{\n  "name": "x",\n  "seamline": { "profil": "full" }\n}' },
      'package.json:3:17: profil: unknown key; did you mean "profile"?',
    ],
    [
      'a broken package.json that has the key',
      { 'package.json': '{ "seamline": { ' },
      'package.json:1:17: not valid JSON',
    ],
    [
      'a nested one, the first by name',
      {
        'seamline.json': '{}',
        'b/seamline.json': '{ "b": 1 }',
        'a/pyproject.toml': '[tool.seamline]\na = 1\n',
        'a/x.py': '',
      },
      'a/pyproject.toml:2:1: a: unknown key',
    ],
  ])('%s', async (_, files, expected) => {
    expect(await messageOf(files as unknown as Record<string, string>)).toContain(expected);
  });

  test('one above the audited folder is checked, one beside it is not', async () => {
    const { audit, path } = await workspace({
      '.git/HEAD': '',
      'src/pkg/seamline.json': '{ "x": 1 }',
      'src/pkg/in/a.py': '',
      'other/seamline.json': '{ "y": 1 }',
    });
    await expect(audit({ paths: ['src/pkg/in'] })).rejects.toThrow('seamline.json:1:3: x: unknown key');
    expect(filesOf(await audit({ cwd: path('src'), paths: [path('.git')] }))).toEqual([]);
  });

  test('files of others that do not concern us may be broken', async () => {
    const { audit } = await workspace({ 'package.json': '{ nonsense', 'pyproject.toml': '[[[', 'a.py': '' });
    expect(filesOf(await audit())).toEqual(['a.py']);
  });

  test('those in ignored and vendored folders do not count', async () => {
    const { audit } = await workspace({
      '.gitignore': 'tmp/\n',
      'tmp/seamline.json': '{',
      'node_modules/x/seamline.json': '{',
      'a.py': '',
    });
    expect(filesOf(await audit())).toEqual(['a.py']);
  });

  test('the command line: an unknown rule, a wrong file, wrong jobs', async () => {
    expect(await messageOf({}, { rules: ['unused-supression'] })).toBe(
      '--rule unused-supression: no such rule; did you mean "unused-suppression"?',
    );
    expect(await messageOf({}, { configFile: 'none.json' })).toContain(
      'none.json: the configuration cannot be read (ENOENT)',
    );
    expect(await messageOf({ 'x.toml': '[tool.other]\n' }, { configFile: 'x.toml' })).toContain(
      'x.toml: has no table [tool.seamline]',
    );
    expect(await messageOf({ 'x.json': '{ "a": 1 }' }, { configFile: 'x.json' })).toContain(
      'x.json:1:3: a: unknown key',
    );
    expect(await messageOf({}, { jobs: 0 })).toContain('--jobs 0');
  });
});

describe('what is configured', () => {
  const severities = async (files: Readonly<Record<string, string>>, request = {}) => {
    const { audit } = await workspace(files);
    const { findings } = await audit(request);
    return findings
      .filter(({ rule }) => rule === 'unused-suppression')
      .map(({ file, severity }) => `${file} ${severity}`);
  };

  test('each kind of file, JSON with comments and a trailing comma', async () => {
    expect(await severities({ 'a.py': BARE })).toEqual(['a.py warning']);
    expect(
      await severities({ 'a.py': BARE, 'seamline.json': '{ /* c */ "rules": { "unused-suppression": "error", } }' }),
    ).toEqual(['a.py error']);
    expect(
      await severities({
        'a.py': BARE,
        'seamline.json': '\ufeff{ "rules": { "unused-suppression": { "severity": { "bare": "hint" } } } }',
      }),
    ).toEqual(['a.py hint']);
    expect(
      await severities({ 'a.py': BARE, 'pyproject.toml': '[tool.seamline.rules]\nunused-suppression = "hint"\n' }),
    ).toEqual(['a.py hint']);
    expect(
      await severities({
        'a.py': BARE,
        'package.json': '{ "seamline": { "rules": { "unused-suppression": "off" } } }',
      }),
    ).toEqual([]);
  });

  test('in one folder seamline.json comes before pyproject.toml before package.json', async () => {
    const pyproject = '[tool.seamline.rules]\nunused-suppression = "hint"\n';
    const packageJson = '{ "seamline": { "rules": { "unused-suppression": "error" } } }';
    expect(await severities({ 'a.py': BARE, 'pyproject.toml': pyproject, 'package.json': packageJson })).toEqual([
      'a.py hint',
    ]);
    expect(await severities({ 'a.py': BARE, 'pyproject.toml': pyproject, 'seamline.json': '{}' })).toEqual([
      'a.py warning',
    ]);
  });

  test('the nearest folder decides, rule by rule; --config replaces them all; --rule switches on', async () => {
    const files = {
      'seamline.json': '{ "rules": { "unused-suppression": "off" } }',
      'one.json': '{ "rules": { "unused-suppression": "error" } }',
      'a.py': BARE,
      'sub/seamline.json': '{ "rules": { "unused-suppression": "hint" } }',
      'sub/deep/b.py': BARE,
      'plain/seamline.json': '{ "profile": "full" }',
      'plain/c.py': BARE,
    };
    expect(await severities(files)).toEqual(['sub/deep/b.py hint']);
    expect(await severities(files, { configFile: 'one.json' })).toEqual([
      'a.py error',
      'plain/c.py error',
      'sub/deep/b.py error',
    ]);
    expect(await severities(files, { rules: ['unused-suppression'] })).toEqual([
      'a.py warning',
      'plain/c.py warning',
      'sub/deep/b.py hint',
    ]);
  });

  test('exclude adds up from folder to folder and is relative to its file', async () => {
    const { audit } = await workspace({
      'seamline.json': '{ "exclude": ["legacy/", "*.spec.ts"] }',
      'legacy/a.py': '',
      'b.spec.ts': '',
      'pkg/pyproject.toml': '[tool.seamline]\nexclude = ["/a.py", "!keep.spec.ts"]\n',
      'pkg/a.py': '',
      'pkg/keep.spec.ts': '',
      'pkg/src/a.py': '',
    });
    expect(filesOf(await audit())).toEqual(['pkg/keep.spec.ts', 'pkg/src/a.py']);
    expect(filesOf(await audit({ paths: ['legacy/a.py'] }))).toEqual(['legacy/a.py']);
  });
});

describe('settings', () => {
  let full: AnyRule;
  beforeEach(() => {
    full = { ...RULES[0]!, meta: { ...RULES[0]!.meta, id: 'full-rule', profile: 'full' } };
  });

  test('tests: patterns, exceptions, and the usual names', () => {
    const configs = [
      { folder: '', config: { tests: ['checks/', '!tests/data/'] } },
      { folder: 'pkg', config: { tests: ['*.check.ts'] } },
    ];
    const { lookup } = resolveSettings(configs, {}, RULES);
    const isTest = (file: string) => lookup(file).isTest;
    expect(['checks/a.py', 'tests/a.py', 'test_x.py', 'pkg/a.check.ts'].map(isTest)).toEqual([true, true, true, true]);
    expect(['tests/data/a.py', 'a.py', 'pkg/checks/a.py'].map(isTest)).toEqual([false, false, false]);
  });

  test('the profile: the command line, then the nearest configuration', () => {
    const configs = [{ folder: 'pkg', config: { profile: 'full' as const } }];
    const enabled = (file: string, overrides = {}) =>
      resolveSettings(configs, overrides, [full]).lookup(file).rule('full-rule').enabled;
    expect([enabled('a.py'), enabled('pkg/a.py'), enabled('pkgs/a.py')]).toEqual([false, true, false]);
    expect([enabled('a.py', { profile: 'full' }), enabled('pkg/a.py', { profile: 'default' })]).toEqual([true, false]);
    expect(resolveSettings([], {}, [full]).rules).toEqual([]);
    expect(resolveSettings(configs, {}, [full]).rules).toEqual([full]);
  });
});
