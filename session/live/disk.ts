import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../core/edit/refusal';
import type { FileFacts } from '../../core/facts/collect';
import { languageOfPath } from '../../core/syntax/language';
import type { FolderConfig } from '../config/settings';
import { discover, discoverOnly } from '../discovery';
import { examineBatch, type FileRecord } from '../examine';
import { factsOf } from '../facts';
import { folderOf, type Scope } from '../root';
import { bringRecords, type RunOptions } from '../run';
import { wholeOf } from '../survey';
import { UsageError } from '../types';

/** Files that are folded before other work gets its turn. */
const FOLD_FILES = 200;

/** How the files are found and read. */
export interface ScanRequest extends Omit<RunOptions, 'engine'> {
  readonly exclude: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** Which files an audit looks at, and what the configuration says of them. */
export interface Standing {
  readonly files: ReadonlySet<string>;
  readonly configs: readonly FolderConfig[];
}

/**
 * Finds the files of a scope, and hands over what it found before anything is read.
 * @returns the facts of the files, batch by batch
 * @throws UsageError when a configuration is wrong
 */
export async function scanDisk(
  scope: Scope,
  { exclude, ...options }: ScanRequest,
  onFound: (standing: Standing) => Promise<void>,
): Promise<AsyncIterable<readonly (readonly [string, FileFacts])[]>> {
  const { files, configs } = await discover(scope, undefined, options.signal, exclude);
  await onFound({ files: namesOf(files), configs });
  options.signal.throwIfAborted();
  const { records } = await bringRecords(scope, files, { ...options, engine: 'wasm' });
  return inTurns(factsOf(files, records), options.signal);
}

const namesOf = (files: readonly { readonly file: string }[]): ReadonlySet<string> =>
  new Set(files.map(({ file }) => file));

/**
 * The facts of what lies below a root and outside one of its folders: whoever changes code must know who else uses it.
 * @param folder relative to the root; undefined: all of the root
 * @throws Refusal `not-verifiable` when a configuration of the root is wrong, so that nobody knows what belongs to it
 */
export async function factsBeyond(
  root: string,
  folder: string | undefined,
  options: Omit<RunOptions, 'engine'>,
): Promise<ReadonlyMap<string, FileFacts>> {
  const whole = wholeOf(root);
  try {
    const { files } = await discover(whole, undefined, options.signal);
    // Those inside are in the cache by now, which forgets what it is not asked for.
    const { records } = await bringRecords(whole, files, { ...options, engine: 'wasm' });
    const isBeyond = files.map(({ file }) => folder === undefined || !file.startsWith(`${folder}/`));
    const facts = new Map<string, FileFacts>();
    const beyond = factsOf(
      files.filter((_, index) => isBeyond[index]),
      records.filter((_, index) => isBeyond[index]),
    );
    for await (const batch of inTurns(beyond, options.signal)) for (const [file, one] of batch) facts.set(file, one);
    return facts;
  } catch (error) {
    throw error instanceof UsageError ? new Refusal('not-verifiable', { reason: error.message }) : error;
  }
}

/** One fold of everything would keep the editor waiting. */
export async function* inTurns<T>(all: Iterable<T>, signal?: AbortSignal): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for (const one of all) {
    if (batch.push(one) < FOLD_FILES) continue;
    yield batch;
    batch = [];
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  yield batch;
}

/**
 * The configurations that hold for files in the folder of a scope.
 * @throws UsageError when one of them is wrong
 */
export async function configsAbove(scope: Scope, signal: AbortSignal): Promise<readonly FolderConfig[]> {
  const folder = folderOf(scope);
  // A name in the folder leads to what is said on the way to it, and to no other file.
  const targets = [{ path: folder === '' ? '.' : `${folder}/.`, isFolder: false }];
  return (await discover({ root: scope.root, targets }, undefined, signal)).configs;
}

/**
 * How an audit of a scope would stand to some files: those that it looks at, and the configurations that hold for them. Undefined while a
 * configuration on the way is wrong, which a scan tells.
 */
export async function standingOf(
  scope: Scope,
  files: readonly string[],
  exclude: readonly string[] | undefined,
): Promise<Standing | undefined> {
  try {
    const found = await discoverOnly(scope, files, exclude);
    return { files: namesOf(found.files), configs: found.configs };
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The facts of a file as it is on disk; undefined where there is no such file, or nothing to be understood in it. */
export async function factsOnDisk(root: string, file: string): Promise<FileFacts | undefined> {
  const language = languageOfPath(file);
  if (!language) return undefined;
  const { outcomes } = await examineBatch({ root, engine: 'wasm', files: [{ file, language, knownHashes: [] }] });
  const record = JSON.parse(outcomes[0]!.record!) as FileRecord;
  return 'facts' in record ? record.facts : undefined;
}

export function isOnDisk(root: string, file: string): Promise<boolean> {
  return access(join(root, file)).then(
    () => true,
    () => false,
  );
}
