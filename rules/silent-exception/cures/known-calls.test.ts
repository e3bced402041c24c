import { describe, expect, test } from 'vitest';
import { KnownCalls } from './known-calls';

const known = new KnownCalls([
  /^fs\.(?:readFile|stat)(?:Sync)?$/,
  /^console\.\w+$/,
  /^(?:os|posix)\.(?:remove|unlink)$/,
]);

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
    expect(known.mayKnow(text, 'from os import remove as erase\ndef helper(path): ...')).toBe(true);
  });
});

describe('a text is not worth it', () => {
  test.each([
    ['with a call that nobody knows', 'client.fetch_all()'],
    ['where one call of two is known', 'os.remove(find(path))'],
    ['with a name that only begins like a known one', 'fs.statAsync(path)'],
    ['with a member of another owner', 'table.rows(x)'],
  ])('%s', (_, text) => {
    expect(known.mayKnow(text, '')).toBe(false);
  });
});
