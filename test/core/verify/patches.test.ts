import { describe, expect, test } from 'vitest';
import { Fragment } from '../../../core/edit/fragment';
import { Bench, type Edit, swap } from '../../support/verify-bench';

/** A module whose clients tests replace, with the finding that every change claims to cure. */
const LOAD = `import logging

import httpx
from httpx import AsyncClient

logger = logging.getLogger(__name__)


def read(path):
    try:
        return open(path).read()
    except Exception:
        pass


async def fetch(url):
    client = AsyncClient()
    return await client.get(url)


async def head(url):
    return await httpx.head(url)


class Loader:
    def load(self, path):
        return self.parse(read(path))

    def parse(self, text):
        return text.split()
`;

const cure = swap('pass', 'logger.warning("read failed", exc_info=True)');

/** The name is no longer in the module, though its class is reached in another way. */
const unbind: Edit[] = [
  cure,
  swap('from httpx import AsyncClient\n', ''),
  swap('= AsyncClient()', '= httpx.AsyncClient()'),
];

const withTest = (patch: string, more: Record<string, string> = {}, load = LOAD) =>
  Bench.of({ 'app/__init__.py': '', 'app/load.py': load, 'tests/test_load.py': patch, ...more });

const STRING = 'from unittest.mock import patch\n\nwith patch("app.load.AsyncClient"):\n    pass\n';
const REFUSED = { code: 'patched-name', name: 'AsyncClient', test: 'tests/test_load.py' };

async function outcome(bench: Bench, ...edits: Edit[]) {
  const { applicability, notes } = await bench.verify(await bench.build(...edits));
  return { applicability, notes: notes.map(({ messageId, args }) => ({ messageId, ...args })) };
}

describe('a patched name that its module no longer has', () => {
  test.each([
    ['a string', STRING, 3],
    [
      'a decorator',
      'from unittest import mock\n\n\n@mock.patch("app.load.AsyncClient")\ndef test(client):\n    pass\n',
      4,
    ],
    ['monkeypatch', 'def test(monkeypatch):\n    monkeypatch.setattr("app.load.AsyncClient", dict)\n', 2],
    [
      'monkeypatch of the module',
      'from app import load\n\n\ndef test(monkeypatch):\n    monkeypatch.setattr(load, "AsyncClient", dict)\n',
      5,
    ],
    [
      'patch.object',
      'import app.load as loading\nfrom unittest.mock import patch\n\nwith patch.object(loading, "AsyncClient"):\n    pass\n',
      4,
    ],
    ['the class that it holds', 'def test(mocker):\n    mocker.patch("app.load.AsyncClient.get")\n', 2],
  ])('%s', async (_, patch, line) => {
    const name = patch.includes('.get') ? 'AsyncClient.get' : 'AsyncClient';
    expect(await (await withTest(patch)).verdict(...unbind)).toEqual({ ...REFUSED, name, line });
    expect(await (await withTest(patch)).verdict(cure)).toBe('verified');
  });

  test('a fixture of a conftest counts as well', async () => {
    const fixture = 'import pytest\n\n\n@pytest.fixture\ndef client(monkeypatch):\n    monkeypatch.setattr(';
    const bench = await withTest('', { 'tests/conftest.py': `${fixture}"app.load.AsyncClient", dict)\n` });
    expect(await bench.verdict(...unbind)).toEqual({ ...REFUSED, test: 'tests/conftest.py', line: 6 });
  });

  test('the way to what is patched inside a module must stay', async () => {
    const bench = await withTest('def test(mocker):\n    mocker.patch("app.load.httpx.AsyncClient")\n');
    expect(await bench.verdict(...unbind)).toBe('verified');
    const edits = [cure, swap('import httpx\n', ''), swap('import Async', 'import head as ask, Async')];
    expect(await bench.verdict(...edits, swap('httpx.head', 'ask'))).toEqual({
      ...REFUSED,
      name: 'httpx.AsyncClient',
      line: 2,
    });
  });

  test('an import for type checkers alone is none', async () => {
    const typed = swap(
      'from httpx import AsyncClient\n',
      'from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from httpx import AsyncClient\n',
    );
    const bench = await withTest(STRING);
    expect(await bench.verdict(cure, typed, unbind[2]!)).toEqual({ ...REFUSED, line: 3 });
  });

  test.each([
    ['a module of the same name elsewhere', 'lib.load.AsyncClient'],
    ['another name', 'app.load.logger'],
    ['a name that was never there', 'app.load.Client'],
  ])('%s is not concerned', async (_, target) => {
    const bench = await withTest(`def test(mocker):\n    mocker.patch("${target}")\n`, {
      'lib/__init__.py': '',
      'lib/load.py': LOAD.replace('pass', 'raise'),
    });
    expect(await bench.verdict(...unbind)).toBe('verified');
  });
});

/** Moves `fetch` to another file, its client written as given: undefined keeps it as it was. */
const move =
  (header: string, client?: string, first = ''): Edit =>
  async (changes, document) => {
    const { text } = document.source;
    const start = text.indexOf('async def fetch');
    const body = text.indexOf('    client =', start);
    const name = text.indexOf('AsyncClient', start);
    const end = text.indexOf('async def head');
    const used = client ?? Fragment.copy(document, name, name + 'AsyncClient'.length);
    const rest = Fragment.copy(document, name + 'AsyncClient'.length, end);
    const moved = Fragment.of(
      Fragment.copy(document, start, body),
      first,
      Fragment.copy(document, body, name),
      used,
      rest,
    );
    await changes.createFile('app/fetching.py', Fragment.of(`${header}\n\n\n`, moved), document);
    changes.remove(document, start, end);
  };

describe('code that used a patched name and moves to another file', () => {
  test.each([
    ['imports it there', move('from httpx import AsyncClient')],
    ['imports it once from the old module, before the patch', move('from app.load import AsyncClient')],
  ])('%s: refused', async (_, edit) => {
    expect(await (await withTest(STRING)).verdict(cure, edit)).toEqual({ ...REFUSED, line: 3 });
  });

  test.each([
    ['looks it up in the old module', move('from app import load', 'load.AsyncClient')],
    ['imports it from there at every call', move('', undefined, '    from app.load import AsyncClient\n\n')],
  ])('%s: passes', async (_, edit) => {
    expect(await outcome(await withTest(STRING), cure, edit)).toEqual({ applicability: 'safe', notes: [] });
  });

  test('a patch inside an object that both files share stays effective', async () => {
    const bench = await withTest('def test(mocker):\n    mocker.patch("app.load.AsyncClient.get")\n');
    expect(await bench.verdict(cure, move('from httpx import AsyncClient'))).toBe('verified');
  });

  test('an import of its own in the same file is another name, too', async () => {
    const local: Edit = (changes, document) =>
      changes.insert(document, document.source.text.indexOf('    client ='), '    from httpx import AsyncClient\n\n');
    expect(await (await withTest(STRING)).verdict(cure, local)).toEqual({ ...REFUSED, line: 3 });
  });

  test('a test that is changed along patches what it says then', async () => {
    const bench = await withTest(STRING);
    const document = await bench.workspace.open('tests/test_load.py');
    const retarget: Edit = (changes) => {
      const at = STRING.indexOf('load.');
      changes.replace(document, at, at + 'load'.length, 'fetching');
    };
    expect(await bench.verdict(cure, move('from httpx import AsyncClient'), retarget)).toBe('verified');
  });
});

/** The request is made by new code in another file. */
const adapt =
  (call: string, header: string, made: string): Edit =>
  async (changes, document) => {
    const old = '    client = AsyncClient()\n    return await client.get(url)\n';
    await swap(old, `    from app import adapter\n\n    return await ${call}\n`)(changes, document);
    const body = `async def get(url, client_class=None):\n    return await ${made}.get(url)\n`;
    await changes.createFile('app/adapter.py', `${header}${body}`, document);
  };

describe('code that stays and asks another module', () => {
  const foreign = adapt('adapter.get(url)', 'from httpx import AsyncClient\n\n\n', 'AsyncClient()');
  const another = `${LOAD}\n\nasync def remove(url):\n    return await AsyncClient().delete(url)\n`;

  test('nobody looks the patched name up any more: refused', async () => {
    expect(await (await withTest(STRING)).verdict(cure, foreign)).toEqual({ ...REFUSED, line: 3 });
  });

  test('others still do: for review', async () => {
    expect(await outcome(await withTest(STRING, {}, another), cure, foreign)).toEqual({
      applicability: 'review',
      notes: [
        {
          messageId: 'patch-may-miss',
          name: 'AsyncClient',
          module: 'app/load.py',
          test: 'tests/test_load.py',
          line: 3,
          count: 1,
        },
      ],
    });
  });

  test('a read at import time is no use of the patch', async () => {
    const atImport = `${LOAD}\n\nDEFAULT = AsyncClient\n`;
    expect(await (await withTest(STRING, {}, atImport)).verdict(cure, foreign)).toMatchObject(REFUSED);
  });

  test.each([
    ['looks it up in the old module', adapt('adapter.get(url)', 'from app import load\n\n\n', 'load.AsyncClient()')],
    ['is handed what the name means', adapt('adapter.get(url, AsyncClient)', '', 'client_class()')],
  ])('the new code %s: passes', async (_, edit) => {
    expect(await outcome(await withTest(STRING), cure, edit)).toEqual({ applicability: 'safe', notes: [] });
  });

  test('a name that only run time knows is a doubt', async () => {
    const some = 'def test(mocker, name):\n    mocker.patch(f"app.load.{name}")\n';
    expect(await outcome(await withTest(some), cure, foreign)).toMatchObject({
      applicability: 'review',
      notes: [{ messageId: 'patch-may-miss', name: 'AsyncClient', line: 2 }],
    });
  });

  test('a method that its class no longer defines is a doubt', async () => {
    const spied = 'from app.load import Loader\n\n\ndef test(mocker):\n    mocker.patch.object(Loader, "parse")\n';
    const inline: Edit[] = [
      cure,
      swap('self.parse(read(path))', 'read(path).split()'),
      swap('\n    def parse(self, text):\n        return text.split()\n', ''),
    ];
    expect(await outcome(await withTest(spied), ...inline)).toMatchObject({
      applicability: 'review',
      notes: [{ messageId: 'patch-may-miss', name: 'Loader.parse', line: 5 }],
    });
  });
});
