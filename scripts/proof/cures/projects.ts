import { execFile } from 'node:child_process';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const entry = z.strictObject({
  name: z.string(),
  repository: z.url(),
  /** A commit. */
  revision: z.string(),
  languages: z.array(z.enum(['python', 'typescript'])),
  /** Commands that install what types and tests need; run in the project's folder. */
  prepare: z.array(z.string()),
  /** Runs the tests; `{report}` is the path of the report that it must write. */
  tests: z.string().optional(),
  /** How that report is written: JUnit XML, or the JSON of Jest and Vitest. */
  report: z.enum(['junit', 'jest']).default('junit'),
  /** Of one run of the tests. */
  timeLimitSeconds: z.number().default(600),
});

/** A real project on which cures are proved. */
export type ProjectEntry = z.infer<typeof entry>;

export interface Subject {
  readonly folder: string;
  readonly entry?: ProjectEntry;
}

export async function readProjects(list: URL): Promise<ProjectEntry[]> {
  const text = await readFile(list, 'utf8');
  return z.array(entry).parse(JSON.parse(text));
}

/**
 * The project that a word means: a folder that is there, else a name of `projects.json`, which is brought from its repository and
 * prepared. A folder whose name is listed takes its tests from the list.
 *
 * @param home where projects are kept that were brought
 */
export async function subjectOf(word: string, entries: readonly ProjectEntry[], home: string): Promise<Subject> {
  const folder = resolve(word);
  if (await isThere(folder)) {
    const known = entries.find(({ name }) => folder.endsWith(`/${name}`));
    return known ? { folder, entry: known } : { folder };
  }
  const known = entries.find(({ name }) => name === word);
  if (!known) throw new Error(`${word}: neither a folder nor one of ${entries.map(({ name }) => name).join(', ')}`);
  return { folder: await bring(known, join(home, known.name)), entry: known };
}

async function bring({ name, repository, revision, prepare }: ProjectEntry, folder: string): Promise<string> {
  if (await isThere(join(folder, '.git', 'seamline-prepared'))) return folder;
  process.stderr.write(`${name}: fetching ${revision.slice(0, 12)}\n`);
  await mkdir(folder, { recursive: true });
  const run = promisify(execFile);
  const git = (...words: string[]) => run('git', words, { cwd: folder });
  await git('init', '--quiet');
  await git('fetch', '--quiet', '--depth', '1', repository, revision);
  await git('checkout', '--quiet', '--force', 'FETCH_HEAD');
  for (const command of prepare) {
    process.stderr.write(`${name}: ${command}\n`);
    await run('sh', ['-c', command], { cwd: folder, maxBuffer: 1e9 });
  }
  await mkdir(join(folder, '.git', 'seamline-prepared'));
  return folder;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
