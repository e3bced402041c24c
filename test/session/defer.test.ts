import { describe, expect, test } from 'vitest';
import { EQUIVALENTS } from '../../session/config/defer/equivalents';
import { RULES } from '../../session/registry';
import { workspace } from './workspace';

const handler = (name: string, clause: string, body: string) =>
  `def ${name}(item):\n    try:\n        item.post()\n    ${clause}:\n        ${body}\n`;
const PYTHON = [
  handler('bare_pass', 'except', 'pass'),
  handler('broad_pass', 'except Exception', 'pass'),
  `def broad_continue(items):\n    for item in items:\n        try:\n            item.post()\n        except Exception:\n            continue\n`,
  handler('broad_value', 'except Exception', 'return []'),
  handler('narrow_pass', 'except ConnectionError', 'pass'),
].join('\n');
const ALL = ['bare_pass', 'broad_pass', 'broad_continue', 'broad_value', 'narrow_pass'];

const TYPESCRIPT = `export function empty(item: Item) {
  try {
    item.post();
  } catch {}
}
export function commented(item: Item) {
  try {
    item.post();
  } catch {
    // TODO
  }
}
export function value(item: Item) {
  try {
    item.post();
  } catch {
    return [];
  }
}
`;

type Files = Readonly<Record<string, string>>;

/** The functions whose handlers are still reported. */
async function reported(file: string, code: string, files: Files, config: object): Promise<(string | undefined)[]> {
  const rules = { 'silent-exception': { strictness: 'all' } };
  const space = await workspace({ [file]: code, 'seamline.json': JSON.stringify({ rules, ...config }), ...files });
  const { findings } = await space.audit({ rules: ['silent-exception'] });
  return findings.map((finding) => finding.symbol);
}
const python = (files: Files, config: object = { deferTo: ['ruff'] }, file = 'src/app/a.py') =>
  reported(file, PYTHON, files, config);
const typescript = (files: Files, config: object = { deferTo: ['eslint'] }, file = 'src/app/a.ts') =>
  reported(file, TYPESCRIPT, files, config);

const lint = (lines: string) => ({ 'ruff.toml': `[lint]\n${lines}\n` });
const eslintrc = (value: object) => ({ '.eslintrc.json': JSON.stringify(value) });
const NO_EMPTY = { rules: { 'no-empty': 'error' } };

test('the checks that are deferred to are aliases of their rule', () => {
  for (const [id, list] of Object.entries(EQUIVALENTS)) {
    const aliases = RULES.find((rule) => rule.meta.id === id)!.meta.aliases!;
    // Comments for Pylint suppress nothing of ours: it names its checks by words that change between versions.
    for (const { linter, check } of list.filter((one) => one.linter !== 'pylint'))
      expect(linter === 'ruff' ? aliases.noqa : aliases.eslint, `${id}: ${check}`).toContain(check);
  }
});

test('by default nothing is deferred, nor to a linter that is not named', async () => {
  const files = { ...lint('select = ["ALL"]'), ...eslintrc(NO_EMPTY) };
  expect(await python(files, {})).toEqual(ALL);
  expect(await python(files, { deferTo: ['eslint'] })).toEqual(ALL);
  expect(await typescript(files, { deferTo: ['ruff'] })).toEqual(['empty', 'commented', 'value']);
});

test('the nearest configuration that names linters counts, and a wrong one is a usage error', async () => {
  const near = (deferTo: string[]) => ({
    ...lint('select = ["ALL"]'),
    'src/seamline.json': JSON.stringify({ deferTo }),
  });
  expect(await python(near([]), { deferTo: ['ruff'] })).toEqual(ALL);
  expect(await python(near(['ruff']), {})).toEqual(['narrow_pass']);
  await expect(python({}, { deferTo: ['flake8'] })).rejects.toThrow('deferTo.0: expected "ruff", "pylint", "eslint"');
});

describe('Ruff', () => {
  test.each<[string, string, string[]]>([
    ['S110', 'select = ["S110"]', ['broad_continue', 'broad_value', 'narrow_pass']],
    ['S112', 'extend-select = ["S112"]', ['bare_pass', 'broad_pass', 'broad_value', 'narrow_pass']],
    ['E722', 'select = ["E7"]', ['broad_pass', 'broad_continue', 'broad_value', 'narrow_pass']],
    ['BLE001', 'select = ["BLE"]', ['bare_pass', 'narrow_pass']],
    ['all', 'select = ["ALL"]', ['narrow_pass']],
    ['a prefix of other letters', 'select = ["B", "SIM", "F"]', ALL],
    ['nothing, because defaults depend on the version', '', ALL],
    [
      'what is ignored',
      'select = ["S", "BLE"]\nignore = ["S110", "BLE"]',
      ['bare_pass', 'broad_pass', 'broad_value', 'narrow_pass'],
    ],
    [
      'what is named more exactly than ignored',
      'select = ["S110"]\nignore = ["S"]',
      ['broad_continue', 'broad_value', 'narrow_pass'],
    ],
    ['what is ignored in these files', 'select = ["ALL"]\nper-file-ignores = { "src/*.py" = ["S", "E", "BLE"] }', ALL],
    ['what is ignored in all files but others', 'select = ["ALL"]\nper-file-ignores = { "!lib/**" = ["ALL"] }', ALL],
    [
      'what is ignored in other files',
      'select = ["ALL"]\nextend-per-file-ignores = { "tests/*" = ["ALL"] }',
      ['narrow_pass'],
    ],
    ['files that are left out', 'select = ["ALL"]\nexclude = ["app"]', ALL],
  ])('is believed about %s', async (_, lines, expected) => {
    expect(await python(lint(lines))).toEqual(expected);
  });

  test('is read at its nearest place alone, where the table is', async () => {
    const all = 'select = ["ALL"]\n';
    expect(await python({ 'pyproject.toml': `[tool.ruff.lint]\n${all}` })).toEqual(['narrow_pass']);
    expect(await python({ 'pyproject.toml': `[tool.ruff]\n${all}` })).toEqual(['narrow_pass']);
    expect(await python({ ...lint(all), 'src/pyproject.toml': '[tool.black]\n' })).toEqual(['narrow_pass']);
    expect(await python({ ...lint(all), 'src/pyproject.toml': '[tool.ruff]\nline-length = 99\n' })).toEqual(ALL);
    expect(await python({ ...lint(all), '.ruff.toml': 'line-length = 99\n' })).toEqual(ALL);
    expect(await python({ ...lint(all), 'src/ruff.toml': '[lint\n' })).toEqual(ALL);
  });

  test('extends: what is selected below replaces, what is added adds; a part that cannot be read proves nothing', async () => {
    const base = lint('select = ["S110", "S112"]');
    const child = (lines: string) => ({ ...base, 'src/ruff.toml': `extend = "../ruff.toml"\n[lint]\n${lines}` });
    expect(await python(child(''))).toEqual(['broad_value', 'narrow_pass']);
    expect(await python(child('extend-select = ["BLE"]'))).toEqual(['narrow_pass']);
    expect(await python(child('ignore = ["S112"]'))).toEqual(['broad_continue', 'broad_value', 'narrow_pass']);
    expect(await python(child('select = ["E722"]'))).toEqual([
      'broad_pass',
      'broad_continue',
      'broad_value',
      'narrow_pass',
    ]);
    const all = '[lint]\nselect = ["ALL"]\n';
    for (const target of ['missing.toml', '../outside.toml', '/etc/ruff.toml', 'ruff.toml'])
      expect(await python({ 'ruff.toml': `extend = "${target}"\n${all}` })).toEqual(ALL);
  });
});

describe('Pylint', () => {
  const pylint = (files: Files) => python(files, { deferTo: ['pylint'] });
  const rc = (lines: string) => ({ '.pylintrc': `[MASTER]\njobs=2\n\n[MESSAGES CONTROL]\n${lines}\n` });
  const BARE = ['bare_pass'];
  const BROAD = ['broad_pass', 'broad_continue', 'broad_value'];
  const NARROW = ['narrow_pass'];

  test.each<[string, Files, string[]]>([
    ['nothing, where nobody runs it', {}, ALL],
    ['settings that disable neither check', rc('disable=missing-docstring'), NARROW],
    ['a disabled check', rc('disable=fixme,\n    bare-except,'), [...BARE, ...NARROW]],
    ['its code', rc('disable: W0702'), [...BARE, ...NARROW]],
    ['the old name of a check', rc('disable=broad-except'), [...BROAD, ...NARROW]],
    ['the old code of a check', rc('# all of ours\ndisable=\n  # too many\n  W0703'), [...BROAD, ...NARROW]],
    ['all disabled, one enabled', rc('disable=all\nenable=broad-exception-caught'), [...BARE, ...NARROW]],
    ['all warnings disabled', rc('disable=W'), ALL],
    ['errors only', rc('errors-only=yes'), ALL],
    ['other names that are too general', rc('overgeneral-exceptions=builtins.BaseException'), [...BROAD, ...NARROW]],
    ['ignored names', rc('ignore=CVS,app'), ALL],
    ['other ignored names', rc('ignore=CVS'), NARROW],
    ['patterns of paths, which are not followed', rc('ignore-paths=^tests/.*$'), ALL],
    ['the usual pattern', rc('ignore-patterns=^\\.#'), NARROW],
    [
      'pyproject.toml',
      { 'pyproject.toml': '[tool.pylint."messages control"]\ndisable = ["bare-except"]\n' },
      [...BARE, ...NARROW],
    ],
    ['pyproject.toml, flat', { 'pyproject.toml': '[tool.pylint]\ndisable = "W0718, W0702"\n' }, ALL],
    ['pyproject.toml of others', { 'pyproject.toml': '[tool.black]\n' }, ALL],
    [
      'setup.cfg',
      { 'setup.cfg': '[metadata]\nname = a\n[pylint.messages_control]\ndisable = W0702\n' },
      [...BARE, ...NARROW],
    ],
    ['setup.cfg of others', { 'setup.cfg': '[metadata]\nname = a\n' }, ALL],
    ['the nearest file', { ...rc('disable=all'), 'src/pylintrc': '[MAIN]\n' }, NARROW],
    ['broken settings', { 'pyproject.toml': '[tool.pylint\n' }, ALL],
  ])('is believed about %s', async (_, files, expected) => {
    expect((await pylint(files)).sort()).toEqual([...expected].sort());
  });

  test('stands beside Ruff', async () => {
    const files = { ...rc('disable=broad-except'), ...lint('select = ["S110"]') };
    expect(await python(files, { deferTo: ['ruff', 'pylint'] })).toEqual([
      'broad_continue',
      'broad_value',
      'narrow_pass',
    ]);
  });
});

describe('ESLint', () => {
  const OFF = ['empty', 'commented', 'value'];
  const ON = ['commented', 'value'];

  test.each<[string, Files, string[]]>([
    ['the rule', eslintrc(NO_EMPTY), ON],
    ['a number, with comments in the file', { '.eslintrc': '// ours\n{ "rules": { "no-empty": [1] } }' }, ON],
    ['package.json', { 'package.json': JSON.stringify({ eslintConfig: NO_EMPTY }) }, ON],
    ['the recommended rules', eslintrc({ extends: ['eslint:recommended', 'prettier'] }), ON],
    ['recommended rules without it', eslintrc({ extends: 'eslint:recommended', rules: { 'no-empty': 'off' } }), OFF],
    ['an unknown base', eslintrc({ extends: 'airbnb' }), OFF],
    ['empty catches that are allowed', eslintrc({ rules: { 'no-empty': ['error', { allowEmptyCatch: true }] } }), OFF],
    ['an override', eslintrc({ overrides: [{ files: ['*.{js,ts}'], rules: { 'no-empty': 2 } }] }), ON],
    ['an override for others', eslintrc({ overrides: [{ files: ['*.js'], rules: { 'no-empty': 2 } }] }), OFF],
    [
      'an override that excludes',
      eslintrc({ ...NO_EMPTY, overrides: [{ files: '**/*.ts', excludedFiles: 'b.ts', rules: { 'no-empty': 0 } }] }),
      OFF,
    ],
    ['ignored files', eslintrc({ ...NO_EMPTY, ignorePatterns: ['app/'] }), OFF],
    ['ignored files in their own list', { ...eslintrc(NO_EMPTY), '.eslintignore': 'src/app\n' }, OFF],
    ['flat configuration, which is code', { ...eslintrc(NO_EMPTY), 'eslint.config.mjs': 'export default [];' }, OFF],
    ['code in the same folder', { ...eslintrc(NO_EMPTY), '.eslintrc.js': 'module.exports = {};' }, OFF],
    ['a nearer rule', { ...eslintrc(NO_EMPTY), 'src/.eslintrc.json': '{ "rules": { "no-empty": "off" } }' }, OFF],
    ['a farther rule', { ...eslintrc(NO_EMPTY), 'src/.eslintrc.json': '{ "rules": { "eqeqeq": "off" } }' }, ON],
    ['a nearer root', { ...eslintrc(NO_EMPTY), 'src/.eslintrc.json': '{ "root": true }' }, OFF],
    ['YAML', { '.eslintrc.yml': '# ours\nrules:\n  no-empty: [warn]\n' }, ON],
    ['YAML in the bare name', { '.eslintrc': 'rules:\n  no-empty: error\n' }, ON],
    ['YAML before JSON', { ...eslintrc(NO_EMPTY), '.eslintrc.yaml': 'rules: { no-empty: off }\n' }, OFF],
    ['YAML with an override', { '.eslintrc.yml': 'overrides:\n- files: "*.ts"\n  rules: { no-empty: 2 }\n' }, ON],
    ['broken YAML', { '.eslintrc.yml': 'rules: [no-empty\n' }, OFF],
    ['an empty file of settings', { '.eslintrc.yml': '' }, OFF],
    ['broken settings', { '.eslintrc.json': '{ "rules": { "no-empty": "error" ' }, OFF],
  ])('is believed about %s', async (_, files, expected) => {
    expect(await typescript(files)).toEqual(expected);
  });
});

test('the kept verdict knows nothing of it: a change of settings counts at once', async () => {
  const space = await workspace({
    'a.py': PYTHON,
    'seamline.json': '{ "deferTo": ["ruff"], "rules": { "silent-exception": { "strictness": "all" } } }',
    ...lint('select = ["S110"]'),
  });
  const count = async () => (await space.audit({ useCache: true, rules: ['silent-exception'] })).findings.length;
  expect(await count()).toBe(3);
  expect(await count()).toBe(3);
  await space.write('ruff.toml', '');
  expect(await count()).toBe(5);
});
