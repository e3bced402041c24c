import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Housekeeping } from '../src/housekeeping';
import { reply, stubFetch, temporaryFolder } from './support';

function workspace(root: string, name: string, ageHours: number): string {
  const folder = join(root, 'workspaces', name);
  mkdirSync(folder, { recursive: true });
  const stamp = Date.now() / 1000 - ageHours * 3600;
  utimesSync(folder, stamp, stamp);
  return folder;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('sweeping', () => {
  it('removes partial files and old workspaces', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'a.partial'), '123');
    const [old, fresh] = [workspace(root, 'old', 25), workspace(root, 'fresh', 1)];
    expect(await new Housekeeping(root, 1000).run()).toEqual({ partialFiles: 1, workspaces: 1, freedBytes: 3 });
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it('goes on when something cannot be removed', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'a.partial'));
    writeFileSync(join(root, 'b.partial'), '12');
    expect(new Housekeeping(root, 1000).sweep()).toMatchObject({ partialFiles: 1, freedBytes: 2 });
  });
});

describe('announcing', () => {
  const report = { partialFiles: 0, workspaces: 2, freedBytes: 9 };

  it('tells the channel', async () => {
    const fetched = stubFetch(reply({}));
    await new Housekeeping('.', 1000, 'http://hooks.test').announce(report);
    expect(fetched.mock.calls[0]).toEqual([
      'http://hooks.test',
      { method: 'POST', body: '{"text":"Freed 9 bytes in 2 workspaces"}' },
    ]);
  });

  it.each([reply({}, 500), new Error('refused')])('survives %s', async (outcome) => {
    stubFetch(outcome);
    await expect(new Housekeeping('.', 1000, 'http://hooks.test').announce(report)).resolves.toBeUndefined();
  });

  it('does nothing without a channel', async () => {
    const fetched = stubFetch(reply({}));
    await new Housekeeping('.', 1000).announce(report);
    expect(fetched).not.toHaveBeenCalled();
  });
});

class Failing extends Housekeeping {
  runs = 0;

  override async run(): Promise<never> {
    this.runs += 1;
    throw new Error('disk');
  }
}

describe('the timer', () => {
  it('runs until it is stopped, whatever happens', async () => {
    vi.useFakeTimers();
    const keeper = new Failing('.', 1000);
    keeper.start();
    await vi.advanceTimersByTimeAsync(2500);
    expect(keeper.runs).toBe(2);
    keeper.stop();
    await vi.advanceTimersByTimeAsync(2500);
    expect(keeper.runs).toBe(2);
  });
});
