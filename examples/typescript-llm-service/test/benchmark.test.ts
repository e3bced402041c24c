import { afterEach, expect, it, vi } from 'vitest';
import { measure, PROMPTS } from '../src/benchmark';
import { CompletionStream, type Kernel } from '../src/llm/kernel';
import { FakeKernel } from './support';

afterEach(() => {
  vi.useRealTimers();
});

function steps(step: number) {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += step;
    return time;
  });
}

it('counts tokens and the worst gap', async () => {
  steps(500);
  const kernel = new FakeKernel(['two words', ' ']);
  expect(await measure(kernel, 2)).toEqual({
    model: 'fake:1b',
    tokens: 3 * PROMPTS.length * 2,
    stalls: 0,
    worstGapMs: 500,
    tokensPerSecond: 2.77,
  });
  expect(kernel.prompts).toEqual([...PROMPTS, ...PROMPTS]);
});

it('counts slow tokens as stalls', async () => {
  steps(3000);
  expect(await measure(new FakeKernel(['x']))).toMatchObject({ stalls: PROMPTS.length, worstGapMs: 3000 });
});

it('notices silence between tokens', async () => {
  vi.useFakeTimers();
  const silent: Kernel = {
    model: 'silent:70b',
    open: () => {
      const stream = new CompletionStream();
      setTimeout(() => stream.emit('end', ''), 5000);
      return stream;
    },
  };
  const pending = measure(silent, 1, 1000);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await pending).toMatchObject({ tokens: 0, stalls: 7, worstGapMs: 0 });
});

it('stops watching after a failure', async () => {
  const clear = vi.spyOn(globalThis, 'clearInterval');
  await expect(measure(new FakeKernel([], new Error('gone')))).rejects.toThrow('gone');
  expect(clear).toHaveBeenCalledTimes(1);
});
