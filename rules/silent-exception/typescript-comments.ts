import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { waives } from './comments';
import { textOf } from './typescript-syntax';

/** A comment behind a node on the line on which the node ends. */
export function commentBehind(file: ParsedFile, node: SyntaxNode): string[] {
  const { source } = file;
  const { line, character } = source.positionAt(node.endIndex);
  const behind = /^[\s;,)\]}]*(\/\/.*|\/\*.*\*\/)/.exec(source.lineText(line).slice(character))?.[1];
  return behind ? [behind] : [];
}

/** Comments on lines of their own above the line on which a node starts; the declaration of its result may stand between. */
export function commentsAbove(file: ParsedFile, node: SyntaxNode): string[] {
  const { source } = file;
  const found: string[] = [];
  let line = source.lineAt(node.startIndex) - 1;
  if (/^\s*(?:let|var)\s+[\w$]+(?:\s*:[^=]{0,80})?;?\s*$/.test(source.lineText(line))) line--;
  for (; line >= 0; line--) {
    const text = source.lineText(line).trim();
    const remark = /^(?:[?:]\s+)?(\/\/.*|\/\*.*|\*.*)$/.exec(text)?.[1];
    if (remark === undefined) break;
    found.unshift(remark);
  }
  return found.length > 0 ? [found.join('\n')] : [];
}

export function commentsAtStartOf(file: ParsedFile, block: SyntaxNode): string[] {
  const first = block.firstNamedChild;
  return first?.type === 'comment' ? [textOf(file, first)] : [];
}

/** A comment between the last statement of the try block and its `catch` speaks of the failure. */
export function commentsAtEndOf(file: ParsedFile, block: SyntaxNode): string[] {
  const last = block.lastNamedChild;
  return last?.type === 'comment' && waives([textOf(file, last)]) ? [textOf(file, last)] : [];
}

/** Comments between the statements of a small try. */
export function commentsInside(file: ParsedFile, block: SyntaxNode): string[] {
  if (block.namedChildCount > 8) return [];
  return block.namedChildren.filter((child) => child.type === 'comment').map((child) => textOf(file, child));
}

/** Whether a comment further up in the same block announces that failures are dropped below. */
export function waivesBelow(file: ParsedFile, statement: SyntaxNode): boolean {
  const holder = statement.parent;
  if (!holder) return false;
  const from = Math.max(holder.startIndex, statement.startIndex - 2000);
  const above = file.source.slice(from, statement.startIndex);
  if (!above.includes('below')) return false;
  return /^[ \t]*(?:\/\/|\*)[^\n]{0,200}\b(?:swallow|ignor|dropp|tolerat|discard)(?:ed|es|s)?\b[^\n]{0,40}(?:\n[ \t]*(?:\/\/|\*)[^\n]{0,40})?\bbelow\b/m.test(
    above,
  );
}

export function commentsWithin(file: ParsedFile, call: SyntaxNode): string[] {
  const given = call.childForFieldName('arguments');
  if (!given || !/\/[/*]/.test(textOf(file, given))) return [];
  return given.descendantsOfType('comment').map((comment) => textOf(file, comment));
}
