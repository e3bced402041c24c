import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFacts } from '../../core/facts/collect';
import { languageOfPath } from '../../core/syntax/language';
import type { FolderConfig } from '../config/settings';
import { discover } from '../discovery';
import { examineBatch, type FileRecord } from '../examine';
import { factsOf } from '../facts';
import type { Scope } from '../root';
import { bringRecords, type RunOptions } from '../run';
import { UsageError } from '../types';

/** Files that are folded before other work gets its turn. */
const FOLD_FILES = 200;

/** How the files are found and read. */
export interface ScanRequest extends Omit<RunOptions, 'engine'> {
  readonly exclude: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/**
 * Finds the files of a scope, and hands over the configuration before anything is read.
 * @throws UsageError when a configuration is wrong
 */
export async function scanDisk(
  scope: Scope,
  { exclude, ...options }: ScanRequest,
  onConfigs: (configs: readonly FolderConfig[]) => Promise<void>,
): Promise<{
  readonly files: ReadonlySet<string>;
  readonly batches: AsyncIterable<readonly (readonly [string, FileFacts])[]>;
}> {
  const { files, configs } = await discover(scope, undefined, options.signal, exclude);
  await onConfigs(configs);
  const { records } = await bringRecords(scope, files, { ...options, engine: 'wasm' });
  return {
    files: new Set(files.map(({ file }) => file)),
    batches: inTurns(factsOf(files, records), options.signal),
  };
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

/** The files of a scope; undefined while the configuration is wrong, which a scan tells. */
export async function listed(
  scope: Scope,
  exclude: readonly string[] | undefined,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const { files } = await discover(scope, undefined, undefined, exclude);
    return new Set(files.map(({ file }) => file));
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
