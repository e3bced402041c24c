/**
 * Compares the names of TypeScript and JavaScript files with the TypeScript compiler's:
 *   npx tsx scripts/proof/typescript-names.ts [--show n] <file or folder>...
 * or measures what the model costs beside the bare parse, in a process that is warm:
 *   npx tsx scripts/proof/typescript-names.ts --cost <file or folder>...
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildTypeScriptModel } from '../../core/semantics/typescript';
import { languageOfPath } from '../../core/syntax/language';
import { SourceFile } from '../../core/text/source-file';
import { compareWithChecker } from '../../test/oracle/typescript-checker';
import { wasmEngine } from '../../test/support/engine';

/** Larger files are bundles; the compiler would take minutes for them. */
const MAX_LENGTH = 400_000;

async function main(args: string[]): Promise<void> {
  if (args[0] === '--cost') return measure(args.slice(1).flatMap(filesBelow));
  const shown = args[0] === '--show' ? Number(args.splice(0, 2)[1]) : 10;
  const engine = await wasmEngine();
  const total = { files: 0, broken: 0, resolved: 0, others: 0, wrong: 0, wrongInBroken: 0, resolvedInBroken: 0 };
  for (const path of args.flatMap(filesBelow)) {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const language = languageOfPath(path);
    if (!language || language === 'python' || text.length > MAX_LENGTH) continue;
    const source = new SourceFile(text);
    const tree = engine.parse(text, language);
    const model = buildTypeScriptModel(tree.rootNode, source);
    const isBroken = tree.rootNode.hasError;
    tree.delete();
    const { resolved, others, wrong } = compareWithChecker(path, text, model);
    total.files++;
    if (isBroken) {
      total.broken++;
      total.resolvedInBroken += resolved;
      total.wrongInBroken += wrong.length;
      continue;
    }
    total.resolved += resolved;
    total.others += others;
    for (const { offset, name, expected, actual } of wrong) {
      if (total.wrong++ >= shown) continue;
      const { line, character } = source.positionAt(offset);
      const lines = (offsets: readonly number[]) => offsets.map((at) => source.lineAt(at) + 1).join(',') || 'none';
      console.log(`${path}:${line + 1}:${character + 1} ${name}: compiler ${lines(expected)}, model ${lines(actual)}`);
      console.log(`    ${source.lineText(line).trim().slice(0, 140)}`);
    }
  }
  const agreement = (100 * (1 - total.wrong / Math.max(1, total.resolved + total.others))).toFixed(4);
  console.log({ ...total, agreement: `${agreement} %` });
}

/** Prints the milliseconds of three rounds; the first pays for compiling our own code. */
async function measure(paths: readonly string[]): Promise<void> {
  const engine = await wasmEngine();
  for (let round = 1; round <= 3; round++) {
    let parse = 0;
    let model = 0;
    let characters = 0;
    for (const path of paths) {
      const language = languageOfPath(path);
      if (!language || language === 'python') continue;
      const text = readFileSync(path, 'utf8');
      const source = new SourceFile(text);
      const start = performance.now();
      const tree = engine.parse(text, language);
      const parsed = performance.now();
      buildTypeScriptModel(tree.rootNode, source);
      model += performance.now() - parsed;
      parse += parsed - start;
      characters += text.length;
      tree.delete();
    }
    console.log({
      round,
      characters,
      parse: Math.round(parse),
      model: Math.round(model),
      ratio: (model / parse).toFixed(2),
    });
  }
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isFile() || entry.isDirectory() ? filesBelow(join(path, entry.name)) : []));
}

void main(process.argv.slice(2));
