import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, typeScriptNameOf } from '../../core/syntax/typescript';
import { wordsOf } from '../../core/text/words';
import { afterOtherAttempts, becomesError, fallback, speaksUp } from './aftermath';
import { defaultStays, surroundings } from './default-stays';
import type { Case } from './handler';
import { type Occurrences, occurrencesIn, type Span } from './occurrences';
import {
  countStatements,
  enclosingLoop,
  flatStatements,
  isShort,
  otherBranches,
  statementsAfter,
  textOf,
} from './typescript-syntax';
import { CHOSEN } from './vocabulary';
import * as words from './words';

/** The reasons for which a clause that swallows is none of our business. */
export function isForgiven(file: ParsedFile, one: Case): boolean {
  const { body, code, scope, clause, attempt, guarded } = one;
  const functionName = scope ? functionNameOf(file, scope) : '';
  const parameters = scope?.childForFieldName('parameters') ?? scope?.childForFieldName('parameter');
  const given = parameters ? textOf(file, parameters) : '';
  const outer = scope && enclosingTypeScriptFunction(scope);
  const outerName = outer ? functionNameOf(file, outer) : '';
  if ([functionName, outerName].some((name) => words.triesWhatItGets(name, given, code))) return true;
  if (words.asksSystem(code) || throwsItself(guarded) || isChosen(file, attempt)) return true;
  if (words.triesToTidy(functionName, code)) return true;
  // The first place of several where it is found: a failure says no more than that it is not this one.
  if (words.asksAndLeaves(code) && enclosingLoop(clause)) return true;
  if (body.form === 'return-constant') {
    if (scope && isAskedAgain(file, scope)) return true;
    return isExpectedAnswer(file, one, body.value ?? '', functionName);
  }
  if (body.form === 'empty' && /\breturn\b/.test(code)) {
    const next = afterOtherAttempts(statementsAfter(file, attempt), words.isParse(code));
    const { constant, isDefault } = fallback(next, 'undefined');
    // The next attempt follows: a number, else a date, else the text as it is.
    if (words.isParserName(functionName) && words.isParse(code)) return true;
    if (isDefault || (constant !== undefined && isExpectedAnswer(file, one, constant, functionName))) return true;
    // Whether it is there: the answer stands behind the try.
    if (/^(?:true|false)$/.test(constant ?? '') && words.isProbe(code)) return true;
  }
  if (
    words.isLogFunction(functionName) ||
    words.dropsOnPurpose(functionName) ||
    flatStatements(guarded).every((statement) => words.records(textOf(file, statement)))
  )
    return true;
  if (speaksUp(whatFollows(file, one)) || isTriedLast(file, one)) return true;
  const loop = enclosingLoop(clause);
  // A sum or a count over the items of a loop is short of an item whose call failed, and does not tell.
  const counts = loop !== undefined && words.namesIo(code);
  const targets = guarded
    .descendantsOfType(['assignment_expression', 'augmented_assignment_expression', 'variable_declaration'])
    .filter((node) => !(counts && node.type === 'augmented_assignment_expression'))
    .flatMap((node) =>
      node.type === 'variable_declaration'
        ? node.namedChildren.map((child) => child.childForFieldName('name'))
        : [node.childForFieldName('left')],
    )
    .flatMap((left) => (left ? [textOf(file, left)] : []));
  if (targets.length === 0) return false;
  const around = surroundings(file.source, attempt, clause.endIndex, {
    scope,
    loop,
    otherBranches: otherBranches(clause, scope),
    skips: body.form === 'continue' || body.form === 'break',
    parameters: given,
    assignsOuterNames: true,
    leavesProgram: () => words.namesIo(code),
  });
  return defaultStays(targets, around);
}

/** Whether a function is handed to one that asks it again until it says yes: `poll(() => { try { ... } catch { return false; } })`. */
function isAskedAgain(file: ParsedFile, scope: SyntaxNode): boolean {
  const call = scope.parent?.type === 'arguments' ? scope.parent.parent : undefined;
  const callee = call?.type === 'call_expression' ? call.childForFieldName('function') : undefined;
  return !!callee && /(?:^|\.)(?:poll\w*|waitFor\w*|waitUntil\w*|eventually|until)$/.test(textOf(file, callee));
}

/** Whether a block ends by throwing on its own account. */
function throwsItself(block: SyntaxNode): boolean {
  return block.namedChildren.findLast((one) => one.type !== 'comment')?.type === 'throw_statement';
}

/** Whether a flag of the caller decides that failures are dropped: `swallowErrors ? p.catch(noop) : p`, `if (ignoreErrors) try ...`. */
function isChosen(file: ParsedFile, statement: SyntaxNode): boolean {
  const own = statement.type === 'try_statement' ? '' : textOf(file, statement);
  const choice = /^[^\n]{0,200}\?/.exec(own)?.[0] ?? '';
  const around = statement.parent?.type === 'if_statement' ? statement.parent : statement.parent?.parent;
  const condition = around?.type === 'if_statement' ? around.childForFieldName('condition') : undefined;
  return CHOSEN.test(choice) || (!!condition && CHOSEN.test(textOf(file, condition)));
}

/** The name of a function; of one that is computed and remembered, the name of its value: `const isOpen = useMemo(() => ...)`. */
function functionNameOf(file: ParsedFile, scope: SyntaxNode): string {
  const own = typeScriptNameOf(scope, file.source);
  if (own) return own;
  const call = scope.parent?.type === 'arguments' ? scope.parent.parent : undefined;
  const callee = call?.childForFieldName('function');
  if (call?.parent?.type !== 'variable_declarator' || !callee) return '';
  const name = call.parent.childForFieldName('name');
  return name && /^(?:\w+\.)?(?:useMemo|computed|createMemo|memoize|once)$/.test(textOf(file, callee))
    ? textOf(file, name)
    : '';
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
  if (isSaid && words.isParse(code.replace(/\bawait\b/g, '')) && countStatements(guarded) <= 25) return true;
  if (isSaid && words.parsesBySteps(code, functionName) && isShort(guarded)) return true;
  // Whether it was done is what the function tells: `return true` at the end, nothing outside the browser's own store.
  if (value === 'false' && !words.namesIo(code) && /\breturn true;?\s*\}$/.test(code) && /Storage\b/.test(code))
    return true;
  if (!/^(?:true|false)$/.test(value)) return false;
  // An assertion that is asked as a question: its exception is the answer.
  const steps = flatStatements(guarded).map((statement) => textOf(file, statement));
  if (steps.some(words.asserts) && steps.every((step) => words.asserts(step) || /^return (?:true|false);?$/.test(step)))
    return true;
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
  // A dialogue whose result rejects when it is dismissed.
  if (/(?:modal|dialog)\w*[!?]?\.result$/i.test(code)) return true;
  // The body of a response whose status was asked for: that it cannot be read says nothing new.
  const functionName = scope ? functionNameOf(file, scope) : '';
  if (words.dropsOnPurpose(functionName)) return true;
  const response = /^([\w$]+)\??\.(?:json|text)\(\)$/.exec(code)?.[1];
  if (response && wordsOf(functionName).some((word) => /^(?:error|failure)s?$/.test(word))) return true;
  if (
    response &&
    new RegExp(`\\b${response.replace('$', '\\$')}\\??\\.(?:ok|status)`).test(textOf(file, scope ?? file.root))
  )
    return true;
  if (sendsTelemetry(file, code) || isChosen(file, statement)) return true;
  if (waitsForOther(file, code, scope, statement)) return true;
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
    return isHandedOn(occurrencesIn(file.source), code, [
      { startIndex: reach.startIndex, endIndex: receiver.startIndex },
      { startIndex: statement.endIndex, endIndex: reach.endIndex },
    ]);
  }
  return false;
}

const HANDS_ON = /(?:\b(?:await|return|yield)|\b(?:race|all|allSettled|any|push)\(|,|\[|=>)\s*$|\bset\([^;\n]*$/;

/** Whether a promise, named as in `this.pending`, is awaited, returned or stored in one of the spans. */
function isHandedOn(names: Occurrences, owner: string, spans: readonly Span[]): boolean {
  const last = /[\w$]+$/.exec(owner);
  if (!last) return false;
  return names.some(`handed on ${owner}`, last[0], spans, (at) => {
    const start = at - last.index;
    const isOwner = names.text.startsWith(owner, start) && !/[\w$.]/.test(names.text[start - 1] ?? '');
    return (
      isOwner &&
      !names.isFollowed(last[0], at, /[\w$.]/y) &&
      HANDS_ON.test(names.text.slice(Math.max(0, start - 80), start))
    );
  });
}

/** Whether code hands something to telemetry, by its names or by what the function of this file does that it calls. */
function sendsTelemetry(file: ParsedFile, code: string): boolean {
  if (words.sendsTelemetry(code)) return true;
  const callee = /^(?:await\s+)?((?:report|send|track|record|emit)[A-Z]\w*)\(/.exec(code)?.[1];
  if (!callee) return false;
  const body = file.source.text.indexOf(`function ${callee}(`);
  return body >= 0 && /telemetry|analytics|posthog/i.test(file.source.slice(body, body + 1500));
}

/**
 * Whether a statement waits for the end of what somebody else began: a promise that came as a parameter or out of another object.
 * Its own caller hears of its failure.
 */
function waitsForOther(file: ParsedFile, code: string, scope: SyntaxNode | undefined, statement: SyntaxNode): boolean {
  if (statement.type !== 'expression_statement' || !/^[\w$]+$/.test(code) || !scope) return false;
  if (!/^await\b/.test(textOf(file, statement))) return false;
  const name = code.replaceAll('$', '\\$');
  const binding = new RegExp(`\\b(?:const|let|var)\\s+${name}\\b(?:\\s*:[^=\\n]{0,80})?\\s*=\\s*([^;\\n]*)`);
  const bound = (binding.exec(file.source.slice(scope.startIndex, statement.startIndex)) ??
    binding.exec(file.source.slice(Math.max(0, scope.startIndex - 2000), scope.startIndex)))?.[1];
  if (bound !== undefined) return /^[\w$]+(?:(?:\?\.|\.)[\w$#]+|\[[^\]]*\])+$/.test(bound.trim());
  const names = occurrencesIn(file.source);
  const outside = [
    { startIndex: 0, endIndex: scope.startIndex },
    { startIndex: scope.endIndex, endIndex: file.source.text.length },
  ];
  return names.some('awaited', code, outside, (at) => /\b(?:await|return)\s+$/.test(names.headOf(at)));
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

/** Whether a loop tries something that is tried once more behind it, where its failure is heard. */
function isTriedLast(file: ParsedFile, { attempt, guarded }: Case): boolean {
  const loop = enclosingLoop(attempt);
  const last = guarded.namedChildren.findLast((one) => one.type !== 'comment');
  if (!loop || last?.type !== 'return_statement') return false;
  return statementsAfter(file, loop)[0] === textOf(file, last);
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
