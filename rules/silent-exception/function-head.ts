import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { CONTRACT } from './vocabulary';

/** Whether a function, or the one around it, says of itself that it drops failures, or that none leaves it. */
export function isDroppedByContract(file: ParsedFile, scope: SyntaxNode | undefined): boolean {
  return CONTRACT.test(functionHead(file, scope));
}

/** What a function says about itself, and the one around it: the docstring in Python, the comment right above. One line. */
export function functionHead(file: ParsedFile, scope: SyntaxNode | undefined): string {
  const found: string[] = [];
  let left = 2;
  for (let at = scope; at && left > 0; at = at.parent ?? undefined) {
    if (!/function|method/.test(at.type)) continue;
    left--;
    const first = at.childForFieldName('body')?.firstNamedChild;
    if (first?.firstNamedChild?.type === 'string') found.push(file.source.slice(first.startIndex, first.endIndex));
    found.push(...linesAbove(file, at));
  }
  return found.join('\n').replace(/\s*\n[\s*/#]*/g, ' ');
}

function linesAbove(file: ParsedFile, node: SyntaxNode): string[] {
  const found: string[] = [];
  for (let line = file.source.lineAt(node.startIndex) - 1; line >= 0; line--) {
    const text = file.source.lineText(line).trim();
    if (/^@\w/.test(text)) continue;
    if (!/^(?:\/\/|\/\*|\*|#)/.test(text)) break;
    found.unshift(text);
  }
  return found;
}
