/** Code that goes deeper than the compiler's stack: thousands of brackets, calls or branches within one another. */
export class TooDeep extends Error {
  /** @param path the file that the compiler was at, absolute */
  constructor(readonly path: string) {
    super(`${path} is nested too deeply for the TypeScript compiler`);
  }
}

/**
 * Does something with the code of a file.
 * @throws TooDeep where the stack does not suffice
 */
export function withStack<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isOverflow(error) ? new TooDeep(path) : error;
  }
}

export function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}
