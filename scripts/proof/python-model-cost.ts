import { buildPythonModel } from '../../core/semantics/python';
import { SourceFile } from '../../core/text/source-file';
import { pythonFiles, readPython } from '../../test/oracle/python-files';
import { wasmEngine } from '../../test/support/engine';

/** The model of a file shall cost less than parsing it. */
const LIMIT = 1;
const ROUNDS = 5;

/**
 * Measures what the Python model costs beside a bare parse of the same files: CPU milliseconds, best of five rounds.
 *
 *     tsx scripts/proof/python-model-cost.ts [folder ...]
 *
 * Without folders it reads `corpus/`. Ends with 1 when the ratio is above the limit.
 */
async function main(): Promise<number> {
  const folders = process.argv.length > 2 ? process.argv.slice(2) : ['corpus'];
  const paths = (await Promise.all(folders.map(pythonFiles))).flat();
  const texts = await Promise.all(paths.map(readPython));
  const engine = await wasmEngine();
  let parse = Number.POSITIVE_INFINITY;
  let both = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    parse = Math.min(
      parse,
      cpuOf(() => texts.forEach((text) => void engine.parse(text, 'python').delete())),
    );
    both = Math.min(
      both,
      cpuOf(() => {
        for (const text of texts) {
          const tree = engine.parse(text, 'python');
          buildPythonModel(tree.rootNode, new SourceFile(text));
          tree.delete();
        }
      }),
    );
  }
  const ratio = (both - parse) / parse;
  console.log(
    `${texts.length} files: bare parse ${parse.toFixed(0)} ms, model ${(both - parse).toFixed(0)} ms, ` +
      `ratio ${ratio.toFixed(2)} (limit ${LIMIT})`,
  );
  return ratio <= LIMIT ? 0 : 1;
}

/** CPU time of the process, user and system, in milliseconds. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
