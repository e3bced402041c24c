import type { PythonBinding, PythonOccurrence } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';

/**
 * Whether a variable of the function around a statement certainly has a value when the statement begins: a parameter, the target of a
 * loop or `with` around the statement, or one assigned by a statement that comes before it and is not in a branch of its own.
 */
export function isBoundBefore(binding: PythonBinding, statement: SyntaxNode, root: SyntaxNode): boolean {
  const { writes } = binding;
  if (writes.some(({ role }) => role === 'delete' || role === 'exception')) return false;
  return writes.some((write) => write.role === 'parameter' || bindsBefore(write, statement, root));
}

/** The name is the target of a `for` around the statement. */
export function isLoopVariable(binding: PythonBinding, statement: SyntaxNode, root: SyntaxNode): boolean {
  return binding.writes.some((write) => {
    const loop = holderOf(write, root, 'for_statement');
    return loop !== undefined && isTarget(loop, write) && isIn(loop.childForFieldName('body'), statement);
  });
}

function bindsBefore(write: PythonOccurrence, statement: SyntaxNode, root: SyntaxNode): boolean {
  switch (write.role) {
    case 'assign':
    case 'annotated-assign':
    case 'import':
    case 'function':
    case 'class':
      return isEarlier(write, statement, root);
    case 'for-target': {
      const loop = holderOf(write, root, 'for_statement');
      return loop !== undefined && isTarget(loop, write) && isIn(loop.childForFieldName('body'), statement);
    }
    case 'with-target': {
      const around = holderOf(write, root, 'with_statement');
      return around !== undefined && isIn(around.childForFieldName('body'), statement);
    }
    default:
      return false;
  }
}

/** Whether the statement that writes stands before the other one, in a block that the other one is in as well. */
function isEarlier(write: PythonOccurrence, statement: SyntaxNode, root: SyntaxNode): boolean {
  if (write.end > statement.startIndex) return false;
  let own = root.descendantForIndex(write.start, write.end);
  while (own?.parent && own.parent.type !== 'block' && own.parent.type !== 'module') own = own.parent;
  const block = own?.parent;
  if (!own || !block || own.endIndex > statement.startIndex) return false;
  // `case` blocks and comprehensions hold no such statement, and a `with` body may be left early by its manager.
  return isIn(block, statement);
}

function holderOf(write: PythonOccurrence, root: SyntaxNode, type: string): SyntaxNode | undefined {
  for (let at = root.descendantForIndex(write.start, write.end); at; at = at.parent) {
    if (at.type === type) return at;
    if (at.type === 'block' || at.type === 'module') return undefined;
  }
  return undefined;
}

function isTarget(loop: SyntaxNode, { start, end }: PythonOccurrence): boolean {
  const left = loop.childForFieldName('left');
  return left !== null && left.startIndex <= start && end <= left.endIndex;
}

function isIn(block: SyntaxNode | null, statement: SyntaxNode): boolean {
  return block !== null && block.startIndex <= statement.startIndex && statement.endIndex <= block.endIndex;
}
