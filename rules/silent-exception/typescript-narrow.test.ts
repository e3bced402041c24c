import { expect, test } from 'vitest';
import { parsedFile } from '../../core/facts/parse';
import type { SyntaxNode } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';
import { askedModel } from '../../test/support/asked-model';
import { wasmEngine } from '../../test/support/engine';
import { isNarrowable } from './cures/typescript/raised';
import { Narrowing } from './typescript-narrow';

/** The answers for each `try` of a text: from as few names as possible, and from the whole file. */
async function answers(text: string): Promise<{ seen: boolean[]; whole: boolean[]; isWholeAsked: boolean }> {
  const engine = await wasmEngine();
  const tree = engine.parse(text, 'typescript');
  const source = new SourceFile(text);
  const known = parsedFile(tree.rootNode, source, 'typescript');
  const { file, isAsked } = askedModel(known);
  const narrowing = new Narrowing(file);
  const tries = tree.rootNode.descendantsOfType('try_statement');
  const bodyOf = (node: SyntaxNode) => node.childForFieldName('body')!;
  const seen = tries.map((node) => {
    const { startIndex, endIndex } = bodyOf(node);
    return narrowing.canNarrow(node, text.slice(startIndex, endIndex));
  });
  const isWholeAsked = isAsked();
  return { seen, whole: tries.map((node) => isNarrowable(known, bodyOf(node))), isWholeAsked };
}

test.each([
  ['a global', 'function f(path) { try { return JSON.parse(path) } catch {} }', true, false],
  [
    'a global with options and strings',
    "async function f(path) { try { await fetch(path, { method: 'POST', body: `?$" +
      "{path}` }) } catch {} }\nconst method = 'POST';",
    true,
    false,
  ],
  [
    'an import of the name of a global',
    "import { fetch } from './own';\nasync function f(p) { try { await fetch(p) } catch {} }",
    false,
    true,
  ],
  [
    'a function of the module by that name',
    'function f(p) { try { decodeURI(p) } catch {} }\nfunction decodeURI(p) { go(p) }',
    false,
    true,
  ],
  [
    'a constant of the module by that name, with its type',
    'const decodeURI: Decode = own;\nfunction f(p) { try { decodeURI(p) } catch {} }',
    false,
    true,
  ],
  [
    'a generator of the module by that name',
    'function* decodeURI(p) { yield go(p) }\nfunction f(p) { try { decodeURI(p) } catch {} }',
    false,
    true,
  ],
  [
    'a module of Node',
    "import { readFileSync } from 'node:fs';\nfunction f(p) { try { readFileSync(p) } catch {} }",
    true,
    true,
  ],
  ['a local of the name of a global', 'function f(decodeURI, p) { try { decodeURI(p) } catch {} }', false, true],
  [
    'a function around that calls another',
    'function f(p) { const g = () => decodeURI(p); try { g() } catch {} }',
    true,
    true,
  ],
  ['a field', 'class A { f(p) { try { return JSON.parse(this.text) } catch {} } }', true, true],
  ['the top of a module', 'try { JSON.parse(text) } catch {}', true, true],
  ['what it cannot know', 'function f(p) { try { p.go() } catch {} }', false, false],
  ['no call', 'function f(p) { try { p.total += 1 } catch {} }', false, false],
])('%s', async (_, text, expected, isWholeAsked) => {
  expect(await answers(text)).toEqual({ seen: [expected], whole: [expected], isWholeAsked });
});
