import { resolve } from 'node:path';
import { readNamedConfig } from './config/source';
import { relativePath } from './root';

/** Reads the configuration that `--config` names, and calls it by its shortest path in messages. */
export function namedConfig(path: string, cwd: string, root: string) {
  const absolute = resolve(cwd, path);
  const local = relativePath(root, absolute);
  return readNamedConfig(absolute, local.startsWith('..') ? path : local);
}
