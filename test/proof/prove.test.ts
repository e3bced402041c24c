import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ChangeBuilder } from '../../core/edit/change-builder';
import type { ChangeSet } from '../../core/edit/change-set';
import { Refusal, VerificationFailure } from '../../core/edit/refusal';
import type { Document } from '../../core/edit/snapshot';
import { applyEdits } from '../../core/edit/text-edit';
import type { Cure } from '../../core/rule/cure';
import type { VerifiedChange } from '../../core/verify/index';
import { prove } from '../../scripts/proof/cures/prove';
import { PythonOracle } from '../../scripts/proof/cures/python-oracle';
import type { Oracle, Proof } from '../../scripts/proof/cures/types';
import { commentsOf, TypeScriptOracle } from '../../scripts/proof/cures/typescript-oracle';
import type { buildCure } from '../../session/cures';
import type { Workspace } from '../../session/workspace';
import { NO_COMPILER } from '../support/no-compiler';
import { openWorkspace } from '../support/open-workspace';

/**
 * The proof harness on cures that are broken on purpose. `verify` is switched off here and nowhere else: what it would catch must be
 * seen by the harness alone.
 */

const PYTHON = `import logging
import re

logger = logging.getLogger(__name__)


def load(path):
    try:
        path.save()  # as text
    except Exception:
        pass
    return re.escape(path)
`;

const TYPESCRIPT = `import { escape, save } from './escape';

export function load(path: string): unknown {
  try {
    save(path); // as data
  } catch {}
  return escape(path);
}
`;

const LOGGED = 'logger.warning("load failed", exc_info=True)';

type Edit = (changes: ChangeBuilder, document: Document) => void | Promise<void>;

const cureOf = (edit: Edit): Cure => ({
  id: 'broken',
  title: 'Broken',
  languages: ['python', 'typescript'],
  kind: 'quickfix',
  messages: {},
  refusals: {},
  prepare: () => ({ title: { messageId: 'x', args: {} }, applicability: 'safe' }),
  build: async ({ document }, changes) => edit(changes, document),
});

/** Replaces the first occurrence of some text. */
const swap =
  (old: string, now: string): Edit =>
  (changes, { source, ...document }) => {
    const start = source.text.indexOf(old);
    expect(start, `"${old}" is in the file`).toBeGreaterThanOrEqual(0);
    changes.replace({ source, ...document }, start, start + old.length, now);
  };

const both =
  (...edits: Edit[]): Edit =>
  async (changes, document) => {
    for (const edit of edits) await edit(changes, document);
  };

/** From a cure to a change without `verify`. */
const unverified =
  (spoil: (change: VerifiedChange) => VerifiedChange = (change) => change): typeof buildCure =>
  async (workspace, recipes, finding, cure) => {
    const document = await workspace.open(finding.file);
    const changes = new ChangeBuilder(workspace);
    await cure.build({ finding, document, choices: {}, snapshot: workspace, recipes }, changes);
    return spoil(asVerified(changes.build(), document));
  };

function asVerified(changeSet: ChangeSet, { file, source }: Document): VerifiedChange {
  const edits = changeSet.changes.find((one) => one.file === file)?.edits ?? [];
  const files = [{ file, before: source.text, after: applyEdits(source.text, edits) }];
  return { files, applicability: 'safe', notes: [], changeSet } as unknown as VerifiedChange;
}

/** pyflakes comes by pip, which a checkout need not have: without it its cases are skipped, and no other. */
const withPyflakes = await PythonOracle.load(fileURLToPath(new URL('../../.proof/wheels', import.meta.url))).catch(
  () => undefined,
);
const python: Oracle = withPyflakes ?? new PythonOracle();

async function proofOf(workspace: Workspace, cure: Cure, build = unverified()): Promise<Proof> {
  const oracles = [python, new TypeScriptOracle(workspace.root, 1)];
  const options = { seed: 1, writes: 1, rules: ['silent-exception'], offersOf: () => [cure], build };
  for await (const proof of prove(workspace, NO_COMPILER, oracles, options)) return proof;
  throw new Error('nothing was offered');
}

const messagesOf = ({ failures }: Proof): string => failures.map(({ message }) => message).join('\n');
const checksOf = ({ failures }: Proof): string[] => [...new Set(failures.map(({ check }) => check))];
const pythonProof = async (edit: Edit) => proofOf(await openWorkspace({ 'load.py': PYTHON }), cureOf(edit));

describe('Python', () => {
  test('a sound cure passes, through the writer and git as well', async () => {
    const proof = await pythonProof(swap('pass', LOGGED));
    expect(proof).toMatchObject({ outcome: 'safe', failures: [], file: 'load.py', line: 10 });
  });

  test.each([
    ['a syntax error', swap('pass', 'return )'), 'compile', /CPython says SyntaxError/],
    [
      'a return outside a function',
      both(swap('pass', LOGGED), swap('import re', 'return')),
      'compile',
      /outside function/,
    ],
    ['a lost comment', both(swap('pass', LOGGED), swap('  # as text', '')), 'comments', /lost: # as text/],
    ['a finding that stays', swap('import re', 'import re  # again'), 'second-run', /still there/],
  ])('%s is reported', async (_, edit, check, message) => {
    const proof = await pythonProof(edit);
    expect(proof.outcome).toBe('failed');
    expect(checksOf(proof)).toContain(check);
    expect(messagesOf(proof)).toMatch(message);
  });

  test.skipIf(!withPyflakes).each([
    ['an undefined name', swap('pass', 'log.warning("failed")'), /UndefinedName: undefined name 'log'/],
    ['an unused import', both(swap('pass', LOGGED), swap('import re', 'import os\nimport re')), /UnusedImport: 'os'/],
    ['a deleted import', both(swap('pass', LOGGED), swap('import re\n', '')), /UndefinedName: undefined name 're'/],
    ['an unused variable', swap('Exception:\n        pass', `Exception as e:\n        ${LOGGED}`), /UnusedVariable/],
  ])('%s is reported', async (_, edit, message) => {
    const proof = await pythonProof(edit);
    expect(checksOf(proof)).toEqual(['names']);
    expect(messagesOf(proof)).toMatch(message);
  });

  test('an import that a remark keeps may be unused', async () => {
    const kept = both(
      swap('import re', 'import os  # noqa: F401 -- patched in tests\nimport re'),
      swap('pass', LOGGED),
    );
    expect((await pythonProof(kept)).failures).toEqual([]);
  });

  test('a cure that can be carried out again at the lighter finding that it leaves', async () => {
    const text = PYTHON.replace('except Exception', 'except');
    const growing: Edit = async (changes, document) => {
      const old = /except.*:/.exec(document.source.text)![0];
      const now = old === 'except:' ? 'except Exception:' : 'except (Exception):';
      await swap(old, now)(changes, document);
    };
    const proof = await proofOf(await openWorkspace({ 'load.py': text }), cureOf(growing));
    expect(proof.failures).toEqual([{ check: 'second-run', message: 'carried out once more at load.py:10' }]);
  });

  test('a second finding is told from the first', async () => {
    const more = '\n\ndef again(path):\n    try:\n        path.save()\n    except:\n        pass\n';
    const proof = await pythonProof(
      both(swap('pass', LOGGED), (changes, document) => {
        changes.insert(document, document.source.text.length, more);
        changes.insert(document, document.source.text.length, more.replace('again', 'once_more'));
      }),
    );
    expect(checksOf(proof)).toEqual(['second-run']);
  });

  test('the workspace is as it was afterwards', async () => {
    const workspace = await openWorkspace({ 'load.py': PYTHON });
    const before = workspace.findings();
    await proofOf(workspace, cureOf(swap('pass', LOGGED)));
    expect(workspace.findings()).toEqual(before);
    expect((await workspace.open('load.py')).source.text).toBe(PYTHON);
  });
});

describe('any language', () => {
  test('edits that do not lead to the text that is shown', async () => {
    const spoil = (change: VerifiedChange): VerifiedChange => ({
      ...change,
      files: change.files.map((one) => ({ ...one, after: `${one.after}# more\n` })),
    });
    const proof = await proofOf(
      await openWorkspace({ 'load.py': PYTHON }),
      cureOf(swap('pass', LOGGED)),
      unverified(spoil),
    );
    expect(checksOf(proof)).toEqual(['inverse']);
  });

  test('a change that was made for another text than the one on disk', async () => {
    const spoil = (change: VerifiedChange): VerifiedChange => ({
      ...change,
      files: change.files.map((one) => ({ ...one, before: `${one.before}# more\n`, after: `${one.after}# more\n` })),
    });
    const proof = await proofOf(
      await openWorkspace({ 'load.py': PYTHON }),
      cureOf(swap('pass', LOGGED)),
      unverified(spoil),
    );
    expect(checksOf(proof)).toEqual(expect.arrayContaining(['inverse', 'disk']));
  });

  test('a cure that throws has failed, one that refuses has not, and what verify catches is told apart', async () => {
    const workspace = await openWorkspace({ 'load.py': PYTHON });
    const throwing = (error: Error) => cureOf(() => Promise.reject(error));
    expect(await proofOf(workspace, throwing(new TypeError('oops')))).toMatchObject({
      outcome: 'failed',
      failures: [{ check: 'crash', message: expect.stringContaining('TypeError: oops') }],
    });
    expect(await proofOf(workspace, throwing(new Refusal('no-logger')))).toMatchObject({
      outcome: 'refused',
      code: 'no-logger',
    });
    expect(await proofOf(workspace, throwing(new VerificationFailure('shape-error')))).toMatchObject({
      outcome: 'caught',
    });
  });

  test('a file in Latin-1 with CRLF and one with a byte order mark come back to the byte', async () => {
    const latin = `# coding: latin-1\n${PYTHON}NAME = "\u00e9"\n`.replaceAll('\n', '\r\n');
    const cure = cureOf(swap('pass', LOGGED));
    const one = await openWorkspace({ 'load.py': Buffer.from(latin, 'latin1') });
    expect(await proofOf(one, cure)).toMatchObject({ outcome: 'safe' });
    const other = await openWorkspace({ 'load.py': Buffer.from(`\ufeff${PYTHON}`) });
    expect(await proofOf(other, cure)).toMatchObject({ outcome: 'safe' });
  });
});

describe('TypeScript', () => {
  const files = {
    'tsconfig.json': '{"compilerOptions": {"strict": true, "lib": ["ES2023", "DOM"], "types": []}}',
    'src/load.ts': TYPESCRIPT,
    'src/escape.ts':
      'export const escape = (text: string): string => text;\nexport declare function save(text: string): void;\n',
    'src/main.ts': "import { load } from './load';\n\nexport const all = [load('x')];\n",
  };
  const proof = async (edit: Edit, more: Record<string, string> = {}, build = unverified()) =>
    proofOf(await openWorkspace({ ...files, ...more }), cureOf(edit), build);
  const logged = swap('catch {}', "catch (error) {\n    console.warn('load failed', error);\n  }");

  test('a sound cure passes', async () => {
    expect(await proof(logged)).toMatchObject({ outcome: 'safe', failures: [] });
  });

  test.each([
    ['an undefined name', swap('catch {}', "catch {\n    logger.warn('failed');\n  }"), 'compile', /TS2304 .*logger/],
    ['a wrong type', swap('catch {}', 'catch (error) {\n    console.warn(error.code);\n  }'), 'compile', /TS18046/],
    ['a syntax error', swap('catch {}', 'catch (error { console.warn(error); }'), 'compile', /TS1005/],
    ['an unused import', both(logged, swap('save }', 'save, escape as other }')), 'names', /TS6133 'other'/],
    ['a lost comment', both(logged, swap(' // as data', '')), 'comments', /lost: \/\/ as data/],
    ['a broken importer', both(logged, swap('function load', 'function read')), 'compile', /src\/main\.ts: TS2305/],
  ])('%s is reported', async (_, edit, check, message) => {
    const { outcome, failures } = await proof(edit);
    expect(outcome).toBe('failed');
    expect(failures.map((one) => one.check)).toContain(check);
    expect(failures.map((one) => one.message).join('\n')).toMatch(message);
  });

  test('names of JavaScript that no tsconfig speaks of are seen', async () => {
    const text = 'function load(path) {\n  try {\n    path.save();\n  } catch {}\n}\nload("x");\n';
    const only = async (now: string) =>
      proofOf(await openWorkspace({ 'load.js': text }), cureOf(swap('catch {}', `catch (error) {\n    ${now}\n  }`)));
    expect(await only('console.warn(error);')).toMatchObject({ outcome: 'safe' });
    expect(checksOf(await only('logger.warn(error);'))).toEqual(['compile']);
  });

  test('comments are found wherever they stand, and nothing else is taken for one', () => {
    const text =
      '/** a */ const x = "// b"; // c\nconst y = [/* d */ x, `// e`];\nconst z = <p>// f {/* g */ x}</p>;\n/* h\n   i */\n';
    expect(commentsOf('x.tsx', text).sort()).toEqual(['/* d */', '/* g */', '/* h i */', '/** a */', '// c']);
  });
});
