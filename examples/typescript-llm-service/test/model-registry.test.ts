import { execFileSync, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EventBus } from '../src/events';
import { MemoryLogger } from '../src/logging';
import { ModelRegistry } from '../src/registry/model-registry';
import { reply, stubFetch, temporaryFolder } from './support';

vi.mock('node:child_process', () => ({ execFileSync: vi.fn(), spawn: vi.fn() }));

const TAGS = {
  models: [
    { name: 'phi3:mini', size: 22, details: { family: 'phi3', quantization_level: 'Q4_0' } },
    { name: 'llava:34b', size: 99, details: { families: ['llama', 'clip'] } },
    { name: 'nomic-embed:v1', details: { family: 'bert' } },
    'noise',
  ],
};

function setUp() {
  const folder = temporaryFolder();
  const bus = new EventBus();
  const logger = new MemoryLogger();
  return { folder, bus, logger, registry: new ModelRegistry('http://runtime.test', folder, bus, logger) };
}

/** A process that prints and ends once somebody has had time to listen. */
function child(code: number, ...output: string[]) {
  const fake = Object.assign(new EventEmitter(), { stdout: new EventEmitter() });
  queueMicrotask(() => {
    for (const text of output) fake.stdout.emit('data', Buffer.from(text));
    fake.emit('close', code);
  });
  return fake;
}

beforeEach(() => {
  vi.mocked(spawn).mockReset();
  vi.mocked(execFileSync).mockReset();
});

describe('names', () => {
  it.each([
    ['llama3:8b-q4_0', true],
    ['a'.repeat(100), true],
    ['', false],
    ['a'.repeat(101), false],
    ['a b', false],
    ['acme/llama', false],
    ['a\n', false],
  ])('%j is %s', (name, expected) => {
    expect(setUp().registry.isInstallableName(name)).toBe(expected);
  });
});

describe('listing', () => {
  it('asks the runtime and keeps a snapshot', async () => {
    const { registry, folder } = setUp();
    const fetched = stubFetch(reply(TAGS));
    const records = await registry.list();
    expect(fetched.mock.calls[0]?.[0]).toBe('http://runtime.test/api/tags');
    expect(records.map(({ name, capabilities, contextLength }) => [name, capabilities, contextLength])).toEqual([
      ['llava:34b', ['completion', 'vision'], 8192],
      ['nomic-embed:v1', ['embedding'], 4096],
      ['phi3:mini', ['completion'], 4096],
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'ollama-models.json'), 'utf8'))).toEqual(records);
    expect(existsSync(join(folder, 'ollama-models.json.tmp'))).toBe(false);
  });

  it('answers from the snapshot while the runtime is down', async () => {
    const { registry, logger } = setUp();
    stubFetch(reply(TAGS), new Error('refused'), reply(TAGS));
    const first = await registry.list();
    expect(await registry.list()).toEqual(first);
    expect(registry.problem()).toBe('refused');
    expect(logger.lines).toEqual(['warn: Ollama at http://runtime.test does not list its models']);
    await registry.list();
    expect(registry.problem()).toBeUndefined();
  });

  it('ignores a damaged snapshot', async () => {
    const { registry, folder } = setUp();
    writeFileSync(join(folder, 'ollama-models.json'), '{');
    stubFetch(reply({}, 500));
    expect(await registry.list()).toEqual([]);
    expect(registry.problem()).toBe('The runtime answered 500');
  });
});

describe('details', () => {
  const shown = {
    details: { family: 'llama' },
    model_info: { 'llama.context_length': 8192, 'clip.layers': 3 },
    template: '{{ .Tools }}',
  };

  it('describes one model', async () => {
    const fetched = stubFetch(reply(shown));
    const found = await setUp().registry.describe('llama3:8b');
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"model":"llama3:8b"}' });
    expect(found).toMatchObject({ contextLength: 8192, capabilities: ['completion', 'tools', 'vision'] });
  });

  it('does not know every model', async () => {
    stubFetch(reply({}, 404), reply({}, 503));
    const { registry } = setUp();
    expect(await registry.describe('none')).toBeUndefined();
    await expect(registry.describe('llama3')).rejects.toThrow('The runtime answered 503 for llama3');
  });

  it('leaves out what cannot be described', async () => {
    stubFetch(reply(shown), new Error('reset'), reply({}, 404), reply(shown));
    const found = await setUp().registry.details(['a', 'b', 'c', 'd']);
    expect(found.map(({ name }) => name)).toEqual(['a', 'd']);
  });

  it.each([
    [reply({}), true],
    [reply({}, 500), false],
    [new Error('refused'), false],
  ])('reachability %#', async (outcome, expected) => {
    stubFetch(outcome);
    expect(await setUp().registry.isReachable()).toBe(expected);
  });
});

describe('installing', () => {
  it('numbers the lines of its progress', async () => {
    const { registry, bus } = setUp();
    const published: unknown[] = [];
    bus.subscribe('operation', (payload) => published.push(payload));
    vi.mocked(spawn).mockImplementation(() => child(0, 'pull', 'ing\r\n\nverify', 'ing\ndo', 'ne') as never);
    const operation = registry.startInstall('llama3:8b');
    await registry.drain();
    expect(vi.mocked(spawn).mock.calls[0]?.slice(0, 2)).toEqual(['ollama', ['pull', 'llama3:8b']]);
    expect(operation.progress).toEqual(['1: pulling', '2: verifying', '3: done']);
    expect(operation.status).toBe('completed');
    expect(published).toEqual([{ id: operation.id, kind: 'install', model: 'llama3:8b', status: 'completed' }]);
  });

  it('reports the exit code', async () => {
    const { registry } = setUp();
    vi.mocked(spawn).mockImplementation(() => child(1) as never);
    const operation = registry.startInstall('none');
    await registry.drain();
    expect([operation.status, operation.error]).toEqual(['failed', 'ollama pull none ended with 1']);
  });

  it('reports a binary that cannot be run', async () => {
    const { registry } = setUp();
    vi.mocked(spawn).mockImplementation(() => {
      const fake = Object.assign(new EventEmitter(), { stdout: new EventEmitter() });
      queueMicrotask(() => fake.emit('error', new Error('ENOENT')));
      return fake as never;
    });
    const operation = registry.startInstall('llama3');
    await registry.drain();
    expect([operation.status, operation.error]).toEqual(['failed', 'ENOENT']);
  });

  it('starts no process for a bad name', async () => {
    const { registry } = setUp();
    const operation = registry.startInstall('$(x)');
    await registry.drain();
    expect(operation.error).toBe('Not a model name: $(x)');
    expect(spawn).not.toHaveBeenCalled();
  });

  it('forgets old operations', async () => {
    const { registry } = setUp();
    vi.mocked(spawn).mockImplementation(() => child(0) as never);
    const first = registry.startInstall('m0');
    for (let index = 1; index <= 50; index += 1) registry.startInstall(`m${index}`);
    await registry.drain();
    expect(registry.operation(first.id)).toBeUndefined();
    expect(registry.listOperations()).toHaveLength(50);
    expect(registry.listOperations()[0]?.model).toBe('m50');
  });
});

describe('removing', () => {
  it('forgets the model everywhere', async () => {
    const { registry, folder } = setUp();
    stubFetch(reply(TAGS));
    await registry.list();
    registry.activate('phi3:mini', 'ollama');
    registry.activate('llava:34b', 'vllm');
    expect(await registry.remove('phi3:mini')).toBe(true);
    expect(vi.mocked(execFileSync).mock.calls[0]?.slice(0, 2)).toEqual(['ollama', ['rm', 'phi3:mini']]);
    expect(registry.active()).toEqual({ vllm: 'llava:34b' });
    expect(readFileSync(join(folder, 'ollama-models.json'), 'utf8')).not.toContain('phi3');
  });

  it('fails when the command does', async () => {
    const { registry, logger } = setUp();
    vi.mocked(execFileSync).mockImplementation(() => {
      throw new Error('not found');
    });
    expect(await registry.remove('none')).toBe(false);
    expect(logger.lines).toEqual(['warn: ollama rm none failed']);
  });
});

describe('the runtime', () => {
  it('tells its version', () => {
    const { registry } = setUp();
    vi.mocked(execFileSync).mockReturnValueOnce('ollama version is 0.5.12').mockReturnValueOnce('development');
    expect([registry.runtimeVersion(), registry.runtimeVersion()]).toEqual(['0.5.12', undefined]);
  });

  it('may be missing, but no other error is hidden', () => {
    const { registry } = setUp();
    vi.mocked(execFileSync)
      .mockImplementationOnce(() => {
        throw Object.assign(new Error('missing'), { code: 'ENOENT' });
      })
      .mockImplementationOnce(() => {
        throw Object.assign(new Error('denied'), { code: 'EACCES' });
      });
    expect(registry.runtimeVersion()).toBeUndefined();
    expect(() => registry.runtimeVersion()).toThrow('denied');
  });

  it('must be a known one', () => {
    expect(() => setUp().registry.activate('a', 'tgi')).toThrow(
      new RangeError("Runtime must be 'vllm' or 'ollama', not 'tgi'"),
    );
  });
});

it('numbers versions', () => {
  const { registry } = setUp();
  registry.recordVersion('a', 'sha:1');
  registry.recordVersion('a', 'sha:2', 'tuned');
  expect(registry.versions('a').map(({ number, note }) => [number, note])).toEqual([
    [2, 'tuned'],
    [1, ''],
  ]);
  expect(registry.versions('b')).toEqual([]);
});
