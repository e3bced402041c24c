import { EventEmitter } from 'node:events';
import { isRecord, parseJson } from '../parsing';

/** Emits `data` (a piece of text), then `end` (the whole answer) or `error`. */
export class CompletionStream extends EventEmitter<{ data: [string]; end: [string]; error: [Error] }> {}

export interface Kernel {
  readonly model: string;
  /** Starts to answer; listeners that are added in the same turn miss nothing. */
  open(prompt: string, options?: Record<string, number>): CompletionStream;
}

/** Talks to the generate endpoint of the runtime. */
export class OllamaKernel implements Kernel {
  constructor(
    private readonly baseUrl: string,
    readonly model: string,
  ) {}

  open(prompt: string, options: Record<string, number> = {}): CompletionStream {
    const stream = new CompletionStream();
    queueMicrotask(() => {
      this.pump(stream, prompt, options).catch((error: unknown) => {
        stream.emit('error', error instanceof Error ? error : new Error(String(error)));
      });
    });
    return stream;
  }

  private async pump(stream: CompletionStream, prompt: string, options: Record<string, number>): Promise<void> {
    const response = await fetch(`${this.baseUrl}/api/generate`, {
      method: 'POST',
      body: JSON.stringify({ model: this.model, prompt, stream: true, options }),
    });
    if (!response.ok || response.body === null) throw new Error(`The runtime answered ${response.status}`);
    const decoder = new TextDecoder();
    let rest = '';
    let answer = '';
    for await (const bytes of response.body) {
      rest += decoder.decode(bytes, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer += this.deliver(stream, line);
    }
    answer += this.deliver(stream, rest);
    stream.emit('end', answer);
  }

  private deliver(stream: CompletionStream, line: string): string {
    const event = parseJson(line);
    if (!isRecord(event) || typeof event.response !== 'string' || event.response === '') return '';
    stream.emit('data', event.response);
    return event.response;
  }
}

/** The whole answer, for callers that do not care for its pieces. */
export function complete(kernel: Kernel, prompt: string, options?: Record<string, number>): Promise<string> {
  return new Promise((resolve, reject) => {
    kernel.open(prompt, options).on('end', resolve).on('error', reject);
  });
}
