import { realpathSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, inject } from 'vitest';
import { TypeScriptService } from '../../session/index';
import type { TypeScriptCompiler } from '../../session/typescript/service';

/**
 * One compiler process for all cases of a test file, above all their folders: to start one for each would take most of the time. It
 * starts when it is first asked for, and is closed when the tests are over.
 * @returns the compiler, seen from the folder of one case
 */
export function sharedCompiler(): (root: string) => TypeScriptCompiler {
  let compiler: TypeScriptService | undefined;
  afterAll(() => compiler?.close());
  return (root) => {
    compiler ??= new TypeScriptService({
      root: realpathSync(tmpdir()),
      script: join(inject('cliFolder'), 'typescript-child.js'),
    });
    return compiler.at(realpathSync(root));
  };
}

/** Cases about what Node offers ask for its types as projects do, by their tsconfig.json. */
export async function linkNodeTypes(root: string): Promise<void> {
  await mkdir(join(root, 'node_modules'));
  await symlink(
    fileURLToPath(new URL('../../node_modules/@types', import.meta.url)),
    join(root, 'node_modules/@types'),
  );
}
