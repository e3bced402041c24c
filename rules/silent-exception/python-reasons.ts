import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction } from '../../core/syntax/python';
import { afterOtherAttempts, endsInFailure, fallback, speaksUp } from './aftermath';
import { defaultStays, surroundings } from './default-stays';
import { functionHead } from './function-head';
import type { Case } from './handler';
import { enclosingLoop, otherBranches, STATEMENTS, statementsAfter, textOf } from './python-syntax';
import { CHOSEN } from './vocabulary';
import * as words from './words';

/** The reasons for which a handler that swallows is none of our business. */
export function isForgiven(file: ParsedFile, one: Case): boolean {
  const { body, scope, clause, guarded } = one;
  const functionName = scope ? nameOf(file, scope) : '';
  const parameters = scope?.childForFieldName('parameters');
  const given = parameters ? textOf(file, parameters) : '';
  if (
    words.isLogFunction(functionName) ||
    (!one.isBare && asksQuestion(file, one)) ||
    words.triesWhatItGets(functionName, given, one.code) ||
    (!one.isBare && words.triesToTidy(functionName, one.code)) ||
    (!one.isBare && words.asksAndLeaves(one.code) && enclosingLoop(clause) !== undefined) ||
    (scope && words.triesWhatItGets(nameOf(file, enclosingPythonFunction(scope)), given, one.code))
  )
    return true;
  if (body.form === 'return-constant') {
    // `:returns: the package, or 'unknown'`: the function names this very answer.
    if (!one.isBare && /^["']\w/.test(body.value ?? '') && functionHead(file, scope).includes(body.value!)) return true;
    return isExpectedAnswer(file, one, body.value ?? '', functionName);
  }
  if (answersItself(file, guarded) && body.form !== 'continue' && body.form !== 'break') {
    const next = afterOtherAttempts(statementsAfter(file, one.attempt, 4), words.isParse(one.code));
    const { constant, isDefault } = fallback(next, 'None');
    // The next attempt follows: int, else float, else the text as it is.
    if (words.isParserName(functionName) && words.isParse(one.code)) return true;
    if (isDefault || (constant !== undefined && isExpectedAnswer(file, one, constant, functionName))) return true;
  }
  if (words.dropsOnPurpose(functionName) || isLogSink(file, one, functionName)) return true;
  if (speaksUp(whatFollows(file, one))) return true;
  // What the try was for may stand in the `else`.
  const loop = enclosingLoop(clause);
  // A sum or a count over the items of a loop is short of an item whose call failed, and does not tell.
  const counts = loop !== undefined && words.namesIo(one.code);
  const targets = [guarded, ...elseOf(one.attempt)]
    .flatMap((part) => part.descendantsOfType(['assignment', 'named_expression', 'augmented_assignment']))
    .filter((node) => !(counts && node.type === 'augmented_assignment'))
    .flatMap((node) => node.childForFieldName('left') ?? node.childForFieldName('name') ?? [])
    .flatMap((left) => (left.type === 'pattern_list' || left.type === 'tuple_pattern' ? left.namedChildren : [left]))
    .map((left) => textOf(file, left));
  if (targets.length === 0) return false;
  // A default stands for a failed call, not for a stopped program.
  if (one.isBare && words.namesIo(one.code)) return false;
  if (inheritsDefault(scope, targets) && words.isParse(one.code)) return true;
  const around = surroundings(file.source, one.attempt, clause.endIndex, {
    scope,
    loop,
    otherBranches: otherBranches(clause, scope),
    skips: body.form === 'continue' || body.form === 'break',
    parameters: given,
    assignsOuterNames: false,
    leavesProgram: () => words.namesIo(one.code),
  });
  return defaultStays(targets, around);
}

function nameOf(file: ParsedFile, scope: SyntaxNode | undefined): string {
  const name = scope?.childForFieldName('name');
  return name ? textOf(file, name) : '';
}

/** Whether the exception is the answer that was asked for, whatever becomes of it. */
function asksQuestion(file: ParsedFile, { attempt, guarded, code, body }: Case): boolean {
  if (raisesItself(guarded) || words.asksSystem(code) || isOptionalImport(file, guarded, code)) return true;
  const chosen = attempt.parent?.parent;
  if (chosen?.type === 'if_statement' && CHOSEN.test(textOf(file, chosen.childForFieldName('condition') ?? chosen)))
    return true;
  if (words.isRoundTrip(code) && !/\bopen\(|\.(?:write|read)/.test(code)) return true;
  // What cannot be parsed ends in an error anyway.
  return (
    body.form === 'pass' &&
    words.isParse(code) &&
    endsInFailure(statementsAfter(file, attempt, 1)[0]) &&
    isShort(guarded)
  );
}

/** Whether all that is assigned are members of an object whose class has a base class, which may hold their default. */
function inheritsDefault(scope: SyntaxNode | undefined, targets: readonly string[]): boolean {
  const holder = scope?.parent?.parent;
  return (
    holder?.type === 'class_definition' &&
    !!holder.childForFieldName('superclasses') &&
    targets.every((target) => /^self\.\w+$/.test(target))
  );
}

/** Whether a block ends by raising on its own account, as an example does. */
function raisesItself(block: SyntaxNode): boolean {
  const last = block.lastNamedChild;
  if (last?.type === 'raise_statement') return true;
  const inner = last?.type === 'with_statement' ? last.childForFieldName('body') : undefined;
  return inner ? raisesItself(inner) : false;
}

/** Whether a block imports something and at most notes that it is there. */
function isOptionalImport(file: ParsedFile, guarded: SyntaxNode, code: string): boolean {
  if (!/^import_/.test(guarded.firstNamedChild?.type ?? '')) return false;
  return (
    guarded.namedChildren.every((one) => /^import_|^comment$|^expression_statement$/.test(one.type)) &&
    words
      .calledNames(code.replace(/\bimport\b/g, ''))
      .every((name) => /^(?:append|add|update|extend|setdefault)$/.test(name)) &&
    guarded.namedChildren
      .filter((one) => one.type === 'expression_statement')
      .every((one) => textOf(file, one).length < 200)
  );
}

/** Parse-or-null, and predicates that leave the program alone. */
function isExpectedAnswer(
  file: ParsedFile,
  { code, guarded, scope, isBare }: Case,
  value: string,
  functionName: string,
): boolean {
  const type = scope?.childForFieldName('return_type');
  const returnType = type ? textOf(file, type) : '';
  if (/^(?:True|False)$/.test(value) && !words.namesIo(code) && !isBare) {
    return words.isPredicateName(functionName) || /^bool$|TypeGuard|TypeIs/.test(returnType);
  }
  const isSaid = words.isParserName(functionName) || (value === 'None' && /\bNone\b|\bOptional\b/.test(returnType));
  if (!isSaid || !isShort(guarded)) return false;
  return words.isParse(code) || words.parsesBySteps(code, functionName);
}

/** Whether a block takes at most three steps; the checks of what came out of a step are not counted much. */
function isShort(guarded: SyntaxNode): boolean {
  const steps = guarded.namedChildren.filter((child) => child.type !== 'comment').length;
  return steps <= 3 && guarded.descendantsOfType(STATEMENTS).length <= 8;
}

/** Whether the guarded code ends with `return`. */
function answersItself(file: ParsedFile, guarded: SyntaxNode): boolean {
  return /\breturn\b/.test(textOf(file, guarded));
}

/** A log must not fail for the sake of a message: nowhere would the failure be logged. */
function isLogSink(file: ParsedFile, { code, guarded, scope }: Case, functionName: string): boolean {
  if (onlyRecords(file, guarded)) return true;
  if (!scope) return false;
  if (words.isLogFunction(functionName)) return true;
  const holder = scope.parent?.type === 'decorated_definition' ? scope.parent.parent?.parent : scope.parent?.parent;
  const bases = holder?.type === 'class_definition' ? holder.childForFieldName('superclasses') : undefined;
  return bases
    ? /\b(?:logging\.)?(?:\w*Handler|Logger|Formatter|Filter)\b/.test(textOf(file, bases)) &&
        /record|emit|stream/.test(code)
    : false;
}

/** Whether all that a block does is to leave records; the looks at a value that come before may leave it. */
function onlyRecords(file: ParsedFile, block: SyntaxNode): boolean {
  const steps = block.descendantsOfType(['expression_statement', 'for_statement', 'with_statement', 'while_statement']);
  const texts = steps.map((step) => textOf(file, step));
  return (
    texts.some(words.records) &&
    texts.every((text) => words.records(text) || (/^\w+[ \t]*=[^=]/.test(text) && words.isPlain(text)))
  );
}

/** The `else` of a try, which runs where nothing was raised. */
function elseOf(attempt: SyntaxNode): SyntaxNode[] {
  return attempt.namedChildren.filter((child) => child.type === 'else_clause');
}

/** The statements that run next when the exception was dropped: after the try, or after the loop that ends with it. */
function whatFollows(file: ParsedFile, { attempt, guarded, body }: Case): string[] {
  const next: string[] = [];
  const last = guarded.lastNamedChild;
  const leaves = last
    ? /^(?:return|break|continue|raise|yield)\b/.test(textOf(file, last)) || /\breturn\b/.test(textOf(file, last))
    : false;
  if (leaves && body.form !== 'continue' && body.form !== 'break') next.push(...statementsAfter(file, attempt, 3));
  const loop = enclosingLoop(attempt);
  const leavesLoop = [guarded, ...elseOf(attempt)].some((part) => /\b(?:return|break)\b/.test(textOf(file, part)));
  if (loop && leavesLoop) {
    next.push(...statementsAfter(file, loop, 3));
    const otherwise = loop.childForFieldName('alternative')?.childForFieldName('body');
    if (otherwise) next.push(...otherwise.namedChildren.map((child) => textOf(file, child)));
  }
  return next;
}
