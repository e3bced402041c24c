import { describe, expect, test } from 'vitest';
import { PYTHON_KEYWORDS } from '../../../core/syntax/reserved-words';
import { KnownCalls } from './known-calls';
import { OwnNames } from './own-names';
import { KNOWN_CALLS as PYTHON } from './python/raised-table';
import { KNOWN_CALLS as TYPESCRIPT } from './typescript/raised-table';

const known = new KnownCalls(
  [/^fs\.(?:readFile|stat)(?:Sync)?$/, /^console\.\w+$/, /^(?:os|posix)\.(?:remove|unlink)$/],
  PYTHON_KEYWORDS,
);
const NOTHING = new OwnNames('');

describe('a text is worth to be resolved', () => {
  test.each([
    ['without any call', 'total + 1'],
    ['with a call of the table', 'os.remove(path)'],
    ['with an ending that the table allows', 'fs.statSync(path)'],
    ['with any member of a known owner', 'console.table(rows)'],
    ['with an optional call', 'fs?.readFile?.(path)'],
    ['with words that are no calls', 'if (ready) return (value)'],
    ['with a call of a function of the file', 'helper(path)'],
    ['with a name that an import gives', 'erase(path)'],
  ])('%s', (_, text) => {
    const own = new OwnNames('from os import remove as erase\ndef helper(path): ...');
    expect(known.mayKnow(text, own)).toBe(true);
  });

  test.each(['switch (kind) { case (1): break }', 'for (const x of (list)) delete (x)', '[...await (x)]'])(
    '%s',
    (text) => {
      expect(TYPESCRIPT.mayKnow(text, NOTHING)).toBe(true);
    },
  );

  test.each(['print(total)', 'while not (done) and (ready): pass', 'return lambda: (yield)'])('%s', (text) => {
    expect(PYTHON.mayKnow(text, NOTHING)).toBe(true);
  });
});

describe('a text is not worth it', () => {
  test.each([
    ['with a call that nobody knows', 'client.fetch_all()'],
    ['where one call of two is known', 'os.remove(find(path))'],
    ['with a name that only begins like a known one', 'fs.statAsync(path)'],
    ['with a member of another owner', 'table.rows(x)'],
    ['with a member that is called as a keyword is', 'rows.del(x)'],
    ['with a member of what a call gives', 'pages(x).del(y)'],
  ])('%s', (_, text) => {
    expect(known.mayKnow(text, new OwnNames('def pages(x): ...'))).toBe(false);
  });

  test.each([
    ['with a function that other languages have', 'print(page)'],
    ['with a keyword of another language', 'assert(ready)'],
    ['with a member named like a keyword', 'entries.delete(key)'],
    ['with a module that is loaded', "await import('./page')"],
  ])('TypeScript: %s', (_, text) => {
    expect(TYPESCRIPT.mayKnow(text, NOTHING)).toBe(false);
  });

  test.each([
    ['with a keyword of another language', 'throw(error)'],
    ['with a function named like one', 'catch(path)'],
  ])('Python: %s', (_, text) => {
    expect(PYTHON.mayKnow(text, NOTHING)).toBe(false);
  });
});

describe('the names of a file', () => {
  test.each(['helper', 'Store', 'erase', 'limit', '$el'])('%s', (name) => {
    const own = new OwnNames('def helper(): ...\nclass Store:\nimport a as erase\nconst limit = 1; function $el() {}');
    expect(own.has(name)).toBe(true);
  });

  test('no others', () => {
    expect(new OwnNames('helper()\nlimit = 1').has('helper')).toBe(false);
  });
});
