import { posix, relative, sep } from 'node:path';

/** A path relative to the root, with `/`. */
export const relativeTo = (root: string, path: string): string => relative(root, path).replaceAll(sep, '/');

export const isAbsolute = (path: string): boolean => posix.isAbsolute(path) || /^[A-Za-z]:\//.test(path);

/** A message must not depend on where the workspace lies. */
export function withRelativePaths(message: string, root: string): string {
  return message
    .replace(/import\("([^"]+)"/g, (whole, path: string) =>
      isAbsolute(path) ? `import("${relativeTo(root, path)}"` : whole,
    )
    .replaceAll(`${root}/`, '');
}
