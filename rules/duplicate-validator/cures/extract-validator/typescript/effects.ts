import type { Document } from '../../../../../core/edit/snapshot';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';

/**
 * Whether a module does something when it is imported: a script that parses its arguments and runs would run for whoever wants a function
 * of it. Definitions are nothing, and so is what is exported, also in CommonJS.
 */
export function runsWhenImported(document: Pick<Document, 'root' | 'source'>): boolean {
  return document.root.namedChildren.some((one) => {
    if (/^(?:if|for|for_in|while|do|try|switch)_statement$/.test(one.type)) return true;
    return one.type === 'expression_statement' && doesSomething(one.firstNamedChild!, document);
  });
}

/** Whether a module is there to be run alone: it exports nothing, and does something. */
export function isScript({ root, source, semantics }: Document): boolean {
  const isShared = (semantics as TypeScriptModel).exports.length > 0 || /\b(?:module\.)?exports\b/.test(source.text);
  return !isShared && runsWhenImported({ root, source });
}

function doesSomething(node: SyntaxNode, { source }: Pick<Document, 'source'>): boolean {
  if (node.type === 'await_expression' || node.type === 'call_expression') return true;
  if (node.type !== 'assignment_expression') return false;
  const target = node.childForFieldName('left');
  return (
    target !== null &&
    !/^(?:module\.)?exports\b|\.(?:displayName|prototype)\b/.test(source.slice(target.startIndex, target.endIndex))
  );
}
