import { describe, expect, test } from 'vitest';
import { VerificationFailure } from '../../../core/edit/refusal';
import { answering, Bench, type Edit, swap } from '../../support/verify-bench';

const PYTHON = `import logging
import re

logger = logging.getLogger(__name__)
_LIMIT = 3
LIMIT = 4


def _short(path):
    return path[:_LIMIT]


def load(path):
    size = len(path)
    try:
        path.save(open(_short(path)).read())
    except Exception:
        pass
    return size > LIMIT


def name_of(text):
    return re.sub("x", "y", text)
`;

const cure = swap('pass', 'logger.warning("load failed", exc_info=True)');
const noRe = swap('re.sub("x", "y", text)', 'text');

describe('Python', () => {
  const verdict = async (edits: readonly Edit[], text = PYTHON, more: Record<string, string> = {}) =>
    (await Bench.of({ 'app/load.py': text, 'app/__init__.py': '', ...more })).verdict(cure, ...edits);
  const left = (name: string) => ({ code: 'left-unused', name, file: 'app/load.py' });

  test.each<[string, readonly Edit[], object]>([
    ['an import', [noRe], { ...left('re'), line: 2 }],
    ['a local variable', [swap('size >', '3 >')], { ...left('size'), line: 14 }],
    ['a private constant', [swap('[:_LIMIT]', '[:3]')], { ...left('_LIMIT'), line: 5 }],
    ['a private function', [swap('open(_short(path))', 'open(path)')], { ...left('_short'), line: 9 }],
    ['an import that the change brings', [swap('import re\n', 'import os\nimport re\n')], { ...left('os'), line: 2 }],
    [
      'a name for an exception',
      [swap('except Exception:', 'except Exception as error:')],
      { ...left('error'), line: 17 },
    ],
    ['a variable that the change brings', [swap('    try:', '    extra = 1\n    try:')], left('extra')],
  ])('%s that nothing uses any more is refused', async (_, edits, expected) => {
    expect(await verdict(edits)).toMatchObject(expected);
  });

  test('what the change wrote itself is a failure of its author, what was there is a refusal', async () => {
    const bench = await Bench.of({ 'app/load.py': PYTHON });
    const failing = bench.build(cure, swap('import re\n', 'import os\nimport re\n'));
    await expect(bench.verify(await failing)).rejects.toBeInstanceOf(VerificationFailure);
    await expect(bench.verify(await bench.build(cure, noRe))).rejects.not.toBeInstanceOf(VerificationFailure);
  });

  test('an import that goes with its last use passes', async () => {
    expect(await verdict([noRe, swap('import re\n', '')])).toBe('verified');
  });

  test.each<[string, readonly Edit[], string]>([
    ['a public constant', [swap('size > LIMIT', 'size > 4')], PYTHON],
    ['a parameter', [swap('re.sub("x", "y", text)', 're.sub("x", "y", "z")')], PYTHON],
    ['what was unused before', [swap('def load', 'def  load')], `import os\n${PYTHON}`],
    [
      'an unused import that is written anew beside others',
      [swap('import os\nimport re', 'import os, re')],
      PYTHON.replace('import re', 'import os\nimport re'),
    ],
    [
      'an import kept for a patch',
      [noRe],
      PYTHON.replace('import re\n', 'import re  # noqa: F401 -- patched in tests\n'),
    ],
    ['a name in __all__', [noRe], `${PYTHON}\n\n__all__ = ["load", "re"]\n`],
    ['a name that a quoted annotation needs', [noRe], `${PYTHON}\n\ndef find(pattern: "re.Pattern"):\n    return 1\n`],
    [
      'an explicit re-export',
      [swap('sub("x", "y", text)', 'text')],
      PYTHON.replace('import re\n', 'from re import sub as sub\n').replace('re.sub', 'sub'),
    ],
    [
      'one of two names that are unpacked together',
      [swap('return size > head', 'return size')],
      PYTHON.replace('size = len(path)', 'size, head = path').replace('size > LIMIT', 'size > head'),
    ],
    [
      'a local of a function that looks at its locals',
      [swap('size >', '3 >')],
      PYTHON.replace('size = len(path)', 'size = len(path)\n    print(locals())'),
    ],
  ])('%s may be without a use', async (_, edits, text) => {
    expect(await verdict(edits, text)).toBe('verified');
  });

  test.each([
    ['imported by another file', { 'main.py': 'from app.load import re\n\nre.sub("a", "b", "c")\n' }],
    ['taken as an attribute by another file', { 'main.py': 'import app.load\n\napp.load.re.sub("a", "b", "c")\n' }],
  ])('an import that is %s stays', async (_, more) => {
    expect(await verdict([noRe], PYTHON, more)).toBe('verified');
  });

  test('a private name that only a touched file imported, and does no more', async () => {
    const bench = await Bench.of({
      'app/load.py': PYTHON.replace('path[:_LIMIT]', 'path'),
      'app/use.py': 'from app.load import _LIMIT\n\nTOP = _LIMIT\n',
      'app/__init__.py': '',
    });
    const use = await bench.workspace.open('app/use.py');
    const forget: Edit = (changes) => changes.replace(use, 0, use.source.text.length, 'TOP = 3\n');
    // Nothing in its own module used it before either: what was unused there is not this change's doing.
    expect(await bench.verdict(cure, forget)).toBe('verified');
  });

  test('what a package imports is for its users', async () => {
    const bench = await Bench.of({ 'app/__init__.py': PYTHON }, 'app/__init__.py');
    expect(await bench.verdict(cure, noRe)).toBe('verified');
  });

  test('moved code takes its import with it', async () => {
    const bench = await Bench.of({ 'app/load.py': PYTHON, 'app/__init__.py': '' });
    const move: Edit = async (changes, document) => {
      const start = document.source.text.indexOf('\n\ndef name_of');
      await changes.createFile(
        'app/names.py',
        'import re\n\n\ndef name_of(text):\n    return re.sub("x", "y", text)\n',
        document,
      );
      changes.remove(document, start, document.source.text.length);
    };
    expect(await bench.verdict(cure, move)).toMatchObject(left('re'));
    expect(await bench.verdict(cure, move, swap('import re\n', ''))).toBe('verified');
  });
});

describe('TypeScript', () => {
  const SOURCE = `import { join, sep } from 'node:path';
import type { Options } from './options';

const ROOT = '/';
export const LIMIT = 3;

function rooted(path: string): string {
  return join(ROOT, path);
}

export function load(path: string, options: Options) {
  const size = path.length;
  try {
    post(JSON.parse(rooted(path)));
  } catch {}
  return size > LIMIT ? sep : options;
}
`;
  const logged = swap('catch {}', "catch (error) {\n    console.warn('load failed', error);\n  }");
  const verdict = async (text: string, ...edits: Edit[]) => {
    const bench = await Bench.of(
      { 'src/load.ts': text, 'src/options.ts': 'export type Options = string;\n' },
      'src/load.ts',
    );
    try {
      await bench.verify(
        await bench.build(logged, ...edits),
        answering({ kind: 'checked', added: [], unresolved: [] }),
      );
      return 'verified';
    } catch (error) {
      return error;
    }
  };
  const left = (name: string) => ({ code: 'left-unused', args: { name, file: 'src/load.ts' } });

  test.each<[string, Edit, string]>([
    ['an import', swap('? sep', "? '/'"), 'sep'],
    ['a type', swap(': Options', ': string'), 'Options'],
    ['a local variable', swap('size >', '3 >'), 'size'],
    ['a constant of the module', swap('join(ROOT, path)', "join('/', path)"), 'ROOT'],
    ['a function of the module', swap('JSON.parse(rooted(path))', 'JSON.parse(path)'), 'rooted'],
    [
      'an import that the change brings',
      swap('import type', "import { env } from 'node:process';\nimport type"),
      'env',
    ],
  ])('%s that nothing uses any more is refused', async (_, edit, name) => {
    expect(await verdict(SOURCE, edit)).toMatchObject(left(name));
  });

  test.each<[string, string, Edit]>([
    ['an exported constant', SOURCE, swap('size > LIMIT', 'size > 3')],
    ['a parameter', SOURCE, swap('return join(ROOT, path)', 'return join(ROOT)')],
    ['what was unused before', SOURCE.replace('sep }', 'sep, posix }'), swap('size >', '3 + size >')],
    ['a name that is exported apart', `${SOURCE}export { sep };\n`, swap('? sep', "? '/'")],
    ['a name that a doc comment links to', `${SOURCE}/** See {@link sep}. */\n`, swap('? sep', "? '/'")],
    [
      'what a linter is told to accept',
      SOURCE.replace('import { join', '// eslint-disable-next-line no-unused-vars\nimport { join'),
      swap('? sep', "? '/'"),
    ],
    [
      'a name that is taken out of an object',
      SOURCE.replace('const size = path.length;', 'const { size, ...rest } = path as any;').replace('? sep', '? rest'),
      swap('size > LIMIT', '3 > LIMIT'),
    ],
    [
      'what is at the top of a script',
      SOURCE.replace(/^import.*\n/gm, '')
        .replace(/^export /gm, '')
        .replace('Options', 'string')
        .replace('sep', "''")
        .replace('return join(ROOT, path)', 'return ROOT + path'),
      swap('ROOT + path', "'/' + path"),
    ],
  ])('%s may be without a use', async (_, text, edit) => {
    expect(await verdict(text, edit)).toBe('verified');
  });
});
