import { setImmediate } from 'node:timers/promises';
import { Cancelled, check } from './check';
import { Formatter } from './format';
import { type Answer, type FromChild, HEAP_MB, type Question, type ToChild } from './messages';
import { relativeTo } from './paths';
import { SourceCache } from './program';
import { runRecipe } from './recipe-run';
import { TooDeep } from './too-deep';

/** The process that holds the TypeScript compiler. The parent asks one thing at a time. */

/** Part of the heap above which programs, and then parsed files, are not kept for the next request. */
const KEPT_HEAP = 0.6;

const cache = new SourceCache();
const formatter = new Formatter();
const cancelled = new Set<number>();

process.on('message', (message: ToChild) => {
  if (message.kind === 'cancel') cancelled.add(message.id);
  else void answer(message);
});

// The parent has ended, or let go.
process.on('disconnect', () => process.exit());

async function answer({ id, root, question }: Extract<ToChild, { kind: 'ask' }>): Promise<void> {
  const step = async () => {
    await setImmediate();
    if (cancelled.has(id)) throw new Cancelled();
  };
  const found = await answerTo(question, root, step);
  cancelled.delete(id);
  process.send?.({ id, answer: found } satisfies FromChild);
  await setImmediate();
  makeRoom();
}

/** Lets go of as little as possible of what the next request may need. */
function makeRoom(): void {
  const steps = [() => {}, () => cache.forgetOtherPrograms(), () => cache.forgetPrograms(), () => cache.clear()];
  for (const forget of steps) {
    if (!isHeapLarge()) return;
    forget();
    globalThis.gc?.();
  }
}

/** Part of the heap above which a request lets go of what it may have to make again. */
const SHORT_HEAP = 0.45;

const heapAbove = (part: number): boolean => process.memoryUsage().heapUsed > HEAP_MB * 1024 * 1024 * part;

/** Collecting is cheap beside what it may spare. */
function isShort(): boolean {
  if (!heapAbove(SHORT_HEAP)) return false;
  globalThis.gc?.();
  return heapAbove(SHORT_HEAP);
}

const isHeapLarge = (): boolean => heapAbove(KEPT_HEAP);

async function answerTo(question: Question, root: string, step: () => Promise<void>): Promise<Answer> {
  try {
    if (question.kind === 'check') return await check({ request: question.request, root, cache, step, isShort });
    if (question.kind === 'format') return await formatter.format(question.request, step);
    return await runRecipe({ request: question.request, root, cache, step });
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'unavailable', reason: 'cancelled' };
    // A compiler that failed may have left trees half bound.
    cache.clear();
    if (error instanceof TooDeep) {
      const file = relativeTo(root, error.path);
      return { kind: 'unavailable', reason: `the code of ${file} is nested too deeply for the TypeScript compiler` };
    }
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'unavailable', reason: `the TypeScript compiler failed: ${message.split('\n')[0]}` };
  }
}
