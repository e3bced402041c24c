import { describe, expect, it, vi } from 'vitest';
import { EventBus } from '../src/events';
import { MemoryLogger } from '../src/logging';
import { Orchestrator } from '../src/orchestrator';
import { FakeKernel } from './support';

function setUp(kernel: FakeKernel, flushIntervalMs = 250) {
  const bus = new EventBus();
  const events: unknown[][] = [];
  for (const topic of ['task', 'first-token', 'partial'] as const) {
    bus.subscribe(topic, (payload) => events.push([topic, payload]));
  }
  const logger = new MemoryLogger();
  const subject = new Orchestrator(kernel, bus, logger, flushIntervalMs);
  const of = (topic: string) => events.filter(([name]) => name === topic).map(([, payload]) => payload);
  return { subject, events, of, logger };
}

function clock(...times: number[]) {
  return vi.spyOn(performance, 'now').mockImplementation(() => times.shift() ?? Number.NaN);
}

describe('streaming', () => {
  it('collects, measures and flushes at line ends', async () => {
    const { subject, of } = setUp(new FakeKernel(['Hel', '', 'lo\n', 'world']), 5000);
    const task = subject.submit('Say hello');
    // Start, first token, once a chunk that has text, end.
    const now = clock(1000, 1500, 1600, 2000, 3000, 4250);
    await subject.run(task.id);
    expect(now).toHaveBeenCalledTimes(6);
    expect(task.answer).toBe('Hello\nworld');
    expect(task.partial).toBe('Hello\nworld');
    expect(task.metrics).toEqual({ chunks: 3, timeToFirstTokenMs: 500, durationMs: 3250 });
    expect(of('first-token')).toEqual([{ id: task.id, elapsedMs: 500 }]);
    expect(of('partial')).toEqual([{ id: task.id, text: 'Hello\n', chunks: 2 }]);
    expect(of('task')).toEqual([
      { id: task.id, status: 'running' },
      { id: task.id, status: 'done' },
    ]);
  });

  it('flushes when the interval has passed', async () => {
    const { subject, of } = setUp(new FakeKernel(['a', 'b', 'c', 'd']), 1000);
    const task = subject.submit('Letters');
    clock(0, 900, 1000, 1500, 2000, 2900, 4000);
    await subject.run(task.id);
    expect(of('partial')).toEqual([
      { id: task.id, text: 'a', chunks: 1 },
      { id: task.id, text: 'abc', chunks: 3 },
    ]);
  });

  it('reads the clock again after the first token', async () => {
    const { subject, of } = setUp(new FakeKernel(['a']), 1000);
    const task = subject.submit('Letter');
    clock(0, 200, 1200, 2000);
    await subject.run(task.id);
    expect(of('first-token')).toEqual([{ id: task.id, elapsedMs: 200 }]);
    expect(of('partial')).toEqual([{ id: task.id, text: 'a', chunks: 1 }]);
  });

  it('still counts a chunk that comes late', async () => {
    const kernel = new FakeKernel(['a\n']);
    const { subject, of } = setUp(kernel);
    const task = subject.submit('x');
    await subject.run(task.id);
    kernel.streams[0]?.emit('data', 'late\n');
    expect(of('partial').at(-1)).toEqual({ id: task.id, text: 'a\nlate\n', chunks: 2 });
    expect(of('first-token')).toHaveLength(1);
    expect(task.metrics?.chunks).toBe(1);
  });

  it('keeps the streams of two tasks apart', async () => {
    const { subject, of } = setUp(new FakeKernel(['a\n']));
    const [first, second] = [subject.submit('x'), subject.submit('y')];
    await Promise.all([subject.run(first.id), subject.run(second.id)]);
    expect([first.partial, second.partial]).toEqual(['a\n', 'a\n']);
    expect(of('partial').map((event) => (event as { chunks: number }).chunks)).toEqual([1, 1]);
  });

  it('keeps what was streamed before a failure', async () => {
    const { subject, of, logger } = setUp(new FakeKernel(['half '], new Error('gone')));
    const task = await subject.run(subject.submit('Explain').id);
    expect([task.status, task.error, task.answer, task.metrics?.chunks]).toEqual(['failed', 'gone', 'half ', 1]);
    expect(of('task').at(-1)).toEqual({ id: task.id, status: 'failed' });
    expect(logger.lines).toEqual([`error: Task ${task.id} failed after 1 chunks`]);
  });

  it('has no first token when it fails at once', async () => {
    const { subject } = setUp(new FakeKernel([], new Error('slow')));
    const task = await subject.run(subject.submit('Explain').id);
    expect(task.answer).toBeUndefined();
    expect(task.metrics?.timeToFirstTokenMs).toBeNull();
  });
});

describe('following', () => {
  it('sends only what is new, then the rest', async () => {
    const { subject } = setUp(new FakeKernel(['one\n', 'two\n', 'rest']), 5000);
    const task = subject.submit('Count');
    const sent: string[][] = [];
    subject.follow(task.id, (event, data) => sent.push([event, data]));
    await subject.run(task.id);
    expect(sent).toEqual([
      ['partial', 'one\n'],
      ['partial', 'two\n'],
      ['done', 'rest'],
    ]);
  });

  it('sends nothing after the end, or after it was stopped', async () => {
    const kernel = new FakeKernel(['one\n']);
    const { subject } = setUp(kernel);
    const task = subject.submit('Count');
    const sent: string[] = [];
    const stopped: string[] = [];
    subject.follow(task.id, (event) => sent.push(event));
    subject.follow(task.id, (event) => stopped.push(event))();
    await subject.run(task.id);
    kernel.streams[0]?.emit('data', 'late\n');
    expect(sent).toEqual(['partial', 'done']);
    expect(stopped).toEqual([]);
  });

  it('ignores other tasks', async () => {
    const { subject } = setUp(new FakeKernel(['one\n']));
    const sent: string[] = [];
    subject.follow('another', (event) => sent.push(event));
    await subject.run(subject.submit('Count').id);
    expect(sent).toEqual([]);
  });
});

describe('notes', () => {
  it('come before a prompt that shares words', async () => {
    const kernel = new FakeKernel(['a long answer '.repeat(5)]);
    const { subject } = setUp(kernel);
    await subject.run(subject.submit('Describe the release train').id);
    await subject.run(subject.submit('describe this release').id);
    expect(kernel.prompts[1]).toBe(
      `Notes from earlier tasks:\n- ${'a long answer '.repeat(5)}\n\ndescribe this release`,
    );
  });

  it('are made of failures, but not of short answers', async () => {
    const failing = new FakeKernel([], new Error('no gpu'));
    const { subject } = setUp(failing);
    await subject.run(subject.submit('Train the adapter').id);
    await subject.run(subject.submit('train the adapter').id);
    expect(failing.prompts[1]).toContain('- avoid: no gpu');
    const brief = new FakeKernel(['yes']);
    const other = setUp(brief).subject;
    await other.run(other.submit('Train the adapter').id);
    await other.run(other.submit('Train the adapter').id);
    expect(brief.prompts[1]).toBe('Train the adapter');
  });
});

it('refuses tasks that it does not know', async () => {
  const { subject } = setUp(new FakeKernel());
  expect(subject.get('none')).toBeUndefined();
  await expect(subject.run('none')).rejects.toThrow('Unknown task: none');
});
