import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptSymbol, typeScriptNameOf } from '../../core/syntax/typescript';
import { type BodyDialect, normaliseBody } from './body';
import { atOf, type BodyFact, type RegexFact, type SetFact } from './facts';
import { statementRejects } from './typescript-guard';
import { conditionWeight, coversOf, isValidatorName } from './weight';

const DIALECT: BodyDialect = {
  skipped: new Set(['comment', 'type_annotation', 'type_arguments', 'type_parameters']),
  rejections: new Set(['throw_statement']),
  names: new Set(['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern']),
  idle: /^[();,]?$/,
};

const REJECTION = /\bthrow\b|\breturn false\b/g;
const FUNCTION = /^(?:function_declaration|function_expression|arrow_function|method_definition)$/;

/** A validator fits on a screen. */
const MAX_LINES = 60;

/** Functions that do nothing but validate, with their variables' names taken out. */
export function typeScriptBodies(file: ParsedFile, checks: readonly (RegexFact | SetFact)[]): BodyFact[] {
  const { text } = file.source;
  const seen = new Set<number>();
  const found: BodyFact[] = [];
  for (const hit of text.matchAll(REJECTION)) {
    if (!followsCondition(text, hit.index)) continue;
    const holder = guardedFunction(file, hit.index);
    if (!holder || seen.has(holder.startIndex)) continue;
    seen.add(holder.startIndex);
    const fact = holder.hasError ? undefined : bodyFact(file, holder, checks);
    if (fact) found.push(fact);
  }
  return found;
}

/** In front stands `)` or `) {`: the rejection is the whole of an `if`. Reads text alone. */
function followsCondition(text: string, offset: number): boolean {
  let end = offset - 1;
  while (end > 0 && /[\s{]/.test(text[end]!)) end--;
  return text[end] === ')';
}

/** The function whose body directly holds the `if` around a rejection. */
function guardedFunction(file: ParsedFile, offset: number): SyntaxNode | undefined {
  let at = file.root.descendantForIndex(offset, offset);
  while (at && at.type !== 'throw_statement' && at.type !== 'return_statement')
    at = at.isNamed && at.type !== 'false' ? null : at.parent;
  let user = at?.parent;
  if (user?.type === 'statement_block') user = user.parent;
  const holder = user?.type === 'if_statement' ? user.parent?.parent : undefined;
  return holder && FUNCTION.test(holder.type) ? holder : undefined;
}

function bodyFact(
  file: ParsedFile,
  holder: SyntaxNode,
  checks: readonly (RegexFact | SetFact)[],
): BodyFact | undefined {
  const { source } = file;
  const body = holder.childForFieldName('body');
  const name = typeScriptNameOf(holder, source);
  const parameters = parameterNames(file, holder);
  if (body?.type !== 'statement_block' || !name || parameters.length === 0) return undefined;
  if (source.lineAt(body.endIndex) - source.lineAt(body.startIndex) > MAX_LINES) return undefined;
  const statements = body.namedChildren.filter((one) => one.type !== 'comment');
  if (name === 'constructor' || !onlyValidates(file, statements)) return undefined;
  // A yes or no is a validation only where the name says so: `visible` decides something else.
  const text = source.slice(body.startIndex, body.endIndex);
  if (!/\bthrow\b/.test(text) && !isValidatorName(name)) return undefined;
  const conditions = body.descendantsOfType('if_statement').map((one) => one.childForFieldName('condition'));
  const weight = conditions.reduce(
    (sum, one) => sum + (one ? conditionWeight(source.slice(one.startIndex, one.endIndex)) : 0),
    0,
  );
  const normal = normaliseBody(statements, [...parameters, ...localNames(file, body)], DIALECT, source);
  const start = holder.type === 'arrow_function' ? (holder.parent ?? holder).startIndex : holder.startIndex;
  const at = atOf(file, start, holder.childForFieldName('parameters')?.endIndex ?? body.startIndex);
  const around = enclosingTypeScriptSymbol(holder, source);
  return {
    kind: 'body',
    key: `ts:${normal.key}`,
    name,
    weight,
    covers: coversOf(checks, at, source.lineAt(body.endIndex)),
    at,
    symbol: around ? `${around}.${name}` : name,
  };
}

/** Guards, declarations, and at the end the value, `true` or nothing. */
function onlyValidates(file: ParsedFile, statements: readonly SyntaxNode[]): boolean {
  let guards = 0;
  let returnsFalse = false;
  for (const [index, statement] of statements.entries()) {
    const text = file.source.slice(statement.startIndex, statement.endIndex);
    if (/\b(?:await|yield)\b/.test(text)) return false;
    const isLast = index === statements.length - 1;
    if (statement.type === 'if_statement') {
      const consequence = statement.childForFieldName('consequence');
      if (!consequence || !statementRejects(consequence, file.source, true)) return false;
      guards++;
      returnsFalse ||= /\breturn false\b/.test(text);
    } else if (statement.type === 'return_statement') {
      if (!isLast) return false;
      const isPlain = /^return(?:\s+(?:[\w.$]+|true|null|undefined)(?:\s+as\s+[^;]+)?)?;?$/.test(text);
      if (!isPlain && !returnsFalse) return false;
    } else if (statement.type !== 'lexical_declaration') return false;
  }
  const last = statements.at(-1);
  const lastText = last ? file.source.slice(last.startIndex, last.endIndex) : '';
  return guards > 0 && (!returnsFalse || /^return\s+(?!false|null|undefined)\S/.test(lastText));
}

function parameterNames(file: ParsedFile, holder: SyntaxNode): string[] {
  const single = holder.childForFieldName('parameter');
  const parameters = holder.childForFieldName('parameters') ?? single;
  const names = parameters?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']) ?? [];
  return names.map((one) => file.source.slice(one.startIndex, one.endIndex));
}

function localNames(file: ParsedFile, body: SyntaxNode): string[] {
  return body
    .descendantsOfType(['variable_declarator', 'arrow_function'])
    .flatMap((one) => {
      const target =
        one.childForFieldName('name') ?? one.childForFieldName('parameters') ?? one.childForFieldName('parameter');
      return target?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']) ?? [];
    })
    .map((one) => file.source.slice(one.startIndex, one.endIndex));
}
