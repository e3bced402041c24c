import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveScope } from '../../session/root';
import { workspace } from './workspace';

const messageOf = (paths: readonly string[], cwd: string): Promise<string> =>
  resolveScope(paths, cwd).then(
    () => 'no error',
    (error: Error) => error.message,
  );

test('a path that does not exist is told with each place where it was looked for, once', async () => {
  const { root, path } = await workspace({ 'a.py': 'x = 1\n' });
  await mkdir(path('sub'));
  expect(await messageOf(['nope.py'], root)).toBe(`nope.py: no such file or folder below ${root}; check the path`);
  expect(await messageOf(['nope.py'], path('sub'))).toBe(
    `nope.py: no such file or folder, neither below ${path('sub')} nor below ${root}; check the path`,
  );
  expect(await messageOf([path('nope.py')], root)).toBe(`${path('nope.py')}: no such file or folder; check the path`);
});

test('a working directory under another name is still the root', async () => {
  const { root } = await workspace({ 'a.py': 'x = 1\n' });
  const outside = await mkdtemp(join(tmpdir(), 'seamline-link-'));
  try {
    await symlink(root, join(outside, 'link'));
    expect(await messageOf(['nope.py'], join(outside, 'link'))).toContain(`folder below ${root};`);
  } finally {
    await rm(outside, { recursive: true });
  }
});
