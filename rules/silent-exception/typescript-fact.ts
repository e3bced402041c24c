import type { ParsedFile } from '../../core/facts/parsed-file';
import { fingerprint, normaliseCode } from '../../core/rule/finding';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptSymbol, typeScriptNameOf } from '../../core/syntax/typescript';
import { endsInFailure } from './aftermath';
import { isExcused, isSaidAnswer } from './excuses';
import { type Form, type HandlerFact, shortValue } from './handler';
import { isAtStake, isPromiseAtStake } from './stakes';
import { enclosingLoop, FUNCTION, statementsAfter } from './typescript-syntax';
import * as words from './words';

export interface Found {
  readonly kind: HandlerFact['kind'];
  readonly form: Form;
  readonly start: number;
  readonly end: number;
  readonly extentEnd: number;
  readonly node: SyntaxNode;
  readonly statements: number;
  readonly guardedTexts: readonly string[];
  readonly code: string;
  readonly scope: SyntaxNode | undefined;
  readonly value?: string;
  /** What the guarded code throws is known: `catch` could throw on all else. Of a promise nobody can tell in one place what it is rejected with. */
  readonly isNarrowable?: boolean;
}

export function fact(file: ParsedFile, found: Found): HandlerFact {
  const { source } = file;
  const start = source.positionAt(found.start);
  const end = source.positionAt(found.end);
  const symbol = enclosingTypeScriptSymbol(found.node, source);
  const tidied = cleanupOf(file, found);
  const around = {
    ...found,
    functionName: found.scope ? (typeScriptNameOf(found.scope, source) ?? '') : '',
  };
  return {
    kind: found.kind,
    form: found.form,
    at: [start.line, start.character, end.line, end.character],
    endLine: source.lineAt(found.extentEnd),
    tryStatements: found.statements,
    ...(symbol ? { symbol } : {}),
    ...(found.kind === 'narrow' ? { narrow: isAnswer(found) ? 'answer' : 'probe', types: 'probe' } : {}),
    ...(found.value !== undefined ? { value: shortValue(found.value) } : {}),
    ...tidied,
    ...(skipsItem(found) ? { skipsItem: true } : {}),
    ...(hasStake(found) || (tidied.cleanup === 'nested' && words.isWork(found.code)) ? { atStake: true } : {}),
    ...(isExcused(file, around) ? { excused: true } : {}),
    ...(isSaidAnswer(file, around) ? { isSaidAnswer: true } : {}),
    ...(words.provokes(found.code) && found.guardedTexts.length === 1 ? { provoked: true } : {}),
    ...(found.isNarrowable ? { narrowable: true } : {}),
    print: fingerprint(
      found.kind,
      found.form,
      symbol ?? '',
      normaliseCode(source.slice(found.start, found.end)),
      normaliseCode(found.guardedTexts[0] ?? ''),
    ),
  };
}

/**
 * Whether a probe answers yes or no about nothing but a value, or whether a file exists, or asks what the page may see: another origin
 * answers with an error.
 */
function isAnswer({ value, code }: Found): boolean {
  if (value === undefined) return false;
  const isYesOrNo = value === 'true' || value === 'false';
  if (isYesOrNo && words.isProbe(code.replace(/\bawait\b/g, ''))) return true;
  if (words.namesIo(code)) return false;
  return isYesOrNo || (ORIGIN.test(code) && words.calledNames(code).length === 0);
}

const ORIGIN = /\b(?:window|document|globalThis|self|parent|top|frameElement|\w+Storage)\b/;

/** What a dropped promise gives only matters to those who wait for it: one that runs on its own must itself leave the program. */
function hasStake({ kind, code, node }: Found): boolean {
  if (kind !== 'promise') return isAtStake(code);
  return isUsed(node) ? isAtStake(`await ${code}`) : isPromiseAtStake(code);
}

/** Whether the outcome of a promise is given a name, handed back or built into a value; a stream always is. */
function isUsed(call: SyntaxNode): boolean {
  for (let at = call.parent; at; at = at.parent) {
    if (/^(?:variable_declarator|assignment_expression|return_statement|pair|array)$/.test(at.type)) return true;
    if (at.type === 'arguments') return call.childForFieldName('function')?.type === 'identifier';
    if (
      !/^(?:await_expression|parenthesized_expression|as_expression|binary_expression|ternary_expression)$/.test(
        at.type,
      )
    )
      return false;
  }
  return false;
}

function cleanupOf(file: ParsedFile, { node, guardedTexts, scope, kind }: Found): Pick<HandlerFact, 'cleanup'> {
  const isTidy = (text: string) =>
    words.tidiesUp(text) ||
    (/^(?:const|let|var) [\w$]+ = /.test(text) && !words.namesIo(text)) ||
    /^(?:return;?$|break;?$|delete |[\w.]+ = (?:null|undefined);?$)/.test(text);
  // Of a promise's call only its name counts: what its arguments do later is something else.
  const own = kind === 'promise' ? guardedTexts.map((text) => text.replace(/\(.*$/s, '()')) : guardedTexts;
  if (own.some(words.tidiesUp) && own.every(isTidy)) return { cleanup: 'tidy' };
  if (guardedTexts.length <= 5 && isWithinCleanup(file, scope)) return { cleanup: 'tidy' };
  for (let at = node.parent; at && !FUNCTION.test(at.type); at = at.parent) {
    if (at.type === 'catch_clause') return { cleanup: 'nested' };
    if (at.type === 'finally_clause') return { cleanup: 'tidy' };
  }
  // One thing that is tried in a branch of an `if` before that branch throws or answers with an error anyway.
  const isBranch = /^(?:if_statement|else_clause)$/.test(node.parent?.parent?.type ?? '');
  if (kind !== 'promise' && isBranch && node.nextNamedSibling && guardedTexts.length <= 2) {
    const isOpen = guardedTexts.every((text) => !/\breturn\b/.test(text));
    if (isOpen && endsInFailure(statementsAfter(file, node)[0])) return { cleanup: 'nested' };
  }
  return {};
}

/** Whether the function around a handler, or the one around that, is there to tidy up. */
function isWithinCleanup(file: ParsedFile, scope: SyntaxNode | undefined): boolean {
  let left = 2;
  for (let at = scope; at && left > 0; at = at.parent ?? undefined) {
    if (!FUNCTION.test(at.type)) continue;
    left--;
    const name = typeScriptNameOf(at, file.source);
    if (name && words.isCleanupFunction(name)) return true;
  }
  return false;
}

function skipsItem({ node, form, code, kind }: Found): boolean {
  if (kind === 'promise' || (form !== 'continue' && form !== 'empty')) return false;
  const loop = enclosingLoop(node);
  if (loop?.type !== 'for_in_statement') return false;
  if (form !== 'continue' && node.parent?.lastNamedChild?.id !== node.id) return false;
  return words.namesIo(code);
}
