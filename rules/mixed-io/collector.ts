import type { FactCollector } from '../../core/facts/parsed-file';
import type { IoUnit } from './facts';
import { collectPython } from './python';
import { collectTypeScript } from './typescript';

/** The large classes and functions of a file that do several kinds of I/O. */
export const collect: FactCollector<readonly IoUnit[]> = {
  id: 'mixed-io',
  version: 5,
  families: ['python', 'typescript'],
  kinds: () => [],
  // No trigger: which modules a file imports says more, and is asked of their set.
  start: (file) => ({ finish: () => (file.family === 'python' ? collectPython(file) : collectTypeScript(file)) }),
};
