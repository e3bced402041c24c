// Runs the extension-host suite through @vscode/test-electron: in the VS Code that VSCODE_EXECUTABLE names, else in a desktop VS Code,
// which is downloaded.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { copyExample } from './example';
import { unpackExtension } from './extension.mjs';
import { OUTCOME } from './run-mocha';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = join(ROOT, 'test', 'vscode', 'host');
const OUT = join(ROOT, '.vscode-test', 'host');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
await build({
  entryPoints: readdirSync(SOURCES)
    .filter((name) => name === 'index.ts' || name.endsWith('.suite.ts'))
    .map((name) => join(SOURCES, name)),
  outdir: OUT,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
});

const example = copyExample(join(ROOT, 'examples'), 'python-llm-service');
const executable = process.env.VSCODE_EXECUTABLE;
try {
  process.exitCode = await runTests({
    ...(executable ? { vscodeExecutablePath: executable } : {}),
    extensionDevelopmentPath: await unpackExtension(),
    extensionTestsPath: join(OUT, 'index.cjs'),
    launchArgs: [example.folder],
    extensionTestsEnv: { [OUTCOME]: process.env[OUTCOME] },
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  example.remove();
}
