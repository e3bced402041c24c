import { execFileSync, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, fstatSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryLogger } from '../src/logging';
import { parseStartRequest, runtimeRouter } from '../src/routes/runtime';
import { RuntimeController } from '../src/runtime/runtime-controller';
import { temporaryFolder } from './support';

vi.mock('node:child_process', () => ({ execFileSync: vi.fn(), spawn: vi.fn() }));

function setUp() {
  const folder = join(temporaryFolder(), 'logs');
  const commands = { ollama: ['ollama', 'serve'], vllm: ['python', '-m', 'vllm'] };
  return { folder, controller: new RuntimeController(folder, new MemoryLogger(), commands) };
}

/** A service whose process exists, as far as signals can tell. */
function running() {
  const context = setUp();
  mkdirSync(context.folder);
  writeFileSync(join(context.folder, 'ollama.pid'), '4242');
  vi.mocked(execFileSync).mockReturnValue(' 12.5 65536\n');
  return { ...context, kill: vi.spyOn(process, 'kill').mockReturnValue(true) };
}

function spawned(pid: number | undefined) {
  const fake = Object.assign(new EventEmitter(), { pid, unref: vi.fn() });
  vi.mocked(spawn).mockReturnValue(fake as never);
  return fake;
}

beforeEach(() => {
  vi.mocked(spawn).mockReset();
  vi.mocked(execFileSync).mockReset();
});

describe('start', () => {
  it('starts and remembers the pid', () => {
    const { controller, folder } = setUp();
    const fake = spawned(77);
    vi.spyOn(process, 'kill').mockReturnValue(true);
    vi.mocked(execFileSync).mockReturnValue('0.0 1024');
    expect(controller.start('ollama', ['-v'])).toMatchObject({ running: true, pid: 77, memoryMb: 1 });
    const [binary, args, options] = vi.mocked(spawn).mock.calls[0] ?? [];
    expect([binary, args]).toEqual(['ollama', ['serve', '-v']]);
    expect(options).toMatchObject({ detached: true });
    const log = (options?.stdio as unknown[])[1] as number;
    expect(() => fstatSync(log)).toThrow();
    expect(fake.unref).toHaveBeenCalled();
    expect(readFileSync(join(folder, 'ollama.pid'), 'utf8')).toBe('77');
    expect(controller.history()).toMatchObject([{ action: 'start', service: 'ollama', ok: true }]);
  });

  it('does not start twice', () => {
    expect(running().controller.start('ollama').pid).toBe(4242);
    expect(spawn).not.toHaveBeenCalled();
  });

  it('reports a binary that cannot be run', () => {
    const { controller, folder } = setUp();
    spawned(undefined);
    expect(controller.start('ollama').error).toBe('ollama cannot be run');
    expect(existsSync(join(folder, 'ollama.pid'))).toBe(false);
    expect(controller.history()).toMatchObject([{ ok: false }]);
  });

  it.each([
    [10, false],
    [6 * 1024 * 1024, true],
  ])('rotates a log of %d bytes: %s', (size, rotated) => {
    const { controller, folder } = setUp();
    mkdirSync(folder);
    writeFileSync(join(folder, 'ollama.log'), '');
    truncateSync(join(folder, 'ollama.log'), size);
    spawned(undefined);
    controller.start('ollama');
    expect(existsSync(join(folder, 'ollama.log.1'))).toBe(rotated);
  });
});

describe('stop', () => {
  it.each([
    [false, 'SIGTERM'],
    [true, 'SIGKILL'],
  ])('force %s sends %s', (force, signal) => {
    const { controller, folder, kill } = running();
    expect(controller.stop('ollama', force).running).toBe(false);
    expect(kill).toHaveBeenCalledWith(4242, signal);
    expect(existsSync(join(folder, 'ollama.pid'))).toBe(false);
  });

  it('accepts that the process is gone, and nothing else', () => {
    const { controller, kill } = running();
    kill.mockImplementationOnce(() => {
      throw Object.assign(new Error('denied'), { code: 'EPERM' });
    });
    expect(() => controller.stop('ollama')).toThrow('denied');
    kill.mockImplementationOnce(() => {
      throw Object.assign(new Error('gone'), { code: 'ESRCH' });
    });
    expect(controller.stop('ollama').running).toBe(false);
  });

  it('has nothing to do without a pid', () => {
    const { controller } = setUp();
    const kill = vi.spyOn(process, 'kill');
    expect(controller.stop('vllm').running).toBe(false);
    expect(kill).not.toHaveBeenCalled();
  });
});

describe('observing', () => {
  it('reads figures from ps', () => {
    const { controller } = running();
    expect(controller.status('ollama')).toEqual({
      name: 'ollama',
      running: true,
      pid: 4242,
      cpuPercent: 12.5,
      memoryMb: 64,
      error: null,
    });
    expect(controller.allStatuses().map((status) => status.running)).toEqual([true, false]);
  });

  it('goes on without ps', () => {
    const { controller } = running();
    vi.mocked(execFileSync).mockImplementation(() => {
      throw new Error('no ps');
    });
    expect(controller.status('ollama')).toMatchObject({ running: true, memoryMb: 0 });
  });

  it('notices a stale or damaged pid file', () => {
    const { controller, folder, kill } = running();
    kill.mockImplementation(() => {
      throw new Error('ESRCH');
    });
    expect(controller.status('ollama').running).toBe(false);
    writeFileSync(join(folder, 'ollama.pid'), 'soon');
    kill.mockReturnValue(true);
    expect(controller.status('ollama').running).toBe(false);
  });

  it('tails and counts', () => {
    const { controller, folder } = setUp();
    expect(controller.tailLog('ollama')).toEqual([]);
    mkdirSync(folder);
    writeFileSync(join(folder, 'ollama.log'), 'one\ntwo\nERROR three\n');
    expect(controller.tailLog('ollama', 2)).toEqual(['two', 'ERROR three']);
    expect(controller.countErrors('ollama')).toBe(1);
  });

  it('knows its services only', () => {
    const { controller } = setUp();
    for (const action of ['start', 'stop', 'status', 'tailLog'] as const) {
      expect(() => controller[action]('redis')).toThrow('Unknown service: redis');
    }
  });
});

describe('start requests', () => {
  it.each([
    [undefined, { model: undefined, extraArgs: [] }],
    [{ model: null }, { model: undefined, extraArgs: [] }],
    [
      { model: 'llama3:8b', extraArgs: ['-q'] },
      { model: 'llama3:8b', extraArgs: ['-q'] },
    ],
  ])('%j', (body, expected) => {
    expect(parseStartRequest(body)).toEqual(expected);
  });

  it.each([
    [{ model: 7 }, 'Model to serve must have at most 100 characters'],
    [{ model: 'a'.repeat(101) }, 'Model to serve must have at most 100 characters'],
    [{ model: '' }, 'Model to serve contains characters that are not allowed'],
    [{ model: 'acme/llama' }, 'Model to serve contains characters that are not allowed'],
    [{ model: 'a\n' }, 'Model to serve contains characters that are not allowed'],
    [{ extraArgs: [1] }, 'extraArgs must be a list of strings'],
  ])('%j: %s', (body, message) => {
    expect(() => parseStartRequest(body)).toThrow(expect.objectContaining({ status: 422, message }));
  });
});

describe('routes', () => {
  it('pass the model on', async () => {
    const { controller } = setUp();
    spawned(undefined);
    const body = { model: 'llama3', extraArgs: ['-q'] };
    const res = await runtimeRouter(controller).handle('POST', '/runtime/services/vllm/start', body);
    expect(vi.mocked(spawn).mock.calls[0]?.[1]).toEqual(['-m', 'vllm', '-q', '--model', 'llama3']);
    expect([res.statusCode, res.body]).toEqual([500, { error: 'vllm did not start: python cannot be run' }]);
  });

  it('know services and limits', async () => {
    const router = runtimeRouter(setUp().controller);
    expect((await router.handle('GET', '/runtime/services')).body).toHaveLength(2);
    expect((await router.handle('GET', '/runtime/history')).body).toEqual([]);
    expect((await router.handle('POST', '/runtime/services/x/stop')).statusCode).toBe(404);
    expect((await router.handle('GET', '/runtime/services/vllm/logs?lines=0')).statusCode).toBe(422);
    expect((await router.handle('GET', '/runtime/services/vllm/logs')).body).toEqual({ service: 'vllm', lines: [] });
  });
});
