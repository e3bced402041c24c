import { ts } from 'ts-morph';
import { isJavaScript } from './layout';
import type { RecipeSource } from './recipe';

/** How a file says types: beside names, in comments, or nowhere. */
export type TypeNotation = 'names' | 'comments' | 'none';

/** JavaScript says them in comments where the compiler reads them, and where its authors write them. */
export function notationOf(source: RecipeSource): TypeNotation {
  if (!isJavaScript(source.file)) return 'names';
  return isChecked(source) || /@(?:param|type|returns?)\s*\{/.test(source.text) ? 'comments' : 'none';
}

/** Whether the compiler checks the types of a JavaScript file: the last word on it among the comments at its head counts. */
export function isChecked({ text, program }: RecipeSource): boolean {
  const directive = (ts.getLeadingCommentRanges(text, 0) ?? [])
    .map(({ pos, end }) => /^\/\/\/?\s*@ts-(no)?check(?=[\s:]|$)/i.exec(text.slice(pos, end)))
    .findLast((one) => one !== null);
  return directive ? directive[1] === undefined : program.getCompilerOptions().checkJs === true;
}

/** A name that a function takes, with the type that a comment says of it; empty where none can be said. */
export interface Documented {
  readonly name: string;
  readonly type: string;
}

/** The comment above a function: a sentence about it, and the types of what it takes where all are known; nothing where neither is. */
export function functionDoc(parameters: readonly Documented[], indent: string, sentence = ''): string {
  const isKnown = parameters.length > 0 && parameters.every(({ type }) => type !== '');
  const tags = parameters.map(({ name, type }) => `@param {${type}} ${name}`);
  const lines = [
    ...(sentence === '' ? [] : [sentence]),
    ...(isKnown ? [...(sentence === '' ? [] : ['']), ...tags] : []),
  ];
  if (lines.length < 2) return lines.length === 0 ? '' : `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((one) => `${indent} * ${one}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

/** The comment above a field that says its type. */
export const typeDoc = (type: string, indent: string): string =>
  type === '' ? '' : `${indent}/** @type {${type}} */\n`;

/** The type that a comment says of a declaration, whole; undefined where it says that there may be none, or tells members one by one. */
export function documentedType(declaration: ts.VariableDeclaration | ts.ParameterDeclaration): ts.TypeNode | undefined {
  const tags = ts.isParameter(declaration) ? ts.getJSDocParameterTags(declaration) : [];
  const type = ts.getJSDocType(declaration);
  const isPart = type && (ts.isJSDocOptionalType(type) || ts.isJSDocVariadicType(type) || ts.isJSDocTypeLiteral(type));
  return isPart || tags.some(({ isBracketed }) => isBracketed) ? undefined : type;
}
