import { expect, test } from 'vitest';
import { curesOf } from '../../session/cures';
import { openWorkspace } from '../support/open-workspace';

/** Where `extract-adapter` is not offered for TypeScript, though there is enough of everything: the calls are as short without a class. */

const SETTINGS = {
  'seamline.json':
    '{ "rules": { "mixed-io": { "strictness": "all", "classLines": 20, "functionLines": 20, "methods": 1 } } }',
};
const HEAD = `import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commands';
`;
const RANK = `
  rank(scores: ReadonlyMap<string, number>): string {
    let best = '';
    let most = -1;
    for (const [name, score] of scores) {
      if (score < 0) {
        continue;
      }
      if (score > most) {
        best = name;
        most = score;
      }
    }
    if (best === '') {
      throw new Error('nothing to rank');
    }
    return best;
  }
`;
const ASKS = "    return fetch('https://example.org/up');\n";
const FILES = `    writeFileSync(p, readFileSync(q, 'utf8'), 'utf8');
    rmSync(q, { force: true });
    renameSync(q, p);
    writeFileSync(q, '', 'utf8');
`;

const LITTLE: Readonly<Record<string, string>> = {
  'files of static methods': `class Jobs {\n  static a(p: string, q: string): unknown {\n${FILES}${ASKS}  }\n${RANK}}`,
  'files of a class under a base of a package': `class Jobs extends Command {\n  a(p: string, q: string): unknown {\n${FILES}${ASKS}  }\n${RANK}}`,
  'files of a class whose fields are hidden': `class Jobs {\n  #last = '';\n\n  a(p: string, q: string): unknown {\n    this.#last = q;\n${FILES}${ASKS}  }\n${RANK}}`,
  'files of a function': `function jobs(p: string, q: string): unknown {\n${FILES}${FILES}${RANK.replace('rank(', 'function rank(')}${ASKS}}`,
  'operations that are the call in other words': `class Jobs {\n  a(p: string, q: string): unknown {\n    renameSync(q, p);\n    copyFileSync(q, p);\n    unlinkSync(p);\n    writeFileSync(q, p);\n    rmSync(q, { force: true });\n${ASKS}  }\n${RANK}}`,
  'operations told apart by waiting alone': `class Jobs {\n  async a(p: string, q: string): Promise<unknown> {\n    await writeFile(p, await readFile(q, 'utf8'), 'utf8');\n    writeFileSync(p, readFileSync(q, 'utf8'), 'utf8');\n    rmSync(q, { force: true });\n    rmSync(p, { force: true });\n${ASKS}  }\n${RANK}}`,
  'a folder removed with other options': `class Jobs {\n  a(p: string, q: string): unknown {\n    writeFileSync(p, readFileSync(q, 'utf8'));\n    rmSync(q, { recursive: true });\n    rmSync(q, { recursive: true, force: true });\n    renameSync(q, p);\n${ASKS}  }\n${RANK}}`,
  'commands that are written out': `class Jobs {\n  a(): unknown {\n    execFileSync('git', ['fetch']);\n    execFileSync('git', ['gc']);\n${ASKS}  }\n\n  b(): void {\n    execFileSync('git', ['pull']);\n    execFileSync('git', ['status']);\n  }\n${RANK}}`,
  'commands of which most are written out': `class Jobs {\n  a(name: string): unknown {\n    execFileSync('git', ['fetch']);\n    execFileSync('git', ['gc']);\n    execFileSync('git', ['pull']);\n    execFileSync('git', ['add', name]);\n    execFileSync('git', ['add', name]);\n${ASKS}  }\n${RANK}}`,
  'processes that are only ended': `class Jobs {\n  a(pid: number, name: string, args: string[]): unknown {\n    const child = spawn(name, args, {});\n    process.kill(pid, 'SIGINT');\n    return child;\n  }\n\n  b(pid: number): unknown {\n    process.kill(pid, 'SIGINT');\n    process.kill(pid, 0);\n${ASKS}  }\n\n  c(other: number): void {\n    process.kill(other, 'SIGINT');\n    process.kill(other, 0);\n  }\n${RANK}}`,
  'commands that are handed over whole': `class Jobs {\n  child: unknown;\n  name = '';\n  args: string[] = [];\n  env = {};\n\n  a(cwd: string): unknown {\n    this.child = spawn(this.name, this.args, { cwd: cwd, env: this.env });\n${ASKS}  }\n\n  b(cwd: string): void {\n    this.child = spawn(this.name, this.args, { cwd: cwd, env: this.env });\n  }\n\n  c(cwd: string): void {\n    this.child = spawn(this.name, this.args, { cwd: cwd, env: this.env });\n    process.kill(-this.args.length);\n  }\n\n  d(group: number): void {\n    process.kill(-group);\n  }\n${RANK}}`,
};

test.each(Object.entries(LITTLE))('%s', async (_, code) => {
  expect(await offersOf(code)).toEqual([]);
});

test('files of an object are enough', async () => {
  expect(await offersOf(`class Jobs {\n  a(p: string, q: string): unknown {\n${FILES}${ASKS}  }\n${RANK}}`)).toEqual([
    'extract-adapter',
  ]);
});

test('a command that two places run is enough', async () => {
  expect(await offersOf(LITTLE['commands that are written out']!.replace('pull', 'gc'))).toEqual(['extract-adapter']);
});

async function offersOf(code: string): Promise<string[]> {
  const workspace = await openWorkspace({ ...SETTINGS, 'src/jobs.ts': `${HEAD}\nexport ${code}\n` });
  const found = workspace.findings().filter(({ rule }) => rule === 'mixed-io');
  const offers = found.flatMap((one) => curesOf(one).map(({ id }) => id));
  workspace.dispose();
  expect(found.length).toBeGreaterThan(0);
  return offers;
}
