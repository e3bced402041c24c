import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { finalComma } from '../../../../../core/edit/typescript/format';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import { functionDoc } from '../../../../../core/edit/typescript/type-comments';
import { leadingComments, literalLines, reindent } from './moved-code';
import { indentAt, isAsync, isIn } from './nodes';
import type { Plan } from './plan';
import { ownThis } from './receiver';
import { rewritesOf, rewritten, SELF } from './rewrites';
import { settlesPlainly } from './settles';
import type { Handler } from './site';
import { annotated } from './type-text';
import type { Types } from './types';

/** The callback as a member of the class: an arrow function that a field holds, so that it keeps `this` wherever it is handed. */
export function methodCode(handler: Handler, plan: Plan, types: Types): Fragment {
  const { site } = plan;
  const { callback, method, named } = handler;
  const { source } = site;
  const { style, text, node: root } = source;
  const { indent } = style;
  const end = style.semicolons ? ';' : '';
  const isTyped = !isJavaScript(source.file);
  const rewrites = rewritesOf(handler, plan);
  const copy = (start: number, stop: number): Fragment => rewritten(start, stop, rewrites, plan);
  const own = callback.parameters.filter(({ name }) => name.getText(root) !== 'this');
  if (isTyped) for (const one of [...own.flatMap(({ type }) => type ?? []), callback.body!]) types.take(one, callback);
  const parameters = [
    ...passedParameters(handler, plan, types),
    ...own.map((one): string | Fragment => {
      const copied = copy(one.getStart(root, true), one.end);
      if (one.type || !isTyped || one.initializer) return copied;
      return Fragment.of(copied, annotated('', types.ofType(source.checker.getTypeAtLocation(one), one)));
    }),
  ];
  const generic = callback.typeParameters
    ? Fragment.of('<', copy(callback.typeParameters[0]!.getStart(root), callback.typeParameters.end), '>')
    : '';
  const returned = returnType(handler, plan, types, copy);
  const body = callback.body!;
  const from = indentAt(text, callback.getStart(root));
  const code = reindent(copy(body.getStart(root), body.end), from, indent, literalLines(body, root));
  const isLong = (list: Fragment): boolean =>
    `${indent}readonly ${method} = async ${list} => {`.length > style.lineLength && !list.toString().includes('\n');
  const flat = Fragment.of(generic, '(', Fragment.join(parameters, ', '), ')', returned);
  const gap = `\n${indent}${indent}`;
  const signature =
    isLong(flat) && parameters.length > 1
      ? Fragment.of(
          generic,
          `(${gap}`,
          Fragment.join(parameters, `,${gap}`),
          `${finalComma(style)}\n${indent})`,
          returned,
        )
      : flat;
  const isStatement = named?.statement !== undefined;
  const written = isStatement ? leadingComments(named.statement, indent, plan) : '';
  const comments = written.toString().includes('/**') ? written : Fragment.of(written, methodDoc(own, plan, types));
  if (callback.asteriskToken)
    return Fragment.of(comments, `${indent}${isAsync(callback) ? 'async ' : ''}*${method}`, signature, ' ', code, '\n');
  return Fragment.of(
    comments,
    `${indent}${isTyped ? 'readonly ' : ''}${method} = ${isAsync(callback) ? 'async ' : ''}`,
    signature,
    ' => ',
    code,
    `${end}\n`,
  );
}

/** What a comment says of the parameters of a callback, whose types came from where it was handed. */
function methodDoc(parameters: readonly ts.ParameterDeclaration[], { site }: Plan, types: Types): string {
  const { checker, style } = site.source;
  const names = parameters.map(({ name }) => name);
  if (!names.every(ts.isIdentifier) || parameters.some(({ dotDotDotToken }) => dotDotDotToken)) return '';
  const documented = parameters.map((one, at) => {
    const isKnown = one.initializer !== undefined || ts.getJSDocType(one) !== undefined;
    const typed = (): string => types.ofType(checker.getTypeAtLocation(one), one);
    return { name: names[at]!.text, type: isKnown ? '' : types.documented(typed) };
  });
  return functionDoc(documented, style.indent);
}

function passedParameters(handler: Handler, plan: Plan, types: Types): string[] {
  const wrapper = plan.wrappers.get(handler);
  if (!wrapper) return [];
  const { source } = plan.site;
  const { callback } = handler;
  const isTyped = !isJavaScript(source.file);
  const found: string[] = [];
  if (wrapper.passesThis) {
    const [first] = ownThis(callback);
    const type = isTyped ? types.ofType(source.checker.getTypeAtLocation(first!), first!) : '';
    found.push(annotated(SELF, type));
  }
  for (const one of wrapper.passed) {
    const use = one.uses.find((each) => isIn(each, callback))!;
    const type = source.checker.getTypeAtLocation(use);
    const text = (): string => settlesPlainly(one, type, plan.site, types, use) ?? types.ofType(type, use);
    found.push(isTyped ? annotated(one.name, text()) : one.name);
  }
  return found;
}

/** The type that is written, else the one that the callback's place asks for, where it gives something back. */
function returnType(
  { callback }: Handler,
  { site }: Plan,
  types: Types,
  copy: (start: number, stop: number) => Fragment,
): Fragment | '' {
  const { source } = site;
  if (callback.type) {
    types.take(callback.type, callback);
    return Fragment.of(': ', copy(callback.type.getStart(source.node), callback.type.end));
  }
  if (isJavaScript(source.file) || ts.isFunctionDeclaration(callback) || !givesBack(callback.body!)) return '';
  const expected = ts.isMethodDeclaration(callback) ? undefined : source.checker.getContextualType(callback);
  const signatures = expected ? source.checker.getNonNullableType(expected).getCallSignatures() : [];
  if (signatures.length !== 1 || signatures[0]!.typeParameters) return '';
  const type = source.checker.getReturnTypeOfSignature(signatures[0]!);
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Void | ts.TypeFlags.TypeParameter))
    return '';
  const text = source.checker.typeToString(type);
  // What an async function gives back must be a promise.
  if (isAsync(callback) ? !/^Promise<(?!void|any|unknown)/.test(text) : /\bvoid\b|\bany\b|\bunknown\b/.test(text))
    return '';
  const said = types.optional(type, callback);
  return said ? Fragment.of(`: ${said}`) : '';
}

/** Whether a function returns a value other than that of a call for its effect. */
function givesBack(body: ts.ConciseBody): boolean {
  if (!ts.isBlock(body))
    return (
      ts.isObjectLiteralExpression(ts.skipPartiallyEmittedExpressions(body)) ||
      ts.isParenthesizedExpression(body) ||
      ts.isLiteralExpression(body)
    );
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found = true;
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}
