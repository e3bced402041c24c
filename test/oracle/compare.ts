import { buildPythonModel } from '../../core/semantics/python';
import type { SyntaxEngine } from '../../core/syntax/engine';
import type { SyntaxNode } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';
import { blockOfCPython, canonical, differences } from './blocks';
import type { CPython } from './cpython';
import { blockOfModel } from './model-blocks';

export type Verdict =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly details: readonly string[] }
  /** `cpython`: not valid Python 3.14. `grammar`: tree-sitter does not understand it. */
  | { readonly kind: 'skipped'; readonly reason: 'cpython' | 'grammar'; readonly details: string };

/** Compares the scopes that the model sees in a text with those that CPython sees. */
export function compareScopes(text: string, engine: SyntaxEngine, python: CPython): Verdict {
  const answer = python.symtable(text);
  if ('error' in answer) return { kind: 'skipped', reason: 'cpython', details: answer.error };
  const tree = engine.parse(text, 'python');
  try {
    if (tree.rootNode.hasError) return { kind: 'skipped', reason: 'grammar', details: 'ERROR or MISSING node' };
    const source = new SourceFile(text);
    const expected = blockOfCPython(answer.table);
    const actual = blockOfModel(buildPythonModel(tree.rootNode, source), source);
    if (canonical(expected) === canonical(actual)) return { kind: 'equal' };
    return { kind: 'different', details: differences(expected, actual) };
  } finally {
    tree.delete();
  }
}

/**
 * The text with every list, set and dict comprehension written as a generator. CPython merges the scopes of comprehensions
 * into the block around (PEP 709) and so hides them from its symbol table; those of generators it shows. Lines stay.
 */
export function comprehensionsAsGenerators(text: string, engine: SyntaxEngine): string {
  const tree = engine.parse(text, 'python');
  const edits: { at: number; remove: number; insert: string }[] = [];
  const around = (node: SyntaxNode, open: string, close: string): void => {
    edits.push({ at: node.startIndex, remove: 1, insert: open }, { at: node.endIndex - 1, remove: 1, insert: close });
  };
  try {
    const kinds = ['list_comprehension', 'set_comprehension', 'dictionary_comprehension'];
    for (const node of tree.rootNode.descendantsOfType(kinds)) {
      const body = node.childForFieldName('body');
      if (body?.type !== 'pair') around(node, '(', ')');
      else {
        const colon = body.children.find((child) => child.type === ':')!;
        around(node, '((', ')');
        edits.push({ at: colon.startIndex, remove: 1, insert: ',' }, { at: body.endIndex, remove: 0, insert: ')' });
      }
    }
  } finally {
    tree.delete();
  }
  let result = '';
  let from = 0;
  for (const { at, remove, insert } of edits.sort((a, b) => a.at - b.at || a.remove - b.remove)) {
    result += text.slice(from, at) + insert;
    from = at + remove;
  }
  return result + text.slice(from);
}
