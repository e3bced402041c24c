import type { FactCollector } from '../../core/facts/parsed-file';
import { collectIo } from './collect';
import { isWorthAdapter } from './cures/extract-adapter/worth-adapter';
import type { IoUnit } from './facts';
import { PYTHON_LANGUAGE } from './python';
import { TYPESCRIPT_LANGUAGE } from './typescript';

/** The large classes and functions of a file that do several kinds of I/O. */
export const collect: FactCollector<readonly IoUnit[]> = {
  id: 'mixed-io',
  version: 9,
  families: ['python', 'typescript'],
  kinds: () => [],
  // No trigger: which modules a file imports says more, and is asked of their set.
  start: (file) => ({
    finish: () => collectIo(file, file.family === 'python' ? PYTHON_LANGUAGE : TYPESCRIPT_LANGUAGE, isWorthAdapter),
  }),
};
