import { describe, expect, test } from 'vitest';
import { Fragment } from '../../../core/edit/fragment';
import { VerificationFailure } from '../../../core/edit/refusal';
import { answering, Bench, type Edit, NO_TYPESCRIPT, swap } from '../../support/verify-bench';

/** A class with one swallowed exception: the finding that the changes below claim to cure. */
const SILENT = `import logging
import re

logger = logging.getLogger(__name__)
LIMIT = 3  # the most that is tried


def load(path):
    # Reads the whole file.
    try:
        path.save(open(path).read())
    except Exception:
        pass
    return len(path) > LIMIT


def name_of(text):
    return re.sub("x", "y", text)
`;

const CURED = 'logger.warning("load failed", exc_info=True)';

const cure = swap('pass', CURED);
const silent = (more: Record<string, string> = {}) =>
  Bench.of({ 'app/load.py': SILENT, 'app/__init__.py': '', ...more });

test('a cure that only logs passes, and hands out the texts', async () => {
  const bench = await silent();
  const change = await bench.verify(await bench.build(cure));
  expect(change.applicability).toBe('safe');
  expect(change.files).toEqual([{ file: 'app/load.py', before: SILENT, after: SILENT.replace('pass', CURED) }]);
});

test('a doubt of the cure makes the change one for review', async () => {
  const bench = await silent();
  const change = await bench.verify(await bench.build(cure, (changes) => changes.doubt('look-here')));
  expect(change.applicability).toBe('review');
  expect(change.notes).toEqual([{ messageId: 'look-here', args: {}, isDoubt: true }]);
});

describe('the files are those that the change was made for', () => {
  test('another content is refused', async () => {
    const bench = await silent();
    const change = await bench.build(cure);
    const stale = { ...change, changes: change.changes.map((one) => ({ ...one, hash: '0' })) };
    await expect(bench.verify(stale)).rejects.toMatchObject({ code: 'file-changed' });
  });

  test('a file that is to be created must not be there', async () => {
    const bench = await silent({ 'app/other.py': '' });
    const change = await bench.build(cure);
    const twice = { ...change, creations: [{ file: 'app/other.py', text: 'x = 1\n' }] };
    await expect(bench.verify(twice)).rejects.toMatchObject({ code: 'file-exists' });
  });
});

describe('what was understood is understood after', () => {
  test.each([
    ['a statement that does not parse', 'logger.warning(', { code: 'shape-error', message: 'invalid syntax' }],
    ['a break outside a loop, which tree-sitter accepts', 'break', { code: 'shape-error' }],
  ])('%s', async (_, code, expected) => {
    expect(await (await silent()).verdict(swap('pass', code))).toMatchObject(expected);
  });

  test('a Python file that CPython would not take is left alone', async () => {
    const bench = await Bench.of({ 'app/load.py': `${SILENT}\n\ndef broken(:\n    return 1\n` });
    expect(await bench.verdict(cure)).toMatchObject({ code: 'unparsed-syntax', line: 21 });
  });

  test('valid code that tree-sitter does not read does no harm, unless it is touched', async () => {
    const bench = await Bench.of({
      'app/load.py': `${SILENT}\n\ndef unread(rest):\n    *(a, b), c = rest\n    return a, b, c\n`,
    });
    expect(await bench.verdict(cure)).toBe('verified');
    expect(await bench.verdict(cure, swap('a, b, c', 'c, b, a'))).toMatchObject({ code: 'unparsed-syntax' });
  });
});

describe('every name means what it meant', () => {
  test.each([
    [
      'a written name that nothing defines',
      [swap('pass', 'log.warning("failed")')],
      { code: 'unresolved-name', name: 'log' },
    ],
    ['a deleted definition', [cure, swap('LIMIT = 3', 'TOP = 3')], { code: 'unresolved-name', name: 'LIMIT' }],
    ['a deleted import', [cure, swap('import re\n', '')], { code: 'unresolved-name', name: 're' }],
    [
      'a parameter that hides a module variable',
      [cure, swap('load(path)', 'load(path, LIMIT=4)')],
      { code: 'binding-changed', name: 'LIMIT' },
    ],
    [
      'a local that hides a builtin',
      [cure, swap('whole file.\n', 'whole file.\n    len = id\n')],
      { code: 'binding-changed', name: 'len' },
    ],
    [
      'an import of another module under the same name',
      [cure, swap('import re', 'import os as re')],
      { code: 'binding-changed', name: 're' },
    ],
    [
      'a new assignment to a variable that is read',
      [swap('pass', 'LIMIT = 4')],
      { code: 'binding-changed', name: 'LIMIT' },
    ],
    ['a new global assignment', [swap('pass', 'global LIMIT; LIMIT = 4')], { code: 'binding-changed', name: 'LIMIT' }],
  ])('%s', async (_, edits, expected) => {
    expect(await (await silent()).verdict(...edits)).toMatchObject(expected);
  });

  test('an import that is spelled anew but means the same passes', async () => {
    expect(await (await silent()).verdict(cure, swap('import logging\nimport re', 'import logging, re'))).toBe(
      'verified',
    );
  });

  test('the name of a caught exception may be used by each handler for itself', async () => {
    const two = SILENT.replace(
      '        pass\n',
      '        pass\n    try:\n        path.close()\n    except OSError as error:\n        logger.error("%s", error)\n',
    );
    const bench = await Bench.of({ 'app/load.py': two });
    const named = swap(
      'except Exception:\n        pass',
      'except Exception as error:\n        logger.warning("%s", error)',
    );
    expect(await bench.verdict(named)).toBe('verified');
  });

  test('but not where the function reads the name elsewhere', async () => {
    const read = SILENT.replace('    try:', '    error = None\n    try:').replace(
      'return len(path)',
      'return error or len(path)',
    );
    const bench = await Bench.of({ 'app/load.py': read });
    const named = swap(
      'except Exception:\n        pass',
      'except Exception as error:\n        logger.warning("%s", error)',
    );
    expect(await bench.verdict(named)).toMatchObject({ code: 'binding-changed', name: 'error' });
  });
});

describe('other files miss nothing', () => {
  test.each([
    ['from app.load import name_of\n', { code: 'unresolved-name', name: 'name_of', file: 'main.py', line: 1 }],
    ['import app.load\n\napp.load.name_of("x")\n', { code: 'unresolved-name', name: 'name_of', file: 'main.py' }],
    ['from app.load import load\n', 'verified'],
  ])('%j', async (main, expected) => {
    const bench = await silent({ 'main.py': main });
    const verdict = await bench.verdict(cure, swap('name_of', 'title_of'));
    if (typeof expected === 'string') expect(verdict).toBe(expected);
    else expect(verdict).toMatchObject(expected);
  });

  test('a new import-time cycle is refused, one at call time is not', async () => {
    const bench = await silent({ 'app/views.py': 'from app.load import load\n\nview = load\n' });
    const late = swap('pass', `from app.views import view\n        ${CURED}\n        view`);
    expect(await bench.verdict(late)).toBe('verified');
    const early = swap('import re\n', 'import re\n\nfrom app.views import view as shown\n');
    expect(await bench.verdict(cure, early)).toMatchObject({ code: 'import-cycle' });
  });
});

describe('moved code is followed', () => {
  const move: Edit = async (changes, document) => {
    const start = document.source.text.indexOf('def name_of');
    const end = document.source.text.length;
    await changes.createFile(
      'app/names.py',
      Fragment.of('import re\n\n\n', Fragment.copy(document, start, end)),
      document,
    );
    changes.remove(document, start, end);
    const unused = document.source.text.indexOf('import re\n');
    changes.remove(document, unused, unused + 'import re\n'.length);
  };

  test('to a module that imports what the code needs', async () => {
    expect(await (await silent()).verdict(cure, move)).toBe('verified');
  });

  test('an importer that is brought along passes', async () => {
    const bench = await silent({ 'main.py': 'from app.load import name_of\n\nprint(name_of("x"))\n' });
    const main = await bench.workspace.open('main.py');
    const follow: Edit = (changes) => changes.replace(main, 0, 'from app.load'.length, 'from app.names');
    expect(await bench.verdict(cure, move, follow)).toBe('verified');
    expect(await bench.verdict(cure, move)).toMatchObject({ code: 'unresolved-name', name: 'name_of' });
  });

  test('to a module that does not import what it needs: refused', async () => {
    const bare: Edit = async (changes, document) => {
      const start = document.source.text.indexOf('def name_of');
      await changes.createFile('app/names.py', Fragment.copy(document, start, document.source.text.length), document);
    };
    expect(await (await silent()).verdict(cure, bare)).toMatchObject({ code: 'unresolved-name', name: 're' });
  });
});

test.each([
  ['beside code', '  # the most that is tried'],
  ['of its own', '    # Reads the whole file.\n'],
])('a comment %s is not lost', async (_, comment) => {
  expect(await (await silent()).verdict(cure, swap(comment, ''))).toMatchObject({ code: 'comment-would-be-lost' });
});

test('a comment may move', async () => {
  const bench = await silent();
  const comment = '    # Reads the whole file.\n';
  expect(await bench.verdict(cure, swap(comment, ''), swap('    return len', `${comment}    return len`))).toBe(
    'verified',
  );
});

describe('the finding is gone and none is new', () => {
  test('a finding that stays', async () => {
    expect(await (await silent()).verdict(swap('= 3', '= 4'))).toMatchObject({ code: 'finding-remains' });
  });

  test('a finding that is only lighter passes', async () => {
    const bench = await Bench.of({ 'app/load.py': SILENT.replace('except Exception:', 'except:') });
    expect(bench.target.severity).toBe('error');
    expect(await bench.verdict(swap('except:', 'except Exception:'))).toBe('verified');
  });

  test('a second one', async () => {
    const more = swap(
      'def name_of',
      'def again(path):\n    try:\n        open(path)\n    except:\n        pass\n\n\ndef name_of',
    );
    expect(await (await silent()).verdict(cure, more)).toMatchObject({ code: 'new-finding', rule: 'silent-exception' });
  });

  test('another finding whose lines shift is not new', async () => {
    const bench = await Bench.of({
      'app/load.py': `${SILENT}\n\ndef again(path):\n    try:\n        path.save()\n    except Exception:\n        pass\n`,
    });
    expect(await bench.verdict(swap('pass', `${CURED}\n        logger.debug("x")`))).toBe('verified');
  });
});

test('a file that grows past a limit of size is a doubt', async () => {
  const lines = SILENT.split('\n').length - 1;
  const padding = Array.from({ length: (700 - lines) / 2 }, (_, n) => `def f${n}():\n    return load(${n})\n`).join('');
  const bench = await Bench.of({ 'app/load.py': SILENT + padding });
  const change = await bench.verify(await bench.build(swap('pass', `${CURED}\n        ${CURED}`)));
  expect(change).toMatchObject({ applicability: 'review', notes: [{ messageId: 'grows-past-limit', isDoubt: true }] });
});

describe('TypeScript asks the compiler', () => {
  const SOURCE =
    'export function load(path: string) {\n  try {\n    post(JSON.parse(path));\n  } catch {}\n  return fetch(path);\n}\n';
  const fixed = swap('catch {}', "catch (error) {\n    console.warn('load failed', error);\n  }");
  const typescript = () => Bench.of({ 'src/load.ts': SOURCE }, 'src/load.ts');

  test('new diagnostics fail, unresolved imports are a doubt, no compiler is a refusal', async () => {
    const bench = await typescript();
    const change = await bench.build(fixed);
    const added = [{ file: 'src/load.ts', code: 2304, message: "Cannot find name 'x'.", at: { line: 0, column: 0 } }];
    const checked = (more: object) => answering({ kind: 'checked', added: [], unresolved: [], ...more });
    await expect(bench.verify(change, checked({}))).resolves.toMatchObject({ applicability: 'safe' });
    await expect(bench.verify(change, checked({ added }))).rejects.toThrow(VerificationFailure);
    await expect(bench.verify(change, checked({ unresolved: ['x'] }))).resolves.toMatchObject({
      applicability: 'review',
    });
    await expect(bench.verify(change, NO_TYPESCRIPT)).rejects.toMatchObject({ code: 'not-verifiable' });
  });
});
