/** Whether a text cannot be a name in Python or TypeScript; the server knows the finer rules. */
export function badIdentifier(text: string): boolean {
  return !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text);
}

/**
 * Whether new code cannot go to a path: it has to lie inside the folder, in a file of the language for which a target was proposed.
 * @param proposed what the server proposed, relative to the folder, with `/`
 */
export function badTarget(path: string, proposed: string): boolean {
  const segments = path.split(/[\\/]/);
  const isInside =
    !/^(?:[\\/]|[A-Za-z]:)/.test(path) && !segments.includes('..') && segments.every((one) => one !== '');
  return !isInside || family(path) !== family(proposed);
}

function family(path: string): string {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1] ?? '';
  return /^[mc]?[jt]sx?$/.test(extension) ? 'typescript' : extension;
}
