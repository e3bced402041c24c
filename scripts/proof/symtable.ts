import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { compareScopes, comprehensionsAsGenerators } from '../../test/oracle/compare';
import { loadCPython } from '../../test/oracle/cpython';
import { pythonFiles, readPython } from '../../test/oracle/python-files';
import { sample } from '../../test/oracle/sample';
import { wasmEngine } from '../../test/support/engine';

/**
 * Proves the Python scopes: compares every scope of every file with CPython 3.14's own symbol table.
 *
 *     tsx scripts/proof/symtable.ts [--sample N] [--seed S] [--skipped] [--generators] [folder ...]
 *
 * `--generators` turns comprehensions into generators first, because CPython hides the scopes of comprehensions.
 * Without folders it reads `corpus/`. Ends with 1 when a file differs or when there was nothing to compare.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      skipped: { type: 'boolean', default: false },
      generators: { type: 'boolean', default: false },
    },
  });
  const folders = positionals.length > 0 ? positionals : ['corpus'];
  const all: string[] = [];
  for (const folder of folders) all.push(...(await pythonFiles(folder)));
  const chosen = values.sample === undefined ? all : sample(all, Number(values.sample), Number(values.seed));

  const engine = await wasmEngine();
  let python = await loadCPython();
  const counts = { equal: 0, different: 0, cpython: 0, grammar: 0 };
  for (const path of chosen) {
    const name = relative('.', path);
    const original = await readPython(path);
    try {
      const text = values.generators ? comprehensionsAsGenerators(original, engine) : original;
      const verdict = compareScopes(text, engine, python);
      counts[verdict.kind === 'skipped' ? verdict.reason : verdict.kind]++;
      if (verdict.kind === 'different') console.log([`DIFFERENT ${name}`, ...verdict.details].join('\n  '));
      if (verdict.kind === 'skipped' && values.skipped)
        console.log(`skipped ${name}: ${verdict.reason}: ${verdict.details}`);
    } catch (error) {
      // A stack overflow inside the interpreter ends it; the next file gets a new one.
      counts.cpython++;
      console.log(`skipped ${name}: the interpreter died: ${String(error).split('\n')[0]}`);
      python = await loadCPython();
    }
  }
  const compared = counts.equal + counts.different;
  console.log(
    `CPython ${python.version}: ${chosen.length} files / ${compared} compared / ` +
      `${counts.cpython + counts.grammar} skipped (${counts.cpython} not valid for CPython, ${counts.grammar} not for tree-sitter) / ` +
      `${counts.equal} equal / ${counts.different} different`,
  );
  return counts.different === 0 && compared > 0 ? 0 : 1;
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
