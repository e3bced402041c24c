import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { typeScriptNameOf } from '../../core/syntax/typescript';
import { becomesError, defaultStays, fallback, speaksUp, surroundings } from './aftermath';
import {
  type Case,
  countStatements,
  enclosingLoop,
  flatStatements,
  statementsAfter,
  textOf,
} from './typescript-syntax';
import * as words from './words';

/** The reasons for which a clause that swallows is none of our business. */
export function isForgiven(file: ParsedFile, one: Case): boolean {
  const { body, code, scope, clause, attempt, guarded } = one;
  const functionName = scope ? (typeScriptNameOf(scope, file.source) ?? '') : '';
  if (body.form === 'return-constant') {
    return isExpectedAnswer(file, one, body.value ?? '', functionName);
  }
  if (body.form === 'empty' && /\breturn\b/.test(code)) {
    const { constant, isDefault } = fallback(statementsAfter(file, attempt)[0], 'undefined');
    if (isDefault || (constant !== undefined && isExpectedAnswer(file, one, constant, functionName))) return true;
  }
  if (
    words.isLogFunction(functionName) ||
    flatStatements(guarded).every((statement) => words.logs(textOf(file, statement)))
  )
    return true;
  if (speaksUp(whatFollows(file, one))) return true;
  const targets = guarded
    .descendantsOfType(['assignment_expression', 'augmented_assignment_expression', 'variable_declaration'])
    .flatMap((node) =>
      node.type === 'variable_declaration'
        ? node.namedChildren.map((child) => child.childForFieldName('name'))
        : [node.childForFieldName('left')],
    )
    .flatMap((left) => (left ? [textOf(file, left)] : []));
  if (targets.length === 0) return false;
  const parameters = scope?.childForFieldName('parameters') ?? scope?.childForFieldName('parameter');
  const around = surroundings(file.source.text, attempt, clause.endIndex, {
    scope,
    loop: enclosingLoop(clause),
    skips: body.form === 'continue' || body.form === 'break',
    parameters: parameters ? textOf(file, parameters) : '',
    assignsOuterNames: true,
  });
  return defaultStays(targets, around);
}

/** Parse-or-null, and predicates that leave the program alone. */
function isExpectedAnswer(
  file: ParsedFile,
  { code, guarded, scope }: Case,
  value: string,
  functionName: string,
): boolean {
  const type = scope?.childForFieldName('return_type');
  const returnType = type ? textOf(file, type) : '';
  const isSaid =
    words.isParserName(functionName) ||
    (/^(?:null|undefined)$/.test(value) && /\bnull\b|\bundefined\b|\bvoid\b/.test(returnType));
  if (isSaid && words.isParse(code) && countStatements(guarded) <= 3) return true;
  if (!/^(?:true|false)$/.test(value)) return false;
  if (words.isProbe(code.replace(/\bawait\b/g, ''))) return true;
  return (
    !words.namesIo(code) && (words.isPredicateName(functionName) || /^:\s*(?:boolean\b|\w+ is\b)/.test(returnType))
  );
}

export function isForgivenPromise(
  file: ParsedFile,
  {
    receiver,
    code,
    scope,
    statement,
    callEnd,
  }: { receiver: SyntaxNode; code: string; scope: SyntaxNode | undefined; statement: SyntaxNode; callEnd: number },
): boolean {
  if (/^\s*(?:await\s+)?import(?:[A-Z]\w*)?\s*\(/.test(code)) return true;
  if (/(?:^|[^\w$.])(?:z|zod|yup)\s*\.\s*[a-z]\w*/.test(code) || /^[\w$]*[Ss]chema\b/.test(code)) return true;
  if (words.isProbe(code) && !/\bawait\b/.test(code)) return true;
  // The body of a response whose status was asked for: that it cannot be read says nothing new.
  const response = /^([\w$]+)\??\.(?:json|text)\(\)$/.exec(code)?.[1];
  if (
    response &&
    new RegExp(`\\b${response.replace('$', '\\$')}\\??\\.(?:ok|status)`).test(textOf(file, scope ?? file.root))
  )
    return true;
  const name = boundName(file, receiver.parent?.parent, statement);
  if (name && becomesError(name, statementsAfter(file, statement))) return true;
  // A queue: the next step waits for the one before, whose own caller hears of the failure.
  if (
    /^(?:this\.)?[\w$.]+$/.test(code) &&
    /^(?:\s*:[^;\n]{0,60}\))?\s*\.(?:then|finally)\(/.test(file.source.slice(callEnd, callEnd + 100))
  )
    return true;
  // A promise with a name that someone else awaits: this handler only keeps it from counting as unhandled until then.
  if (/^(?:this\.)?[\w$.]+$/.test(code) && statement.type === 'expression_statement') {
    const reach = !scope || code.startsWith('this.') ? file.root : scope;
    const around =
      file.source.slice(reach.startIndex, receiver.startIndex) + file.source.slice(statement.endIndex, reach.endIndex);
    if (!around.includes(code)) return false;
    const owner = code.replace(/[.$]/g, '\\$&');
    const handsOn = 'await|return|yield|race\\(|all\\(|allSettled\\(|any\\(|,|\\[|push\\(|=>';
    return new RegExp(`(?:${handsOn})\\s*${owner}(?![\\w$.])|set\\([^;\\n]*\\b${owner}\\b`).test(around);
  }
  return false;
}

/** The statements that run next when the error was dropped: after the try, or after the loop that ends with it. */
function whatFollows(file: ParsedFile, { attempt, guarded, body }: Case): string[] {
  const next: string[] = [];
  const code = textOf(file, guarded);
  if (body.form === 'empty' && /\b(?:return|break|continue)\b/.test(code)) next.push(...statementsAfter(file, attempt));
  const loop = enclosingLoop(attempt);
  if (loop && /\b(?:return|break)\b/.test(code)) next.push(...statementsAfter(file, loop));
  return next;
}

/** The name that a call's value gets: `const x = await call`, `x = await call`, its place in `const [x, y] = await Promise.all([...])`. */
function boundName(file: ParsedFile, call: SyntaxNode | null | undefined, statement: SyntaxNode): string | undefined {
  const assigned = statement.type === 'expression_statement' ? statement.firstNamedChild : null;
  if (assigned?.type === 'assignment_expression')
    return assigned.childForFieldName('left') ? textOf(file, assigned.childForFieldName('left')!) : undefined;
  const bound =
    statement.type === 'lexical_declaration' ? statement.firstNamedChild?.childForFieldName('name') : undefined;
  if (bound?.type === 'identifier') return textOf(file, bound);
  const place = call?.parent?.type === 'array' ? call.parent.namedChildren.findIndex((one) => one.id === call.id) : -1;
  const name = bound?.type === 'array_pattern' ? bound.namedChildren[place] : undefined;
  return name?.type === 'identifier' ? textOf(file, name) : undefined;
}
