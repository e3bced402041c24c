import type { SourceFile } from '../text/source-file';
import type { SyntaxNode } from './node';

/** Whether a node is what stands in a field of its parent (`condition` of an `if`, `right` of an assignment). */
export function isField(parent: SyntaxNode, field: string, node: SyntaxNode): boolean {
  return parent.childForFieldName(field)?.id === node.id;
}

/** What a call calls, as it is written: `re.compile` of `re.compile('x')`; empty where the node is no call. Both languages. */
export function calleeText(call: SyntaxNode, source: SourceFile): string {
  const callee = call.childForFieldName('function');
  return callee ? source.slice(callee.startIndex, callee.endIndex) : '';
}
