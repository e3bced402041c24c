import { basename } from 'node:path';
import { Project } from 'ts-morph';

/** Where the compiler believes its lib.*.d.ts to be. No such folder exists: ts-morph carries the files in memory. */
export const LIB_FOLDER = '/seamline-typescript-lib';

const TS_MORPH_LIB_FOLDER = '/node_modules/typescript/lib';

/** Sees nothing but these files. */
const libHost = new Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();

/** The text of a file of {@link LIB_FOLDER}. */
export function libText(path: string): string | undefined {
  const inMemory = `${TS_MORPH_LIB_FOLDER}/${basename(path)}`;
  return libHost.fileExists(inMemory) ? libHost.readFile(inMemory) : undefined;
}

export const isLib = (path: string): boolean => path.startsWith(`${LIB_FOLDER}/`);
