import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { finalComma } from '../../../../../core/edit/typescript/format';
import { functionDoc } from '../../../../../core/edit/typescript/type-comments';
import { indentAt, isAsync, isIn, isTypedFile, refusal, startWithComments } from './nodes';
import type { Plan } from './plan';
import { ownThis } from './receiver';
import { settlesPlainly } from './settles';
import type { Handler } from './site';
import { annotated, type Types } from './types';
import { isCalled, mayMindObject, type Variable } from './variables';

/** What a method calls the object that its callback was called on. */
export const SELF = 'self';

interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The callback as a member of the class: an arrow function that a field holds, so that it keeps `this` wherever it is handed. */
export function methodCode(handler: Handler, plan: Plan, types: Types): Fragment {
  const { site } = plan;
  const { callback, method, named } = handler;
  const { source } = site;
  const { style, text, node: root } = source;
  const { indent } = style;
  const end = style.semicolons ? ';' : '';
  const isTyped = isTypedFile(source.file);
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
  const isTyped = isTypedFile(source.file);
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
  if (!isTypedFile(source.file) || ts.isFunctionDeclaration(callback) || !givesBack(callback.body!)) return '';
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

function rewritesOf(handler: Handler, plan: Plan): Rewrite[] {
  const { site, roles, receiver, wrappers } = plan;
  const { callback } = handler;
  const root = site.source.node;
  const found: Rewrite[] = [];
  const member = (use: ts.Identifier, code: string): void => {
    if (!isIn(use, callback)) return;
    const isShort = ts.isShorthandPropertyAssignment(use.parent) && use.parent.name === use;
    found.push({ start: use.getStart(root), end: use.end, text: isShort ? `${use.text}: ${code}` : code });
  };
  const respell = (use: ts.Identifier): void => {
    if (isIn(use, callback)) found.push({ start: use.getStart(root), end: use.end, text: use.text });
  };
  const taken = takenOut(handler, plan);
  for (const one of handler.captured) {
    const role = roles.get(one.symbol);
    if (!role) continue;
    for (const use of one.uses) {
      // A parameter of the method is another variable, although it has the name.
      if (role.kind === 'argument' || (taken.includes(one) && isIn(use, callback.body!))) respell(use);
      else member(use, role.kind === 'getter' ? `this.${one.name}()` : `this.${one.name}`);
    }
  }
  for (const other of site.handlers) {
    const uses = other.named ? [...other.named.uses, ...(other === handler ? other.named.own : [])] : [];
    for (const use of uses.filter((one) => isIn(one, callback))) {
      if (wrappers.has(other)) throw refusal('binding-form', site.source, use, { name: use.text });
      member(use, `this.${other.method}`);
    }
  }
  const passesThis = wrappers.get(handler)?.passesThis;
  for (const node of ownThis(callback)) {
    if (passesThis) found.push({ start: node.getStart(root), end: node.end, text: SELF });
    else if (receiver.nodes.includes(node)) found.push(...receiverRewrite(node, plan));
  }
  for (const access of receiver.statics.filter((one) => isIn(one, callback)))
    found.push(...receiverRewrite(access.expression, plan));
  if (taken.length > 0) found.push(takingOut(taken, callback.body!, plan));
  return found.sort((a, b) => a.start - b.start);
}

/** Functions that came from elsewhere and that the method calls: `this.run()` would call them on the handler. */
function takenOut({ callback, captured }: Handler, { roles, site }: Plan): Variable[] {
  const body = callback.body!;
  if (!ts.isBlock(body)) return [];
  return captured.filter(
    (one) =>
      roles.get(one.symbol)?.kind === 'value' &&
      mayMindObject(one, site.source) &&
      one.uses.some((use) => isIn(use, body) && isCalled(use)),
  );
}

/** `const { run } = this`, as the first statement. */
function takingOut(taken: readonly Variable[], body: ts.Node, { site }: Plan): Rewrite {
  const { node: root, text, style } = site.source;
  const start = body.getStart(root) + 1;
  const isOneLine = !text.slice(start, body.end).includes('\n');
  const gap = isOneLine ? ' ' : `\n${indentAt(text, body.getStart(root))}${style.indent}`;
  const names = taken.map(({ name }) => name).join(', ');
  return { start, end: start, text: `${gap}const { ${names} } = this${style.semicolons || isOneLine ? ';' : ''}` };
}

function receiverRewrite(node: ts.Node, { receiver, site }: Plan): Rewrite[] {
  const root = site.source.node;
  const access = node.parent;
  const name = ts.isPropertyAccessExpression(access) && access.expression === node ? access.name.text : '';
  const part = receiver.parts.find((one) => one.name === name.replace(/^#/, ''));
  const start = node.getStart(root);
  if (part) return [{ start, end: access.end, text: `this.${part.name}${part.kind === 'getter' ? '()' : ''}` }];
  return [{ start, end: node.end, text: `this.${receiver.whole!.name}` }];
}

/** A range of the file as a fragment, with some of its names spelled anew. */
export function rewritten(start: number, end: number, rewrites: readonly Rewrite[], { site }: Plan): Fragment {
  const { file, text } = site.source;
  const document = { file, source: { text } };
  const parts: (string | Fragment)[] = [];
  let at = start;
  for (const one of rewrites) {
    if (one.start < at || one.end > end) continue;
    parts.push(Fragment.copy(document, at, one.start), one.text);
    at = one.end;
  }
  parts.push(Fragment.copy(document, at, end));
  return Fragment.of(...parts);
}

/** Comments in front of a statement that goes, each on lines of their own. */
export function leadingComments(statement: ts.Node, indent: string, { site }: Plan): Fragment | '' {
  const { file, text, node: root } = site.source;
  const from = startWithComments(statement, text);
  const start = statement.getStart(root);
  if (from === start) return '';
  const code = Fragment.copy({ file, source: { text } }, from, start - indentAt(text, start).length);
  return Fragment.of(indent, reindent(trimmed(code), indentAt(text, from), indent, new Set()), '\n');
}

function trimmed(code: Fragment): Fragment {
  return code.slice(0, code.toString().trimEnd().length);
}

/** A value of a variable as that of a field: its lines move along. */
export function valueCode(value: ts.Node, plan: Plan): Fragment {
  const { node: root, text, style } = plan.site.source;
  const start = value.getStart(root);
  const code = rewritten(start, value.end, [], plan);
  return reindent(code, indentAt(text, start), style.indent, literalLines(value, root));
}

/** The ordinals of the lines of a node that begin within a literal, whose blanks count. */
export function literalLines(body: ts.Node, root: ts.SourceFile): ReadonlySet<number> {
  const { text } = root;
  const found = new Set<number>();
  const start = body.getStart(root);
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node) ||
      ts.isStringLiteral(node);
    if (isText) {
      const from = node.getStart(root);
      for (let at = text.indexOf('\n', from); at >= 0 && at < node.end; at = text.indexOf('\n', at + 1))
        found.add(text.slice(start, at + 1).split('\n').length - 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** Moves the lines behind the first one from one indentation to another; lines that begin in a literal stay. */
function reindent(code: Fragment, from: string, to: string, fixed: ReadonlySet<number>): Fragment {
  const whole = code.toString();
  const parts: (string | Fragment)[] = [];
  let at = 0;
  let line = 0;
  for (const match of whole.matchAll(/\n([ \t]*)/g)) {
    line++;
    if (fixed.has(line)) continue;
    const start = match.index + 1;
    parts.push(code.slice(at, start));
    const blanks = match[1]!;
    const next = whole[start + blanks.length];
    at = start + (blanks.startsWith(from) ? from.length : blanks.length);
    if (next !== '\n' && next !== undefined) parts.push(to);
    else at = start + blanks.length;
  }
  parts.push(code.slice(at));
  return Fragment.of(...parts);
}
