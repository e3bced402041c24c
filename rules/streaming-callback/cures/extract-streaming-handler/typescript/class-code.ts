import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { finalComma } from '../../../../../core/edit/typescript/format';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import { functionDoc, typeDoc } from '../../../../../core/edit/typescript/type-comments';
import { isPrimitive } from './initial';
import { methodCode } from './method-code';
import { leadingComments, valueCode } from './moved-code';
import { endWithComment } from './nodes';
import { type Parameter, timerType, typeOf, visibility } from './parameters';
import { fieldsOf, type Plan } from './plan';
import { rewritten } from './rewrites';
import { annotated } from './type-text';
import type { Types } from './types';
import type { Variable } from './variables';

/** The class, as it stands at the top of the module, without a line break at its end. */
export function classCode(plan: Plan, parameters: readonly Parameter[], types: Types): Fragment {
  const { site } = plan;
  const { args } = site;
  const members: (string | Fragment)[] = [];
  const fields = fieldsCode(plan, parameters, types);
  if (fields.pieces.length > 0) members.push(fields);
  const made = constructorCode(plan, parameters);
  if (made !== '') members.push(made);
  for (const one of site.handlers) members.push(methodCode(one, plan, types));
  const generic = genericCode(types, plan);
  return Fragment.of(docComment(plan), `class ${args.className}`, generic, ' {\n', Fragment.join(members, '\n'), '}');
}

function genericCode(types: Types, plan: Plan): Fragment | '' {
  const root = plan.site.source.node;
  const { parameters } = types;
  if (parameters.length === 0) return '';
  const written = parameters.map((one) => rewritten(one.getStart(root), one.end, [], plan));
  return Fragment.of('<', Fragment.join(written, ', '), '>');
}

function docComment({ site }: Plan): string {
  const { handlers, state, source } = site;
  const [first] = handlers;
  const isOne = handlers.length === 1;
  const isHandedOut = isOne && (first!.to === 'return' || first!.to === 'yield');
  const name =
    isOne && !first!.named?.statement
      ? `of ${first!.to}`
      : listed(handlers.map(({ method, named }) => (named?.statement ? named.name : method)));
  const who = isHandedOut ? 'The function that is handed out' : `The ${isOne ? 'callback' : 'callbacks'} ${name}`;
  const what = `${who}, and what ${isOne ? 'it keeps' : 'they keep'} between calls`;
  const text = `${what}: ${listed(state.map((one) => one.name))}.`.replaceAll('*/', '* /');
  const line = `/** ${text} */`;
  if (line.length <= source.style.lineLength) return `${line}\n`;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && ` * ${last} ${word}`.length <= source.style.lineLength)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `/**\n${lines.map((one) => ` * ${one}\n`).join('')} */\n`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function fieldsCode(plan: Plan, parameters: readonly Parameter[], types: Types): Fragment {
  const { site, roles } = plan;
  const { style, text } = site.source;
  const end = style.semicolons ? ';' : '';
  const isTyped = !isJavaScript(site.source.file);
  const typed = (one: Variable): string => types.ofVariable(one, () => typeOf(one, plan), one.declaration);
  const lines: (string | Fragment)[] = [];
  for (const one of fieldsOf(plan)) {
    const role = roles.get(one.symbol)!;
    if (role.kind === 'given') {
      if (isTyped && role.initial.kind === 'copied') {
        const type = timerType(one) ?? types.ofVariable(one, () => typeOf(one, plan), one.declaration);
        lines.push(`${style.indent}${visibility(one, plan)}${annotated(one.name, type)}${end}\n`);
      }
      continue;
    }
    const declaration = one.declaration as ts.VariableDeclaration;
    const statement = ts.findAncestor(declaration, ts.isVariableStatement)!;
    const isAlone = statement.declarationList.declarations.length === 1;
    const behind = isAlone ? text.slice(statement.end, endWithComment(statement, text)) : '';
    const own = isAlone ? leadingComments(statement, style.indent, plan) : '';
    const documented = isSelfEvident(declaration.initializer) ? '' : types.documented(() => typed(one));
    const comments = own.toString().includes('/**') ? own : Fragment.of(own, typeDoc(documented, style.indent));
    const code = fieldCode(one, declaration, isTyped, plan, types);
    lines.push(Fragment.of(comments, style.indent, visibilityOf(one, plan, isTyped), code, end, behind, '\n'));
  }
  if (isTyped && plan.isErasable)
    for (const { name, type, modifiers } of parameters)
      lines.push(`${style.indent}${modifiers.replace('public ', '')}${annotated(name, type)}${end}\n`);
  return Fragment.of(...lines);
}

function visibilityOf(one: Variable, plan: Plan, isTyped: boolean): string {
  if (!isTyped) return '';
  const isConst = (ts.getCombinedNodeFlags(one.declaration) & ts.NodeFlags.Const) !== 0;
  return `${visibility(one, plan)}${isConst ? 'readonly ' : ''}`;
}

function fieldCode(
  one: Variable,
  declaration: ts.VariableDeclaration,
  isTyped: boolean,
  plan: Plan,
  types: Types,
): Fragment {
  const root = plan.site.source.node;
  let value = declaration.initializer;
  const typed = types.of.bind(types);
  const type = (): string => timerType(one) ?? typed(declaration.type, () => typeOf(one, plan), declaration);
  if (!isTyped) return withValue(one.name, value, plan);
  if (!value) return Fragment.of(annotated(isSetLater(one, plan) ? `${one.name}!` : one.name, type()));
  if (!declaration.type && isInferred(value)) {
    if (ts.isNewExpression(value) || ts.isObjectLiteralExpression(value) || ts.isAsExpression(value))
      types.take(value, declaration);
    return withValue(one.name, value, plan);
  }
  // `null as number | null` says what the annotation says; `{} as Result` says more than the compiler would take.
  if (ts.isAsExpression(value) && !/^const$/.test(value.type.getText(root)) && isEmptyValue(value.expression)) {
    const written = typed(declaration.type ?? value.type, () => typeOf(one, plan), declaration);
    value = value.expression;
    return withValue(`${one.name}: ${written}`, value, plan);
  }
  return withValue(annotated(one.name, type()), value, plan);
}

/** What is a value of any type that has room for it. */
function isEmptyValue(value: ts.Expression): boolean {
  return (
    isPrimitive(value) ||
    (ts.isArrayLiteralExpression(value) && value.elements.length === 0) ||
    ts.isNewExpression(value)
  );
}

function withValue(head: string, value: ts.Expression | undefined, plan: Plan): Fragment {
  if (!value) return Fragment.of(head);
  const { text, node: root, style } = plan.site.source;
  // A text or pattern that had a line of its own keeps it.
  const isBelow = /=[ \t]*\r?\n[ \t]*$/.test(text.slice(0, value.getStart(root)));
  const gap = isBelow ? `\n${style.indent.repeat(2)}` : ' ';
  return Fragment.of(`${head} =${gap}`, valueCode(value, plan));
}

/** Whether a reader and the compiler see the type of a field by its value. */
function isSelfEvident(value: ts.Expression | undefined): boolean {
  return value !== undefined && (isInferred(value) || ts.isObjectLiteralExpression(value));
}

/** Whether a field without a type gets the one that the variable had. */
function isInferred(value: ts.Expression): boolean {
  if (ts.isNewExpression(value) || ts.isRegularExpressionLiteral(value) || ts.isTemplateExpression(value)) return true;
  if (ts.isPropertyAccessExpression(value)) return true;
  if (ts.isAsExpression(value)) return ts.isConstTypeReference(value.type) || !isEmptyValue(value.expression);
  if (ts.isBinaryExpression(value)) return isInferred(value.left) && isInferred(value.right);
  if (ts.isParenthesizedExpression(value)) return isInferred(value.expression);
  if (ts.isObjectLiteralExpression(value))
    return value.properties.every((one) => ts.isPropertyAssignment(one) && isInferred(one.initializer));
  if (ts.isPrefixUnaryExpression(value)) return isInferred(value.operand);
  return (
    ts.isNumericLiteral(value) ||
    (ts.isIdentifier(value) && /^(?:NaN|Infinity)$/.test(value.text)) ||
    ts.isStringLiteral(value) ||
    ts.isNoSubstitutionTemplateLiteral(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** A variable without a value, of a type that has no room for `undefined`. */
function isSetLater(one: Variable, plan: Plan): boolean {
  const { program } = plan.site.source;
  const options = program.getCompilerOptions();
  const isStrict = options.strictPropertyInitialization ?? options.strict ?? false;
  const type = typeOf(one, plan);
  const parts = type.isUnion() ? type.types : [type];
  const { Undefined, Any, Unknown } = ts.TypeFlags;
  return isStrict && !parts.some(({ flags }) => flags & (Undefined | Any | Unknown));
}

function constructorCode(plan: Plan, parameters: readonly Parameter[]): string {
  const { site, roles } = plan;
  const { style, file } = site.source;
  const { indent } = style;
  const end = style.semicolons ? ';' : '';
  const isTyped = !isJavaScript(file);
  const isShort = isTyped && !plan.isErasable;
  const assigned = isShort ? [] : parameters.map(({ name }) => `this.${name} = ${name}${end}`);
  for (const one of site.state) {
    const role = roles.get(one.symbol)!;
    if (role.kind === 'given' && role.initial.kind === 'copied')
      assigned.push(`this.${one.name} = ${role.initial.from}${end}`);
  }
  if (parameters.length === 0 && assigned.length === 0) return '';
  const documented = parameters.map(({ name, documented }) => ({ name, type: documented }));
  const comment = functionDoc(documented, indent);
  const heads = parameters.map(({ name, type, modifiers }) =>
    annotated(`${isTyped && isShort ? modifiers : ''}${name}`, type),
  );
  const body =
    assigned.length > 0 ? `{\n${assigned.map((one) => `${indent}${indent}${one}\n`).join('')}${indent}}` : '{}';
  const flat = `${indent}constructor(${heads.join(', ')}) ${body.split('\n', 1)[0]}`;
  // As Prettier does: several parameters that are fields have a line each.
  if (flat.length <= style.lineLength && !(isShort && heads.length > 1))
    return `${comment}${indent}constructor(${heads.join(', ')}) ${body}\n`;
  const lines = heads.map((one) => `${indent}${indent}${one}`).join(',\n');
  return `${comment}${indent}constructor(\n${lines}${finalComma(style)}\n${indent}) ${body}\n`;
}
