import type { EngineName } from '../core/syntax/engine';
import type { FactsCache } from './cache';
import type { DiscoveredFile } from './discovery';
import { type BatchResult, examineBatch } from './examine';

export interface RunOptions {
  readonly engine: EngineName;
  readonly jobs: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** JSON records in the order of the files. */
  readonly records: (string | undefined)[];
  readonly parseMs: number;
  readonly filesParsed: number;
  readonly filesFromCache: number;
  /** Threads that examined files. */
  readonly jobs: number;
}

/** A batch ends with the file that brings it to this size, so that progress is shown and work is shared evenly. */
const BATCH_BYTES = 512 * 1024;
const BATCH_FILES = 64;

/** Brings the record of every file: from the cache, or by examining it. */
export async function runTasks(
  root: string,
  files: readonly DiscoveredFile[],
  cache: FactsCache,
  { engine, onProgress, signal }: RunOptions,
): Promise<RunResult> {
  const records: (string | undefined)[] = files.map((file) => cache.lookup(file));
  const pending = files.flatMap((_, index) => (records[index] === undefined ? [index] : []));
  let done = files.length - pending.length;
  let parseMs = 0;
  let filesParsed = 0;
  onProgress?.(done, files.length);
  const take = (batch: readonly number[], result: BatchResult) => {
    for (const [at, index] of batch.entries()) records[index] = cache.take(files[index]!, result.outcomes[at]!);
    parseMs += result.parseMs;
    filesParsed += result.filesParsed;
    done += batch.length;
    onProgress?.(done, files.length);
  };
  for (const batch of batchesOf(pending, files)) {
    signal?.throwIfAborted();
    const tasks = batch.map((index) => ({
      file: files[index]!.file,
      language: files[index]!.language,
      knownHashes: cache.knownHashes(files[index]!),
    }));
    take(batch, await examineBatch({ root, engine, files: tasks }));
  }
  return { records, parseMs, filesParsed, filesFromCache: files.length - pending.length, jobs: 1 };
}

function* batchesOf(pending: readonly number[], files: readonly DiscoveredFile[]): Generator<number[]> {
  let batch: number[] = [];
  let bytes = 0;
  for (const index of pending) {
    batch.push(index);
    bytes += files[index]!.size;
    if (bytes < BATCH_BYTES && batch.length < BATCH_FILES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
