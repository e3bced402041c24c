import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startClient } from '../support/language-client';
import type { LspClient } from '../support/lsp-client';

const PYTHON = `import re


def check_one(value):
    if not re.match(r"^[a-z][a-z0-9_-]{2,30}$", value):
        raise ValueError("bad one")
    return value


def load(path):
    try:
        path.write_text("x")
    except Exception:
        pass


def other(path):
    try:
        path.send(1)
    except:
        return None
`;

const TYPESCRIPT = `export function load(text: string) {
  try {
    save(text);
  } catch {}
}

export function check(name: string) {
  if (!/^[a-z][a-z0-9_-]{2,30}$/.test(name)) throw new Error('bad');
}
`;

const PIECES: Record<string, readonly string[]> = {
  'a.py': [
    '\n',
    '    ',
    'pass',
    'raise',
    'except:',
    ')',
    '(',
    '"""',
    '#',
    'x = 1\n',
    'def f():\n    return 1\n',
    ':',
    'é',
    '𝄞',
  ],
  'b.ts': ['\n', '{', '}', 'try {} catch {}\n', 'throw e;', '`', '//', 'const x = 1;\n', '(', ')', 'é', '𝄞'],
};

/** A small generator of pseudo-random numbers (mulberry32), so that a failure can be repeated. */
function mulberry(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test('after a thousand random edits the diagnostics are those of a fresh server', async () => {
  const texts: Record<string, string> = { 'a.py': PYTHON, 'b.ts': TYPESCRIPT };
  const second = PYTHON.replace('check_one', 'check_two');
  const client = await startClient({ ...texts, 'c.py': second });
  for (const [file, text] of Object.entries(texts)) await client.open(file, text);
  const random = mulberry(20_261_120);
  for (let round = 0; round < 1_000; round++) {
    const file = random(2) === 0 ? 'a.py' : 'b.ts';
    const document = TextDocument.create('x', 'x', 1, texts[file]!);
    const start = random(texts[file]!.length + 1);
    const end = Math.min(texts[file]!.length, start + (random(3) === 0 ? random(6) : 0));
    // Positions count UTF-16 units, but never split a pair of surrogates.
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const pieces = PIECES[file]!;
    const piece = random(4) === 0 ? '' : pieces[random(pieces.length)]!;
    const next =
      texts[file]!.slice(0, document.offsetAt(range.start)) + piece + texts[file]!.slice(document.offsetAt(range.end));
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(next)) continue;
    texts[file] = next;
    await client.change(file, piece, range);
    if (round % 50 === 0) await client.findings(file);
  }
  // What was kept of broken definitions is let go when a document is saved.
  for (const file of Object.keys(texts)) await client.save(file);
  const fresh = await startClient({ ...texts, 'c.py': second });
  for (const [file, text] of Object.entries(texts)) await fresh.open(file, text);
  for (const file of Object.keys(texts)) {
    const strip = (report: Awaited<ReturnType<LspClient['pull']>>) =>
      report.kind === 'full' ? JSON.stringify(report.items).replaceAll(client.root, '').replaceAll(fresh.root, '') : '';
    const expected = async () => strip(await fresh.pull(file));
    const found = strip(await client.pull(file));
    expect(await fresh.eventually(expected, (answer) => answer === found)).toBe(found);
  }
  // Whatever was there before, a text that is understood again has all its findings.
  await client.change('a.py', PYTHON);
  expect(await client.findings('a.py')).toEqual([
    'duplicate-validator 5',
    'silent-exception 13',
    'silent-exception 20',
  ]);
}, 60_000);
