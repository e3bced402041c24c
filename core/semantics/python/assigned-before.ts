import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import { DefiniteWrites, type State } from './definite-writes';
import type { PythonModel } from './index';
import type { PythonBinding, PythonScope } from './scope';

const BLOCK_OWNERS_WITH_HEADS = /^(?:if_statement|elif_clause|while_statement|for_statement|with_statement)$/;

/**
 * The variables of a function that are certainly bound when one of its statements begins: its parameters, and what is written on every
 * path to the statement. In doubt a variable is left out.
 * @param statement in the function's own body, at any depth
 * @param scope of the function
 */
export function assignedBefore(
  statement: SyntaxNode,
  scope: PythonScope,
  root: SyntaxNode,
  source: SourceFile,
  model: PythonModel,
): ReadonlySet<PythonBinding> {
  const names = {
    tree: root,
    source,
    imports: model.imports,
    scopeAt: (offset: number) => model.scopeAt(offset),
    occurrenceAt: (offset: number) => model.occurrenceAt(offset),
  };
  const occurrencesIn = (start: number, end: number) =>
    model.occurrences.filter((one) => start <= one.start && one.start < end);
  const writes = new DefiniteWrites(names, occurrencesIn, (binding) => binding.scope === scope);
  let state: State = new Set([...scope.bindings.values()].filter(({ kind }) => kind === 'parameter'));
  for (const [block, within] of pathTo(statement).reverse()) {
    const owner = block.parent;
    if (owner && BLOCK_OWNERS_WITH_HEADS.test(owner.type))
      state = writes.simple(owner.startIndex, block.startIndex, state);
    // A loop or a handler may begin with less than what stands above it, but never with less than its own block guarantees.
    const before = block.namedChildren.filter((one) => one.endIndex <= within.startIndex && one.id !== within.id);
    state = writes.sequence(before, state);
  }
  return state ?? new Set();
}

/** The blocks around a statement with what of each holds it, up to the function's own body. */
function pathTo(statement: SyntaxNode): [SyntaxNode, SyntaxNode][] {
  const path: [SyntaxNode, SyntaxNode][] = [];
  for (let at = statement; at.parent; at = at.parent) {
    if (at.parent.type === 'block') path.push([at.parent, at]);
    if (at.parent.type === 'function_definition') break;
  }
  return path;
}
