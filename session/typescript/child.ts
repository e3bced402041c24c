import { setImmediate } from 'node:timers/promises';
import type { TypeScriptVerdict } from '../../core/verify/typescript';
import { Cancelled, type Check, check } from './check';
import { type FromChild, HEAP_MB, type ToChild } from './messages';
import { SourceCache } from './program';

/** The process that holds the TypeScript compiler. The parent sends one check at a time. */

/** Part of the heap above which parsed files are not kept for the next request. */
const KEPT_HEAP = 0.5;

const cache = new SourceCache();
const cancelled = new Set<number>();

process.on('message', (message: ToChild) => {
  if (message.kind === 'cancel') cancelled.add(message.id);
  else void answer(message);
});

// The parent has ended, or let go.
process.on('disconnect', () => process.exit());

async function answer({ id, root, request }: Extract<ToChild, { kind: 'check' }>): Promise<void> {
  const step = async () => {
    await setImmediate();
    if (cancelled.has(id)) throw new Cancelled();
  };
  const verdict = await verdictOf({ request, root, cache, step });
  cancelled.delete(id);
  process.send?.({ id, verdict } satisfies FromChild);
  await setImmediate();
  if (!isHeapLarge()) return;
  globalThis.gc?.();
  if (isHeapLarge()) cache.clear();
}

const isHeapLarge = (): boolean => process.memoryUsage().heapUsed > HEAP_MB * 1024 * 1024 * KEPT_HEAP;

async function verdictOf(one: Check): Promise<TypeScriptVerdict> {
  try {
    return await check(one);
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'unavailable', reason: 'cancelled' };
    // A compiler that failed may have left trees half bound.
    cache.clear();
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'unavailable', reason: `the TypeScript compiler failed: ${message.split('\n')[0]}` };
  }
}
