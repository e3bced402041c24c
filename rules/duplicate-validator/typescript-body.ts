import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptSymbol, typeScriptNameOf } from '../../core/syntax/typescript';
import { type BodyDialect, normaliseBody } from './body';
import { cluesOfBody } from './cures/extract-validator/typescript/clues-of-node';
import { atOf, type BodyFact, type RegexFact, type SetFact } from './facts';
import { type Answers, type BodyStatement, MAX_LINES, onlyValidates, type StatementRole } from './only-validates';
import { sliceOf } from './place';
import { statementRejects } from './typescript-guard';
import { callsOnly, conditionWeight, coversOf, isValidatorName, MIN_WEIGHT } from './weight';

const DIALECT: BodyDialect = {
  token:
    /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<=[(!&|=,:?]\s{0,4})\/(?![/*\s])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|[A-Za-z_$][\w$]*|\d[\w.]*|[=!]==?|[<>]=?|\?\.|=>|&&|\|\||[\s\S]/g,
  rejection: /throw\b(?:\s+new\b)?(?:\s+[\w.]+(?=\())?/y,
  binders: /\b(?:const|let|var)\s+(?:([\w$]+)|[{[]([^}\]=]*)[}\]])|(?:\(\s*([\w$,\s]*)\)|([\w$]+))\s*=>/g,
  isIndented: false,
};

const REJECTION = /\bthrow\b|\breturn false\b/g;
const FUNCTION = /^(?:function_declaration|function_expression|arrow_function|method_definition)$/;

/** What a validator may call to bring its argument into shape. */
const PURE =
  'Number String Boolean BigInt parseInt parseFloat Date URL RegExp Set Map JSON Object Array Math path Buffer'.split(
    ' ',
  );

const ANSWERS: Answers = { no: /\breturn false\b/, yes: /^return\s+(?!false|null|undefined)\S/ };

/** Functions that do nothing but validate, with their variables' names taken out. */
export function typeScriptBodies(file: ParsedFile, checks: readonly (RegexFact | SetFact)[]): BodyFact[] {
  const { text } = file.source;
  const seen = new Set<number>();
  const found: BodyFact[] = [];
  if (!text.includes('throw') && !text.includes('return false')) return found;
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
  if (body?.type !== 'statement_block') return undefined;
  const text = sliceOf(file, body);
  if (conditionsOf(text).reduce((sum, one) => sum + conditionWeight(one), 0) < MIN_WEIGHT) return undefined;
  if (source.lineAt(body.endIndex) - source.lineAt(body.startIndex) > MAX_LINES) return undefined;
  const name = typeScriptNameOf(holder, source);
  // A yes or no is a validation only where the name says so: `visible` decides something else.
  if (!name || name === 'constructor' || !(/\bthrow\b/.test(text) || isValidatorName(name))) return undefined;
  const parameters = parameterNames(file, holder);
  const statements = body.namedChildren.filter((one) => one.type !== 'comment');
  if (parameters.length === 0 || !onlyValidates(file, statements, ANSWERS, rolesFor(file, parameters)))
    return undefined;
  const start = holder.type === 'arrow_function' ? (holder.parent ?? holder).startIndex : holder.startIndex;
  const at = atOf(file, start, holder.childForFieldName('parameters')?.endIndex ?? body.startIndex);
  const around = enclosingTypeScriptSymbol(holder, source);
  const symbol = around ? `${around}.${name}` : name;
  return {
    kind: 'body',
    key: `ts:${normaliseBody(text.slice(1, -1), parameters, DIALECT)}`,
    name,
    covers: coversOf(checks, at, source.lineAt(body.endIndex)),
    at,
    symbol,
    clues: cluesOfBody(file, holder, symbol),
  };
}

/** What follows `if`, up to the branch. */
function conditionsOf(body: string): string[] {
  return [...body.matchAll(/\bif\s*\(([^{;]*)/g)].map((hit) => hit[1]!.replace(/\)\s*(?:return|throw)\b[\s\S]*/, ''));
}

function rolesFor(file: ParsedFile, parameters: readonly string[]): (statement: BodyStatement) => StatementRole {
  const known = new Set([...PURE, ...parameters]);
  return ({ node, text, isLast, answersNo }) => {
    if (node.type === 'if_statement') {
      const consequence = node.childForFieldName('consequence');
      return consequence && statementRejects(consequence, file.source, true) ? 'guard' : 'more';
    }
    if (node.type === 'return_statement') {
      const isPlain = /^return(?:\s+(?:[\w.$]+|true|null|undefined)(?:\s+as\s+[^;]+)?)?;?$/.test(text);
      return isLast && (isPlain || answersNo) ? 'idle' : 'more';
    }
    if (node.type !== 'lexical_declaration' || !callsOnly(text, known)) return 'more';
    for (const hit of text.matchAll(DIALECT.binders)) for (const name of hit.slice(1)) if (name) known.add(name);
    return 'idle';
  };
}

/** Names that the parameters bind. */
export function parameterNames(file: ParsedFile, holder: SyntaxNode): string[] {
  const single = holder.childForFieldName('parameter');
  const parameters = holder.childForFieldName('parameters') ?? single;
  const names = parameters?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']) ?? [];
  return names.map((one) => file.source.slice(one.startIndex, one.endIndex));
}
