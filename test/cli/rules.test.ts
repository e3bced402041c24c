import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { version } from '../../package.json';
import { seamline } from '../support/cli';

const HEADLINE = ['silent-exception', 'duplicate-validator', 'mixed-io', 'oversized-module'];

test('rules lists every rule with its title', async () => {
  const { code, stdout } = await seamline(tmpdir(), ['rules']);
  expect(code).toBe(0);
  for (const id of HEADLINE) expect(stdout).toMatch(new RegExp(`^${id} +\\S`, 'm'));
});

test('rules --json has the shape of the contract', async () => {
  const rules = JSON.parse((await seamline(tmpdir(), ['rules', '--json'])).stdout) as Record<string, unknown>[];
  expect(rules.map((rule) => rule.id)).toEqual(expect.arrayContaining(HEADLINE));
  for (const rule of rules) {
    expect(Object.keys(rule)).toEqual(['id', 'title', 'languages', 'severity', 'profile', 'options', 'cures', 'docs']);
  }
});

test('rules ID describes one rule with its options, defaults and cures', async () => {
  const { stdout } = await seamline(tmpdir(), ['rules', 'oversized-module']);
  expect(stdout).toMatch(/^oversized-module: /);
  expect(stdout).toMatch(/warningLines = 800/);
  const cured = await seamline(tmpdir(), ['rules', 'silent-exception']);
  expect(cured.stdout).toContain('    log-exception  Log the exception (python, typescript)\n');
});

test('an unknown rule is bad usage and names the rules', async () => {
  const { code, stderr } = await seamline(tmpdir(), ['rules', 'nope']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/"nope".*silent-exception/);
});

test('--version prints the version of the package, --help lists what is built', async () => {
  expect((await seamline(tmpdir(), ['--version'])).stdout).toBe(`${version}\n`);
  const help = await seamline(tmpdir(), ['audit', '--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toMatch(/--lang .*choices: "en", "pl", default: "en"/s);
  expect(help.stdout).not.toMatch(/--shard|--since|--baseline|--compare|sarif/);
});
