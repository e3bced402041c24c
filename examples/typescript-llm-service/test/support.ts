import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { CompletionStream, type Kernel } from '../src/llm/kernel';
import type { ModelRecord } from '../src/registry/records';

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'llm-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function reply(body: unknown, status = 200): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status });
}

/** Replaces `fetch`; each call takes the next outcome, the last one stays. */
export function stubFetch(...outcomes: (Response | Error)[]) {
  const fake = vi.fn(async (_url: string | URL, _init?: RequestInit): Promise<Response> => {
    const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
    if (outcome === undefined) throw new Error('unexpected request');
    if (outcome instanceof Error) throw outcome;
    return outcome.clone();
  });
  vi.stubGlobal('fetch', fake);
  return fake;
}

/** Emits prepared chunks, then ends or fails. */
export class FakeKernel implements Kernel {
  readonly prompts: string[] = [];
  readonly streams: CompletionStream[] = [];

  constructor(
    private readonly chunks: readonly string[] = [],
    private readonly failure?: Error,
    readonly model = 'fake:1b',
  ) {}

  open(prompt: string): CompletionStream {
    const stream = new CompletionStream();
    this.prompts.push(prompt);
    this.streams.push(stream);
    queueMicrotask(() => {
      for (const chunk of this.chunks) stream.emit('data', chunk);
      if (this.failure === undefined) stream.emit('end', this.chunks.join(''));
      else stream.emit('error', this.failure);
    });
    return stream;
  }
}

export function record(name: string, values: Partial<ModelRecord> = {}): ModelRecord {
  return {
    name,
    provider: 'ollama',
    sizeBytes: null,
    family: 'unknown',
    quantization: null,
    contextLength: 4096,
    capabilities: ['completion'],
    ...values,
  };
}
