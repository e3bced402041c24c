import { buildPythonModel } from '../../core/semantics/python';
import type { SyntaxEngine } from '../../core/syntax/engine';
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
