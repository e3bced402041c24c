import { ts } from 'ts-morph';
import { documentedType } from '../../../../../core/edit/typescript/type-comments';
import type { Variable } from './variables';

/** `declare global { ... }` */
export const isGlobalPart = (node: ts.Node): boolean =>
  ts.isModuleDeclaration(node) && (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;

/** A name with its type, where it needs one. */
export function annotated(name: string, type: string): string {
  return type === '' ? name : `${name}: ${type}`;
}

/** A type that was written on several lines; members that only a line break parts get a semicolon. */
export function onOneLine(text: string): string {
  if (!text.includes('\n') || text.includes('//')) return text;
  return text
    .replace(/([^\s{;,|&(<:[=]|[^=]>)[ \t]*\r?\n\s*(?=[\w'"[])/g, '$1; ')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^\| /, '')
    .replaceAll('; }', ' }');
}

/** What a refusal calls the thing that has a type. */
export function nameOf(at: ts.Node): string {
  const named = ts.isParameter(at) || ts.isVariableDeclaration(at) ? at.name : at;
  const text = named.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The type that a variable is declared with; undefined where it depends on more. */
export function annotationOf({ declaration }: Variable): ts.TypeNode | undefined {
  if (ts.isVariableDeclaration(declaration)) return declaration.type ?? documentedType(declaration);
  const isWhole = ts.isParameter(declaration) && !declaration.questionToken && !declaration.dotDotDotToken;
  return isWhole ? (declaration.type ?? documentedType(declaration)) : undefined;
}

/** The first name of a type, as opposed to what hangs on it. */
export function isTypeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.left === node && ts.findAncestor(parent, ts.isTypeNode) !== undefined;
  return (
    (ts.isTypeReferenceNode(parent) && parent.typeName === node) ||
    (ts.isExpressionWithTypeArguments(parent) && parent.expression === node)
  );
}

/** Declared in a function; a type that a comment declares belongs to where the comment stands. */
export function isLocal(node: ts.Node): boolean {
  const stands = ts.findAncestor(node, ts.isJSDoc)?.parent ?? node;
  return ts.findAncestor(stands.parent, ts.isFunctionLike) !== undefined;
}
