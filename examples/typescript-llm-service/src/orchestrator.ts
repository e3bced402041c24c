import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { EventBus } from './events';
import type { Kernel } from './llm/kernel';
import type { Logger } from './logging';

export interface Task {
  readonly id: string;
  readonly prompt: string;
  status: 'queued' | 'running' | 'done' | 'failed';
  partial: string;
  answer: string | undefined;
  error: string | undefined;
  metrics: { chunks: number; timeToFirstTokenMs: number | null; durationMs: number } | undefined;
}

export interface Note {
  readonly topic: string;
  readonly text: string;
}

/** Runs prompts as tasks; the partial answer of a task can be read while it runs. */
export class Orchestrator {
  private readonly tasks = new Map<string, Task>();
  private readonly notes: Note[] = [];

  constructor(
    private readonly kernel: Kernel,
    private readonly bus: EventBus,
    private readonly logger: Logger,
    private readonly flushIntervalMs = 250,
  ) {}

  submit(prompt: string): Task {
    const task: Task = {
      id: randomUUID().slice(0, 12),
      prompt,
      status: 'queued',
      partial: '',
      answer: undefined,
      error: undefined,
      metrics: undefined,
    };
    this.tasks.set(task.id, task);
    return task;
  }

  get(id: string): Task | undefined {
    return this.tasks.get(id);
  }

  costReport(): Map<string, number> {
    throw new Error('Not implemented: cost accounting has not been wired in');
  }

  async run(id: string): Promise<Task> {
    const task = this.tasks.get(id);
    if (task === undefined) throw new Error(`Unknown task: ${id}`);
    task.status = 'running';
    this.bus.publish('task', { id, status: task.status });

    const startedAt = performance.now();
    const buffer: string[] = [];
    let chunkCount = 0;
    let firstTokenAt: number | null = null as number | null;
    let lastFlushAt = startedAt;

    const stream = this.kernel.open(this.withNotes(task.prompt));
    stream.on('data', (text) => {
      if (text === '') return;
      chunkCount += 1;
      buffer.push(text);
      if (firstTokenAt === null) {
        firstTokenAt = performance.now();
        this.bus.publish('first-token', { id, elapsedMs: firstTokenAt - startedAt });
      }
      // The clock is read again: subscribers may have taken a while.
      const now = performance.now();
      if (now - lastFlushAt >= this.flushIntervalMs || text.endsWith('\n')) {
        lastFlushAt = now;
        task.partial = buffer.join('');
        this.bus.publish('partial', { id, text: task.partial, chunks: chunkCount });
      }
    });

    try {
      const [answer] = (await once(stream, 'end')) as [string];
      task.answer = answer;
      task.status = 'done';
    } catch (error) {
      this.logger.error(`Task ${id} failed after ${chunkCount} chunks`, { error: String(error) });
      task.status = 'failed';
      task.error = error instanceof Error ? error.message : String(error);
      task.answer = buffer.join('') || undefined;
    }

    task.partial = buffer.join('');
    task.metrics = {
      chunks: chunkCount,
      timeToFirstTokenMs: firstTokenAt === null ? null : firstTokenAt - startedAt,
      durationMs: performance.now() - startedAt,
    };
    if (this.isWorthNoting(task)) this.note(task);
    this.bus.publish('task', { id, status: task.status });
    return task;
  }

  /** Calls back with each partial answer until the task ends; returns how to stop earlier. */
  follow(id: string, send: (event: string, data: string) => void): () => void {
    let sent = 0;
    let finished = false;
    const stopPartial = this.bus.subscribe('partial', (event) => {
      if (event.id !== id || finished) return;
      const fresh = event.text.slice(sent);
      if (fresh === '') return;
      sent = event.text.length;
      send('partial', fresh);
    });
    const stopTask = this.bus.subscribe('task', (event) => {
      if (event.id === id && event.status !== 'running') {
        finished = true;
        send(event.status, this.get(id)?.partial.slice(sent) ?? '');
      }
    });
    return () => {
      stopPartial();
      stopTask();
    };
  }

  private withNotes(prompt: string): string {
    const close = this.notes.filter((note) => sharedWords(note.topic, prompt) >= 2).slice(-3);
    if (close.length === 0) return prompt;
    return `Notes from earlier tasks:\n${close.map((note) => `- ${note.text}`).join('\n')}\n\n${prompt}`;
  }

  private isWorthNoting(task: Task): boolean {
    if (task.status === 'failed') return true;
    return (task.answer?.length ?? 0) >= 40 && !this.notes.some((note) => note.topic === task.prompt);
  }

  private note(task: Task): void {
    const text = task.status === 'failed' ? `avoid: ${task.error}` : (task.answer ?? '').slice(0, 200);
    this.notes.push({ topic: task.prompt, text });
  }
}

function sharedWords(left: string, right: string): number {
  const words = new Set(left.toLowerCase().match(/[a-z]{3,}/g) ?? []);
  return new Set((right.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => words.has(word))).size;
}
