import { beforeAll, expect, test } from 'vitest';
import { wasmEngine } from '../../test/support/engine';
import type { SyntaxEngine } from '../syntax/engine';
import { pythonImportLines } from './import-lines';
import { areKeywordKinds, pythonStatements } from './python-statements';

const KINDS = [
  'function_definition',
  'class_definition',
  'import_statement',
  'import_from_statement',
  'except_clause',
] as const;

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

const spans = (nodes: readonly { type: string; startIndex: number; endIndex: number }[]) =>
  nodes.map(({ type, startIndex, endIndex }) => `${type} ${startIndex}-${endIndex}`);

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'every kind, nested in every block': [
    'import os, sys',
    'from a import b; from c import d ; import e',
    '@decorated',
    'async def f(x=lambda: 0):',
    '  """def not_here(): pass',
    'class NorHere: pass',
    'import nothing',
    '"""',
    '  if x: import g',
    '  elif y:',
    '    def inner(): pass',
    '  else: from h import i',
    '  for a in b:',
    '    class K:',
    '      def m(self): return [z',
    '        for z in q]',
    '  while x:',
    '    try: import fast',
    '    except A: pass',
    '    except (B, C) as e:',
    '      with x as y:',
    '        import late',
    '    finally:',
    '      match x:',
    '        case 1: import one',
    '        case _:',
    '          def deep(): pass',
    'def last(): yield from f()',
  ],
  'joined lines, form feeds, names that start like keywords': [
    'if a: \\',
    '  import b',
    '\fdef f(): pass',
    'definition = classes = imports = 1; \\',
    '\timport c',
    'x = {',
    "'a':",
    'important}',
    'raise E from error',
  ],
  'blanks that are none of ASCII': ['if a:\u200bimport b', 'x = 1;\u2060from c import d'],
  'no keyword at all': ['x = 1'],
};

test.each(Object.entries(TEXTS))('the same nodes as the walk of the engine: %s', (_, lines) => {
  for (const end of ['\n', '\r\n']) {
    for (const kinds of [KINDS, KINDS.slice(0, 1), KINDS.slice(2, 3), KINDS.slice(4)]) {
      const text = lines.join(end);
      const tree = engine.parse(text, 'python');
      expect(tree.rootNode.hasError).toBe(false);
      const found = pythonStatements(tree.rootNode, pythonImportLines(text).keywords, new Set<string>(kinds));
      expect(spans(found)).toEqual(spans(tree.rootNode.descendantsOfType([...kinds])));
      tree.delete();
    }
  }
});

test('kinds that begin with no keyword are left to the engine', () => {
  expect(areKeywordKinds(KINDS)).toBe(true);
  expect(areKeywordKinds(['function_definition', 'call'])).toBe(false);
});
