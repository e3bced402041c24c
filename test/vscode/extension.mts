// The extension as it is shipped: the files that the .vsix would hold, unpacked.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFiles, PackageManager } from '@vscode/vsce';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Folder of unpacked extensions, for `--extensions-dir`. */
export const EXTENSIONS = join(ROOT, '.vscode-test', 'extensions');

/**
 * Copies the built extension out of the repository.
 * @returns its folder
 */
export async function unpackExtension(): Promise<string> {
  const manifest: { publisher: string; name: string; version: string } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const folder = join(EXTENSIONS, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  rmSync(EXTENSIONS, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: ROOT, packageManager: PackageManager.None })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  return folder;
}
