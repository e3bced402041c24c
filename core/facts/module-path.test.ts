import { describe, expect, test } from 'vitest';
import { importTarget, isTarget, modulePath } from './module-path';

test('packages and index files stand for their folder', () => {
  expect(modulePath('app/core/run.py')).toBe('app/core/run');
  expect(modulePath('app/core/__init__.py')).toBe('app/core');
  expect(modulePath('src/view/index.tsx')).toBe('src/view');
  expect(modulePath('src/user.service.ts')).toBe('src/user.service');
  expect(modulePath('index.js')).toBe('');
});

/** Whether an import in `from` means the module of `file`. */
function meets(from: string, specifier: string, file: string): boolean {
  const family = file.endsWith('.py') ? 'python' : 'typescript';
  const target = importTarget(from, specifier, family);
  return target !== undefined && isTarget(modulePath(file), target, from);
}

describe('Python', () => {
  test.each([
    ['app/a.py', 'app.core.run', 'app/core/run.py', true],
    ['tests/a.py', 'app.core.run', 'backend/src/app/core/run.py', true],
    ['app/jobs/a.py', '..core.run', 'app/core/run.py', true],
    ['app/core/a.py', '.run', 'app/core/run.py', true],
    ['app/core/a.py', '.', 'app/core/__init__.py', true],
    ['app/core/a.py', '....x', 'x.py', false],
    ['other/a.py', '.run', 'app/core/run.py', false],
    ['app/a.py', 'core.run', 'app/hardcore/run.py', false],
    ['scripts/a.py', 'run', 'scripts/run.py', true],
    ['tests/a.py', 'run', 'src/run.py', true],
    ['tests/a.py', 'run', 'app/run.py', false],
    ['app/a.py', 'logging', 'app/logging.py', false],
    ['app/a.py', 'app.logging', 'app/logging.py', true],
  ])('%s imports %s: %s is %s', (from, specifier, file, expected) => {
    expect(meets(from, specifier, file)).toBe(expected);
  });
});

describe('TypeScript', () => {
  test.each([
    ['src/a.ts', './view', 'src/view.ts', true],
    ['src/a.ts', './view', 'src/view/index.tsx', true],
    ['src/a.ts', './view.js', 'src/view.ts', true],
    ['src/view/a.ts', '.', 'src/view/index.ts', true],
    ['src/view/a.ts', '../b/./c', 'src/b/c.ts', true],
    ['a.ts', '../../b', 'b.ts', false],
    ['src/a.ts', './user.service', 'src/user.service.ts', true],
    ['src/a.ts', './view.css', 'src/view.ts', false],
    ['src/a.ts', './view?raw', 'src/view.ts', true],
    ['src/x/a.ts', '@/lib/view', 'src/lib/view.ts', true],
    ['app/x/a.ts', '~/components/Table', 'app/components/Table.tsx', true],
    ['apps/api/a.ts', '@scope/common/helper', 'libs/common/src/lib/helper.ts', true],
    ['apps/api/a.ts', '@scope/common', 'packages/common/index.ts', true],
    ['app/a.ts', 'src/view', 'src/view.ts', true],
    ['src/a.ts', 'view', 'src/view.ts', false],
    ['src/a.ts', 'node:fs/promises', 'src/fs/promises.ts', false],
    ['src/a.ts', 'lodash/debounce', 'src/debounce.ts', false],
  ])('%s imports %s: %s is %s', (from, specifier, file, expected) => {
    expect(meets(from, specifier, file)).toBe(expected);
  });
});
