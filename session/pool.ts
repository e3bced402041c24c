import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Pool, pool } from 'workerpool';
import { type Batch, type BatchResult, skipped } from './examine';

/**
 * Megabytes of stack of a worker. The main thread has one or so; files that are nested too deeply for it are examined again in a
 * worker, so that the outcome does not depend on where a file was examined first.
 */
const STACK_MB = 32;

/** Megabytes of young generation of a worker: its garbage dies young, and half of the default costs no time that shows. */
const YOUNG_MB = 24;

/** Megabytes of old generation: far more than a file needs, but V8 lets garbage pile up less where there is a bound. */
const OLD_MB = 1024;

/** The bundled worker beside this bundle; undefined in a checkout, where everything runs in the main thread. */
export async function workerScript(): Promise<string | undefined> {
  const path = join(__dirname, 'worker.js');
  return access(path).then(
    () => path,
    () => undefined,
  );
}

/** Threads that examine batches. A file that ends its thread costs that file alone. */
export class WorkerPool {
  private readonly pool: Pool;
  private isClosed = false;

  constructor(
    script: string,
    readonly size: number,
  ) {
    this.pool = pool(script, {
      workerType: 'thread',
      minWorkers: size,
      maxWorkers: size,
      workerThreadOpts: {
        resourceLimits: { stackSizeMb: STACK_MB, maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
      },
    });
  }

  async examine(batch: Batch): Promise<BatchResult> {
    try {
      return (await this.pool.exec('examineBatch', [batch])) as BatchResult;
    } catch (error) {
      if (this.isClosed) throw error;
      if (batch.files.length > 1) return this.examineOneByOne(batch);
      const message = error instanceof Error ? error.message : String(error);
      const record = skipped('too-large', `the thread that examined the file ended: ${message}`);
      return { outcomes: [{ hash: '', record, isLasting: false }], parseMs: 0, filesParsed: 0 };
    }
  }

  /** Ends the threads, at once where they are still at work. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.pool.terminate(true);
  }

  /** A batch that ended its thread (out of memory, say) is repeated file by file, to find the one that did it. */
  private async examineOneByOne(batch: Batch): Promise<BatchResult> {
    const results: BatchResult[] = [];
    for (const file of batch.files) results.push(await this.examine({ ...batch, files: [file] }));
    return {
      outcomes: results.flatMap((result) => result.outcomes),
      parseMs: results.reduce((sum, result) => sum + result.parseMs, 0),
      filesParsed: results.reduce((sum, result) => sum + result.filesParsed, 0),
    };
  }
}
