import type { Kernel } from './llm/kernel';

export const PROMPTS: readonly string[] = [
  'Name three uses of a paper clip.',
  'Summarise the plot of a heist film in two sentences.',
  'Write a haiku about build servers.',
];

export interface BenchmarkResult {
  readonly model: string;
  readonly tokens: number;
  readonly stalls: number;
  readonly worstGapMs: number;
  readonly tokensPerSecond: number;
}

/** Measures how quickly a model answers a fixed set of prompts. */
export async function measure(kernel: Kernel, rounds = 1, stallAfterMs = 2_000): Promise<BenchmarkResult> {
  const startedAt = performance.now();
  let lastActivity = startedAt;
  let tokens = 0;
  let stalls = 0;
  let worstGapMs = 0;

  const onToken = (text: string): void => {
    const now = performance.now();
    const gap = now - lastActivity;
    worstGapMs = Math.max(worstGapMs, gap);
    if (gap > stallAfterMs) stalls += 1;
    tokens += text.split(/\s+/).filter(Boolean).length || 1;
    lastActivity = now;
  };

  const onIdle = (): void => {
    if (performance.now() - lastActivity > stallAfterMs) {
      stalls += 1;
      lastActivity = performance.now();
    }
  };

  const watch = setInterval(onIdle, stallAfterMs);
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const prompt of PROMPTS) {
        await new Promise<void>((resolve, reject) => {
          const stream = kernel.open(prompt);
          stream.on('data', onToken);
          stream.on('end', () => resolve());
          stream.on('error', reject);
        });
      }
    }
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    model: kernel.model,
    tokens,
    stalls,
    worstGapMs,
    tokensPerSecond: seconds > 0 ? Math.round((tokens / seconds) * 100) / 100 : 0,
  };
}
