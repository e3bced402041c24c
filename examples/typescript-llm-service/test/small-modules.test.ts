import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pruneCache } from '../scripts/prune-cache.js';
import { loadConfig, loadTracer, serviceVersion } from '../src/config';
import { EventBus } from '../src/events';
import { HttpError, Router } from '../src/http/router';
import { complete, OllamaKernel } from '../src/llm/kernel';
import { fileLogger, MemoryLogger } from '../src/logging';
import { Orchestrator } from '../src/orchestrator';
import { parameterCount, parseJson, parseSize, tryUrl } from '../src/parsing';
import { HubClient } from '../src/registry/hub-client';
import { chatRouter } from '../src/routes/chat';
import { FakeKernel, reply, stubFetch, temporaryFolder } from './support';

describe('parsing', () => {
  it.each([
    ['4.7 GB', 5_046_586_572],
    ['12B', 12],
    ['3 mib', 3_145_728],
    ['big', null],
  ])('the size %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it('answers null for what it cannot read', () => {
    expect([parseJson('{'), parameterCount('8bit'), tryUrl('no')]).toEqual([null, null, undefined]);
    expect([parseJson('[1]'), parameterCount('llama3:8b-instruct')]).toEqual([[1], 8]);
  });
});

describe('configuration', () => {
  it('has defaults', () => {
    expect(loadConfig({})).toMatchObject({ ollamaUrl: 'http://127.0.0.1:11434', sweepIntervalMs: 3_600_000 });
    expect(loadConfig({ LLM_SERVICE_SWEEP_INTERVAL: 'soon', LLM_SERVICE_OLLAMA_URL: 'x' })).toEqual(loadConfig({}));
  });

  it('is read from the environment', () => {
    const config = loadConfig({ LLM_SERVICE_SWEEP_INTERVAL: '90s', LLM_SERVICE_OLLAMA_URL: 'http://gpu:1/' });
    expect([config.sweepIntervalMs, config.ollamaUrl]).toEqual([90_000, 'http://gpu:1']);
  });

  it('knows the version of its package', () => {
    const folder = temporaryFolder();
    expect(serviceVersion(folder)).toBe('0.0.0-bundle');
    writeFileSync(join(folder, 'package.json'), '{"version":"1.2.3"}');
    expect(serviceVersion(folder)).toBe('1.2.3');
  });

  it('works without tracing', async () => {
    (await loadTracer('llm-service-tracing-that-is-not-installed')).span('x').end();
  });
});

describe('the router', () => {
  const router = Router();
  router.get('/files/:name', (req, res) => res.json({ name: req.params.name }));
  router.get('/tree/*path', (req, res) => res.json({ path: req.params.path }));
  router.post('/fail', () => {
    throw new HttpError(418, 'teapot', ['short', 'stout']);
  });
  router.put('/crash', async () => {
    throw new Error('bug');
  });

  it('decodes parameters and takes the rest of a path', async () => {
    expect((await router.handle('GET', '/files/a%20b?x=1')).body).toEqual({ name: 'a b' });
    expect((await router.handle('GET', '/tree/a/b')).body).toEqual({ path: 'a/b' });
    expect((await router.handle('GET', '/files/a/b')).statusCode).toBe(404);
    expect((await router.handle('POST', '/files/a')).statusCode).toBe(404);
  });

  it('turns errors into answers', async () => {
    expect(await router.handle('POST', '/fail')).toMatchObject({
      statusCode: 418,
      body: { error: 'teapot', details: ['short', 'stout'] },
    });
    expect(await router.handle('PUT', '/crash')).toMatchObject({ statusCode: 500, body: { error: 'bug' } });
  });

  it('mounts below a prefix', async () => {
    const outer = Router();
    outer.use('/api', router);
    expect((await outer.handle('GET', '/api/files/a')).body).toEqual({ name: 'a' });
  });
});

describe('the file logger', () => {
  it('writes a document a line, and survives a folder that is gone', () => {
    const folder = temporaryFolder();
    const logger = fileLogger(join(folder, 'log.jsonl'), () => 7);
    logger.warn('low', { free: 1 });
    logger.info('fine');
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8').split('\n')).toEqual([
      '{"time":7,"level":"warn","message":"low","free":1}',
      '{"time":7,"level":"info","message":"fine"}',
      '',
    ]);
    fileLogger(join(folder, 'missing', 'log.jsonl')).error('lost');
    expect(readdirSync(folder)).toEqual(['log.jsonl']);
  });
});

describe('the bus', () => {
  it('delivers until a listener leaves', () => {
    const bus = new EventBus();
    const seen: string[] = [];
    const stop = bus.subscribe('task', ({ status }) => seen.push(status));
    bus.publish('task', { id: '1', status: 'running' });
    stop();
    bus.publish('task', { id: '1', status: 'done' });
    expect(seen).toEqual(['running']);
  });
});

describe('the kernel', () => {
  const lines = (...texts: string[]) => new Response(texts.join('\n'));

  it('emits each piece', async () => {
    const fetched = stubFetch(lines('{"response":"a"}', 'noise', '{"response":""}', '{"response":"b"}'));
    const stream = new OllamaKernel('http://runtime.test', 'llama3').open('hi', { temperature: 0 });
    const pieces: string[] = [];
    stream.on('data', (text) => pieces.push(text));
    const answer = await new Promise((resolve) => stream.on('end', resolve));
    expect([pieces, answer]).toEqual([['a', 'b'], 'ab']);
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({
      model: 'llama3',
      prompt: 'hi',
      stream: true,
      options: { temperature: 0 },
    });
  });

  it('fails with the status', async () => {
    stubFetch(reply({}, 500));
    await expect(complete(new OllamaKernel('http://runtime.test', 'm'), 'hi')).rejects.toThrow(
      'The runtime answered 500',
    );
  });
});

describe('the hub', () => {
  it.each([
    ['', 'Repository name must have 1-200 characters'],
    ['a'.repeat(201), 'Repository name must have 1-200 characters'],
    ['a b', 'Repository name contains characters that are not allowed'],
  ])('refuses the name %j', async (name, message) => {
    const fetched = stubFetch(reply({}));
    await expect(new HubClient().card(name)).rejects.toThrow(new RangeError(message));
    expect(fetched).not.toHaveBeenCalled();
  });

  it('sends a token only when there is one', async () => {
    vi.stubEnv('HF_TOKEN', '');
    const fetched = stubFetch(reply({ id: 'acme/a' }), reply({}, 401), reply({}, 429), reply({}, 500));
    const hub = new HubClient('http://hub.test');
    expect(await hub.card('acme/a')).toEqual({ id: 'acme/a' });
    expect(await hub.card('acme/secret')).toBeUndefined();
    expect(await hub.search('acme', 5)).toEqual([]);
    await expect(hub.card('acme/a')).rejects.toMatchObject({ status: 500 });
    expect(fetched.mock.calls[0]).toEqual(['http://hub.test/api/models/acme/a', { headers: {} }]);
    vi.unstubAllEnvs();
  });
});

describe('chat', () => {
  const router = (kernel: FakeKernel) => chatRouter(new Orchestrator(kernel, new EventBus(), new MemoryLogger()));

  it('answers, and keeps the task', async () => {
    const subject = router(new FakeKernel(['Hi\n', 'there']));
    const { body } = await subject.handle('POST', '/chat', { prompt: 'Hello' });
    const { taskId, answer } = body as { taskId: string; answer: string };
    expect(answer).toBe('Hi\nthere');
    expect((await subject.handle('GET', `/chat/${taskId}`)).body).toEqual({ taskId, status: 'done', partial: answer });
    expect((await subject.handle('GET', '/chat/none')).statusCode).toBe(404);
    expect((await subject.handle('POST', '/chat', { prompt: '' })).statusCode).toBe(422);
  });

  it('streams events', async () => {
    const { body } = await router(new FakeKernel(['one\n', 'two'])).handle('POST', '/chat/stream', { prompt: 'Count' });
    expect(body).toBe('event: partial\ndata: "one\\n"\n\nevent: done\ndata: "two"\n\n');
  });

  it('reports failures', async () => {
    const { statusCode, body } = await router(new FakeKernel([], new Error('no gpu'))).handle('POST', '/chat', {
      prompt: 'Hello',
    });
    expect([statusCode, body]).toEqual([502, { error: 'no gpu' }]);
  });
});

describe('pruning', () => {
  function cards(): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'old.json'), '{"model":"old:1b"}');
    writeFileSync(join(folder, 'new.json'), '{"model":"new:1b"}');
    writeFileSync(join(folder, 'odd.json'), '{"model":"../odd"}');
    writeFileSync(join(folder, 'broken.json'), '{');
    writeFileSync(join(folder, 'notes.txt'), '');
    utimesSync(join(folder, 'old.json'), 0, 0);
    return folder;
  }

  it('deletes old cards', async () => {
    const folder = cards();
    expect(await pruneCache(folder)).toEqual({ deleted: ['old:1b'], kept: 1 });
    expect(readdirSync(folder).sort()).toEqual(['broken.json', 'new.json', 'notes.txt', 'odd.json']);
  });

  it('can only look', async () => {
    const folder = cards();
    expect((await pruneCache(folder, { dryRun: true })).deleted).toEqual(['old:1b']);
    expect(existsSync(join(folder, 'old.json'))).toBe(true);
  });

  it.each([
    [reply(null, 404), ['new:1b', 'old:1b']],
    [reply({}), ['old:1b']],
    [new Error('down'), ['old:1b']],
  ])('asks the catalogue %#', async (outcome, deleted) => {
    stubFetch(outcome);
    const result = await pruneCache(cards(), { catalogUrl: 'http://catalog.test' });
    expect(result.deleted.sort()).toEqual(deleted);
  });
});
