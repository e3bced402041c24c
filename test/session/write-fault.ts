import type { FileHandle } from 'node:fs/promises';
import { DISK, type Files } from '../../session/write/files';

/** One call of the file system: which, and on what path. */
export interface Call {
  readonly name: string;
  readonly path: string;
}

/**
 * The disk, with something that happens before each call. A write counts twice: before it, and when half of its bytes are written.
 * @param before may throw, or end the process
 */
export function watchedDisk(before: (call: Call) => void): Files {
  const watch =
    <A extends unknown[], R>(name: string, run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      before({ name, path: String(args[0]) });
      return run(...args);
    };
  const entries = Object.entries(DISK).map(([name, run]) => [name, watch(name, run as () => Promise<unknown>)]);
  const disk = Object.fromEntries(entries) as unknown as Files;
  const open: Files['open'] = async (path, flags, mode) => {
    before({ name: 'open', path: String(path) });
    return watchedHandle(await DISK.open(path, flags, mode), String(path), before);
  };
  return { ...disk, open };
}

function watchedHandle(handle: FileHandle, path: string, before: (call: Call) => void): FileHandle {
  return new Proxy(handle, {
    get(_, name) {
      const value: unknown = Reflect.get(handle, name, handle);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        // Whatever happens, a test must not leave open files behind.
        if (name !== 'close') before({ name: String(name), path });
        if (name !== 'writeFile') return Reflect.apply(value, handle, args);
        const bytes = args[0] as Uint8Array;
        const half = bytes.length >> 1;
        await handle.write(bytes.subarray(0, half));
        before({ name: 'rest of writeFile', path });
        await handle.write(bytes.subarray(half));
        return undefined;
      };
    },
  });
}
