import { buildPythonModel, type PythonModel, type PythonScope } from '../../core/semantics/python';
import type { SyntaxNode } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';
import { wasmEngine } from '../support/engine';

/** A text and the scopes that it has, as `describeScopes` writes them. */
export interface ScopeCase {
  readonly title: string;
  readonly code: string;
  /** One line a scope, nested by two blanks. */
  readonly scopes: string;
}

/** Lines of a template literal without its first, empty line and without the indent that all of them share. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n');
}

export interface Parsed {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly model: PythonModel;
  /** Offset of the nth place (from 0) where a text stands. */
  at(needle: string, nth?: number): number;
  /** The smallest named node that spans the nth place of a text. */
  node(needle: string, nth?: number): SyntaxNode;
}

/** Parses a text and builds its model. Trees are left to the process: tests are short. */
export async function parsePython(text: string): Promise<Parsed> {
  const engine = await wasmEngine();
  const root = engine.parse(text, 'python').rootNode;
  const model = buildPythonModel(root, new SourceFile(text));
  const at = (needle: string, nth = 0): number => {
    let offset = text.indexOf(needle);
    for (let count = 0; count < nth && offset >= 0; count++) offset = text.indexOf(needle, offset + 1);
    if (offset < 0) throw new Error(`the text has no ${nth + 1}th ${JSON.stringify(needle)}`);
    return offset;
  };
  const node = (needle: string, nth = 0): SyntaxNode => {
    const offset = at(needle, nth);
    const found = root.namedDescendantForIndex(offset, offset + needle.length);
    if (!found) throw new Error(`no node spans ${JSON.stringify(needle)}`);
    return found;
  };
  return { text, root, model, at, node };
}

/**
 * The scopes as text: `function f: a parameter, b variable; free x; global y; builtin len; unknown z`. Free names come from
 * functions around, class names from the class around (annotations see it), global ones from the module.
 */
export function describeScopes(model: PythonModel): string {
  const lines: string[] = [];
  const describe = (scope: PythonScope, depth: number): void => {
    const parts = new Map<string, string[]>();
    const add = (kind: string, name: string): void => {
      parts.set(kind, [...(parts.get(kind) ?? []), name]);
    };
    for (const binding of scope.bindings.values()) add('', `${binding.name} ${binding.kind}`);
    for (const { name, binding } of scope.symbols.values()) {
      if (binding?.scope === scope && binding !== scope.classCell) continue;
      if (binding)
        add(
          binding.scope.kind === 'module'
            ? 'global'
            : binding.scope.kind === 'class' && binding !== binding.scope.classCell
              ? 'class'
              : 'free',
          name,
        );
      else if (!model.unresolved.some((occurrence) => occurrence.symbol.name === name)) add('builtin', name);
      else add('unknown', name);
    }
    const details = ['', 'free', 'class', 'global', 'builtin', 'unknown']
      .filter((kind) => parts.has(kind))
      .map((kind) => (kind === '' ? parts.get(kind)!.join(', ') : `${kind} ${parts.get(kind)!.join(' ')}`));
    const title = [scope.block, scope.name].filter((part) => part !== '').join(' ');
    lines.push(`${'  '.repeat(depth)}${title}${details.length > 0 ? `: ${details.join('; ')}` : ''}`);
    for (const child of model.scopes.filter((other) => other.parent === scope)) describe(child, depth + 1);
  };
  describe(model.root, 0);
  return lines.join('\n');
}
