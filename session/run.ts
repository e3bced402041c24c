import type { EngineName } from '../core/syntax/engine';
import { cachePath, FactsCache, type KnownRecord } from './cache';
import type { DiscoveredFile } from './discovery';
import { type Batch, type BatchResult, examineBatch } from './examine';
import { WorkerPool, workerScript } from './pool';
import { tendCaches } from './prune';
import type { Scope } from './root';

export interface RunOptions {
  readonly engine: EngineName;
  readonly jobs: number;
  readonly useCache: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** In the order of the files; the reader lets each go once it has it. */
  readonly records: (KnownRecord | undefined)[];
  readonly parseMs: number;
  readonly filesParsed: number;
  readonly filesFromCache: number;
  /** Threads that examined files. */
  readonly jobs: number;
}

/** A batch ends with the file that brings it to this size: small enough to share the work evenly and to show progress. */
const BATCH_BYTES = 512 * 1024;
const BATCH_FILES = 64;

/** Below this much text a thread costs more than it saves: it loads our code and compiles the grammars for itself. */
const BYTES_PER_THREAD = 1_500_000;

/** Brings the record of every file: from the cache, or by examining it. The cache is up to date afterwards. */
export async function bringRecords(
  scope: Scope,
  files: readonly DiscoveredFile[],
  options: RunOptions,
): Promise<RunResult> {
  const cache = options.useCache ? await FactsCache.open(scope.root) : FactsCache.none();
  const run = new Run(scope.root, files, cache, options);
  // Beside the work, which takes longer.
  const tended = options.useCache ? tendCaches(cachePath(scope.root)) : undefined;
  const result = await run.complete();
  await cache.save(scope, files);
  await tended;
  return result;
}

class Run {
  private readonly records: (KnownRecord | undefined)[];
  private readonly pending: readonly number[];
  private done: number;
  private parseMs = 0;
  private filesParsed = 0;
  private filesFromCache: number;
  private readonly tooDeep: number[] = [];

  constructor(
    private readonly root: string,
    private readonly files: readonly DiscoveredFile[],
    private readonly cache: FactsCache,
    private readonly options: RunOptions,
  ) {
    this.records = files.map((file) => cache.lookup(file));
    this.pending = files.flatMap((_, index) => (this.records[index] === undefined ? [index] : []));
    this.done = files.length - this.pending.length;
    this.filesFromCache = this.done;
  }

  async complete(): Promise<RunResult> {
    this.options.onProgress?.(this.done, this.files.length);
    const bytes = this.pending.reduce((sum, index) => sum + this.files[index]!.size, 0);
    const worthwhile = Math.min(this.options.jobs, Math.floor(bytes / BYTES_PER_THREAD));
    const script = worthwhile > 1 ? await workerScript() : undefined;
    const jobs = script === undefined ? 1 : worthwhile;
    if (script === undefined) await this.examineHere();
    else await this.examineInPool(script, jobs, [...batchesOf(this.pending, this.files)]);
    if (this.tooDeep.length > 0) await this.examineDeepFiles();
    const { records, parseMs, filesParsed, filesFromCache } = this;
    return { records, parseMs, filesParsed, filesFromCache, jobs };
  }

  private async examineHere(): Promise<void> {
    for (const batch of batchesOf(this.pending, this.files)) {
      this.options.signal?.throwIfAborted();
      this.take(batch, await examineBatch(this.batchOf(batch)), true);
      // Lets timers and progress run: examining is one long computation.
      await new Promise(setImmediate);
    }
  }

  /** As many loops as threads take from one queue, so that no batch waits inside the pool with its tasks made too early. */
  private async examineInPool(script: string, jobs: number, batches: readonly (readonly number[])[]): Promise<void> {
    const { signal } = this.options;
    const pool = new WorkerPool(script, jobs);
    const abort = () => void pool.close();
    signal?.addEventListener('abort', abort, { once: true });
    const queue = batches.values();
    const drain = async () => {
      for (const batch of queue) {
        signal?.throwIfAborted();
        const result = await pool.examine(this.batchOf(batch));
        signal?.throwIfAborted();
        this.take(batch, result, false);
      }
    };
    try {
      await Promise.all(Array.from({ length: jobs }, drain));
    } finally {
      signal?.removeEventListener('abort', abort);
      await pool.close();
    }
  }

  /** See {@link WorkerPool}: the main thread's stack must not decide what is found. */
  private async examineDeepFiles(): Promise<void> {
    const script = await workerScript();
    const again = this.tooDeep.splice(0);
    if (script === undefined) return;
    this.done -= again.length;
    await this.examineInPool(script, 1, [again]);
  }

  private batchOf(indices: readonly number[]): Batch {
    const files = indices.map((index) => {
      const file = this.files[index]!;
      return { file: file.file, language: file.language, knownHashes: this.cache.knownHashes(file) };
    });
    return { root: this.root, engine: this.options.engine, files };
  }

  private take(batch: readonly number[], result: BatchResult, isHere: boolean): void {
    for (const [at, index] of batch.entries()) {
      const outcome = result.outcomes[at]!;
      if (outcome.record === undefined) this.filesFromCache++;
      if (outcome.isTooDeep && isHere) this.tooDeep.push(index);
      this.records[index] = this.cache.take(this.files[index]!, outcome);
    }
    this.parseMs += result.parseMs;
    this.filesParsed += result.filesParsed;
    this.done += batch.length;
    this.options.onProgress?.(this.done, this.files.length);
  }
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
