import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type CPython, loadCPython } from '../../test/oracle/cpython';
import { pythonFiles, readPython } from '../../test/oracle/python-files';
import { catalogue } from '../../test/oracle/python-shape/catalogue';
import { compared } from '../../test/oracle/python-shape/comparison';
import { KNOWN_GAPS } from '../../test/oracle/python-shape/known-gaps';
import { realStatements } from '../../test/oracle/python-shape/real-statements';
import { variants } from '../../test/oracle/python-shape/variants';
import { sample } from '../../test/oracle/sample';
import { wasmEngine } from '../../test/support/engine';

/**
 * Proves the Python shape checker: compares its verdict on every file with that of CPython 3.14's own compiler.
 *
 *     tsx scripts/proof/python-shape.mts [--sample N] [--seed S] [--variants N] [--library] [folder ...]
 *
 * `--library` reads the modules that CPython carries instead of folders; without folders it reads `corpus/`. `--variants` adds
 * texts made from the hand-written cases and the files. Ends with 1 when a verdict differs or when there was nothing to compare.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    variants: { type: 'string', default: '0' },
    library: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed);
const engine = await wasmEngine();
let python: CPython = await loadCPython();
const total = { valid: 0, invalid: 0, unparsed: 0, known: 0, falseErrors: 0, missed: 0, died: 0 };

async function judge(name: string, texts: readonly string[]): Promise<void> {
  try {
    const result = compared(texts, engine, python, KNOWN_GAPS);
    total.valid += result.valid;
    total.invalid += result.invalid;
    total.unparsed += result.unparsedValid.length;
    total.known += result.known;
    for (const { text, said, own } of result.disagreements) {
      total[said === undefined ? 'falseErrors' : 'missed']++;
      const shown = text.length < 400 ? JSON.stringify(text) : '';
      console.log(`DIFFERENT ${name}: CPython ${said ?? 'accepts it'}, here ${own ?? 'accepted'} ${shown}`);
    }
  } catch (error) {
    // A stack overflow inside the interpreter ends it; what comes next gets a new one.
    total.died += texts.length;
    console.log(`skipped ${name}: the interpreter died: ${String(error).split('\n')[0]}`);
    python = await loadCPython();
  }
}

async function* files(): AsyncGenerator<readonly [string, string]> {
  if (values.library) {
    yield* python.standardLibrary();
    return;
  }
  for (const folder of positionals.length > 0 ? positionals : ['corpus']) {
    for (const path of await pythonFiles(folder)) yield [relative('.', path), await readPython(path)];
  }
}

const grounds: string[] = [];
const chosen: (readonly [string, string])[] = [];
for await (const file of files()) {
  if (values.sample === undefined) await judge(file[0], [file[1]]);
  else chosen.push(file);
  if (grounds.length < 300) grounds.push(file[1]);
}
for (const [name, text] of sample(chosen, Number(values.sample ?? 0), seed)) await judge(name, [text]);
const read = total.valid + total.invalid;

const cases = (await catalogue()).map((one) => one.text).filter((text) => text.length < 400);
const made = variants([...cases, ...realStatements(grounds, engine)], Number(values.variants), seed);
for (let from = 0; from < made.length; from += 100) await judge('variant', made.slice(from, from + 100));

console.log(
  `CPython ${python.version}: ${read} files, ${made.length} variants / ${total.valid} valid: ${total.falseErrors} rejected here, ` +
    `${total.unparsed} not read by tree-sitter / ${total.invalid} invalid: ${total.missed} accepted here, ${total.known} of known gaps / ` +
    `${total.died} skipped`,
);
process.exitCode = total.falseErrors + total.missed === 0 && total.valid + total.invalid > 0 ? 0 : 1;
