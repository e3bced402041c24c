import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonSymbol } from '../../core/syntax/python';
import { type BodyDialect, normaliseBody } from './body';
import { atOf, type BodyFact, type RegexFact, type SetFact } from './facts';
import { blockRejects } from './python-guard';
import { conditionWeight, coversOf, isValidatorName } from './weight';

const DIALECT: BodyDialect = {
  skipped: new Set(['comment', 'type']),
  rejections: new Set(['raise_statement']),
  names: new Set(['identifier']),
  idle: /^[();,]?$/,
};

const DECORATED =
  /@(?:\w+\.)?(?:validator|field_validator|root_validator|model_validator|validates|validates_schema)\b/g;
const REJECTION = /^[ \t]+(?:raise\b|return False\b)/gm;

/** A validator fits on a screen. */
const MAX_LINES = 60;

/** Functions that do nothing but validate, with their variables' names taken out. */
export function pythonBodies(file: ParsedFile, checks: readonly (RegexFact | SetFact)[]): BodyFact[] {
  const { text } = file.source;
  const seen = new Set<number>();
  const found: BodyFact[] = [];
  const consider = (definition: SyntaxNode | undefined, isDecorated: boolean) => {
    if (!definition || seen.has(definition.startIndex)) return;
    seen.add(definition.startIndex);
    const fact = definition.hasError ? undefined : bodyFact(file, definition, isDecorated, checks);
    if (fact) found.push(fact);
  };
  for (const hit of text.matchAll(DECORATED)) consider(decoratedFunction(file, hit.index + 1), true);
  for (const hit of text.matchAll(REJECTION)) {
    if (followsCondition(text, hit.index)) consider(guardedFunction(file, hit.index + hit[0].length - 1), false);
  }
  return found;
}

/** The line in front opens a block: the rejection is the whole of an `if`. Reads text alone. */
function followsCondition(text: string, lineStart: number): boolean {
  let end = lineStart - 1;
  while (end > 0 && /\s/.test(text[end]!)) end--;
  return text[end] === ':';
}

function decoratedFunction(file: ParsedFile, offset: number): SyntaxNode | undefined {
  let at = file.root.descendantForIndex(offset, offset);
  while (at && at.type !== 'decorator') at = at.isNamed && /statement|block|module/.test(at.type) ? null : at.parent;
  const definition = at?.parent?.childForFieldName('definition');
  return definition?.type === 'function_definition' ? definition : undefined;
}

/** The function whose body directly holds the `if` around a rejection. */
function guardedFunction(file: ParsedFile, offset: number): SyntaxNode | undefined {
  let at = file.root.descendantForIndex(offset, offset);
  while (at && at.type !== 'raise_statement' && at.type !== 'return_statement') at = at.parent;
  let user = at?.parent?.parent;
  if (user?.type === 'elif_clause') user = user.parent;
  const definition = user?.type === 'if_statement' ? user.parent?.parent : undefined;
  return definition?.type === 'function_definition' ? definition : undefined;
}

function bodyFact(
  file: ParsedFile,
  definition: SyntaxNode,
  isDecorated: boolean,
  checks: readonly (RegexFact | SetFact)[],
): BodyFact | undefined {
  const { source } = file;
  const body = definition.childForFieldName('body');
  const name = definition.childForFieldName('name');
  const parameters = parameterNames(file, definition);
  if (!body || !name || parameters.length === 0) return undefined;
  if (source.lineAt(body.endIndex) - source.lineAt(body.startIndex) > MAX_LINES) return undefined;
  const statements = body.namedChildren.filter(
    (one, index) => one.type !== 'comment' && !(index === 0 && isDocstring(one)),
  );
  const own = source.slice(name.startIndex, name.endIndex);
  if (/^__/.test(own) || !onlyValidates(file, statements, isDecorated)) return undefined;
  const conditions = body
    .descendantsOfType(['if_statement', 'elif_clause'])
    .map((one) => one.childForFieldName('condition'));
  const weight = conditions.reduce(
    (sum, one) => sum + (one ? conditionWeight(source.slice(one.startIndex, one.endIndex)) : 0),
    0,
  );
  const variables = [...parameters, ...localNames(file, body)];
  const normal = normaliseBody(statements, variables, DIALECT, source);
  // A yes or no is a validation only where the name says so: `should_retry` decides something else.
  if (!isDecorated && answersFalse(source.slice(body.startIndex, body.endIndex)) && !isValidatorName(own))
    return undefined;
  const symbol = [enclosingPythonSymbol(definition, source), own].filter(Boolean).join('.');
  const at = atOf(file, definition.startIndex, headEnd(definition));
  const end = source.positionAt(body.endIndex);
  return {
    kind: 'body',
    key: `py:${normal.key}`,
    name: own,
    weight,
    covers: coversOf(checks, at, end.line),
    at,
    symbol,
  };
}

function answersFalse(body: string): boolean {
  return /\breturn False\b/.test(body) && !/\braise\b/.test(body);
}

/** `def name(...)`. */
function headEnd(definition: SyntaxNode): number {
  const parameters = definition.childForFieldName('parameters');
  return parameters?.endIndex ?? definition.startIndex;
}

function isDocstring(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && statement.firstNamedChild?.type === 'string';
}

/**
 * Guards, simple assignments and at the end the value, `True` or nothing. What computes, awaits or calls for effect is more than a
 * validator and `duplicate-function`'s business.
 */
function onlyValidates(file: ParsedFile, statements: readonly SyntaxNode[], isDecorated: boolean): boolean {
  let guards = 0;
  let returnsFalse = false;
  for (const [index, statement] of statements.entries()) {
    const text = file.source.slice(statement.startIndex, statement.endIndex);
    if (/\b(?:await|yield)\b/.test(text)) return false;
    const isLast = index === statements.length - 1;
    if (statement.type === 'if_statement' || statement.type === 'for_statement') {
      if (!holdsGuard(file, statement)) {
        if (!isDecorated) return false;
        continue;
      }
      guards++;
      returnsFalse ||= /\breturn False\b/.test(text);
    } else if (statement.type === 'return_statement') {
      if (!isLast || !(isDecorated || /^return(?:\s+(?:[\w.]+|True|None))?$/.test(text))) return false;
    } else if (statement.type === 'expression_statement') {
      // A constructor or setter stores what it checked; that is not only validation.
      if (!isDecorated && !/^\w+(?:\s*:[^=\n]+)?\s*=(?!=)/.test(text)) return false;
    } else if (statement.type === 'raise_statement') {
      if (!isLast || guards === 0) return false;
    } else if (statement.type !== 'assert_statement' && statement.type !== 'try_statement') return false;
  }
  const last = statements.at(-1);
  const lastText = last ? file.source.slice(last.startIndex, last.endIndex) : '';
  return guards > 0 && (!returnsFalse || /^return\s+(?!False|None)\S/.test(lastText));
}

/** An `if`, or a loop over such, whose branch rejects. */
function holdsGuard(file: ParsedFile, statement: SyntaxNode): boolean {
  if (statement.type === 'if_statement') {
    return blockRejects(statement.childForFieldName('consequence'), file.source);
  }
  const body = statement.childForFieldName('body');
  return (
    body?.namedChildren.some(
      (one) => one.type === 'if_statement' && blockRejects(one.childForFieldName('consequence'), file.source),
    ) ?? false
  );
}

function parameterNames(file: ParsedFile, definition: SyntaxNode): string[] {
  const names: string[] = [];
  for (const parameter of definition.childForFieldName('parameters')?.namedChildren ?? []) {
    const name =
      parameter.type === 'identifier' ? parameter : (parameter.childForFieldName('name') ?? parameter.firstNamedChild);
    const text = name ? file.source.slice(name.startIndex, name.endIndex) : '';
    if (text && text !== 'self' && text !== 'cls') names.push(text);
  }
  return names;
}

/** Names that the body binds. Attributes and keywords of the same name are renamed with them: alike in all copies. */
function localNames(file: ParsedFile, body: SyntaxNode): string[] {
  const names: string[] = [];
  for (const binder of body.descendantsOfType([
    'assignment',
    'for_statement',
    'for_in_clause',
    'as_pattern_target',
    'named_expression',
  ])) {
    const target =
      binder.type === 'as_pattern_target'
        ? binder
        : (binder.childForFieldName('left') ?? binder.childForFieldName('name'));
    for (const one of target?.descendantsOfType('identifier') ?? []) {
      if (one.parent?.type !== 'attribute' && one.parent?.type !== 'subscript')
        names.push(file.source.slice(one.startIndex, one.endIndex));
    }
  }
  return names;
}
