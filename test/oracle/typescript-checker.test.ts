import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildTypeScriptModel } from '../../core/semantics/typescript';
import { languageOfPath } from '../../core/syntax/language';
import { SourceFile } from '../../core/text/source-file';
import { wasmEngine } from '../support/engine';
import { sample } from './sample';
import { compareWithChecker } from './typescript-checker';

/** Our own sources, and TypeScript and JavaScript of packages that every clone installs. */
const FOLDERS = [
  'core',
  'rules',
  'session',
  'cli',
  'test',
  'node_modules/zod/src',
  'node_modules/commander/lib',
  'node_modules/pathe',
];
const SAMPLE = 160;
const SEED = 20;
const MAX_LENGTH = 150_000;

it('binds names as the TypeScript compiler does', async () => {
  const engine = await wasmEngine();
  let compared = 0;
  const wrong: string[] = [];
  for (const path of sample(FOLDERS.flatMap(filesBelow).sort(), SAMPLE, SEED)) {
    const text = readFileSync(path, 'utf8');
    const language = languageOfPath(path);
    if (!language || text.length > MAX_LENGTH) continue;
    const source = new SourceFile(text);
    const tree = engine.parse(text, language);
    // What the grammar cannot read is no matter of names.
    if (!tree.rootNode.hasError) {
      const comparison = compareWithChecker(path, text, buildTypeScriptModel(tree.rootNode, source));
      compared += comparison.resolved + comparison.others;
      for (const { offset, name, expected, actual } of comparison.wrong) {
        wrong.push(`${path}:${source.lineAt(offset) + 1} ${name}: compiler ${expected.join()}, model ${actual.join()}`);
      }
    }
    tree.delete();
  }
  expect(compared).toBeGreaterThan(20_000);
  expect(1 - wrong.length / compared, wrong.slice(0, 20).join('\n')).toBeGreaterThanOrEqual(0.999);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    const language = languageOfPath(entry.name);
    return language && language !== 'python' ? [path] : [];
  });
}
