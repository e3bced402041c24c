import type { ParsedFile } from '../../core/facts/parsed-file';
import { calleeText, isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, typeScriptNameOf } from '../../core/syntax/typescript';
import type { SourceFile } from '../../core/text/source-file';
import type { Truth } from './truth';

/**
 * Whether the truth of an expression decides a rejection: a throw, `return false`, an error as the result, a refinement that fails.
 * Filters, searches, dispatch and parsing are no validation.
 */
export function decidesRejection(expression: SyntaxNode, source: SourceFile, isBoolean: boolean): boolean {
  return decides({ node: expression, negated: false, isBoolean }, source, true);
}

function decides(start: Truth, source: SourceFile, followsNames: boolean): boolean {
  const top = climb(start, source);
  const user = top.node.parent;
  switch (user?.type) {
    case 'if_statement':
      return (
        isField(user, 'condition', top.node) &&
        branchRejects(user, top.negated, source) &&
        !isErrorFilter(user, source) &&
        (top.negated || !isSorting(user, source))
      );
    case 'return_statement':
      return top.isBoolean && answersPredicate(user, source);
    case 'arrow_function':
      return isField(user, 'body', top.node) && top.isBoolean && isPredicate(user, source);
    case 'ternary_expression':
      return isField(user, 'condition', top.node) && choosesError(user, source);
    case 'variable_declarator':
      return followsNames && isField(user, 'value', top.node) && namedResultDecides(user, top, source);
    default:
      return false;
  }
}

/** Goes up while the truth of the parent follows from the truth of the node. */
function climb({ node, negated, isBoolean }: Truth, source: SourceFile): Truth {
  // Nobody nests a condition deeper; a parent costs a walk from the root.
  for (let parent = node.parent, steps = 0; parent && steps < 64; parent = node.parent, steps++) {
    if (parent.type === 'unary_expression') {
      if (source.text[parent.startIndex] !== '!') break;
      negated = !negated;
      isBoolean = true;
    } else if (parent.type === 'binary_expression') {
      const operator = source.slice(node.endIndex, parent.endIndex).trim();
      const compared = parent.firstNamedChild?.id === node.id ? comparison(operator) : undefined;
      if (compared !== undefined) {
        if (compared) negated = !negated;
        isBoolean = true;
      } else if (!isLogical(parent, source)) break;
      // `valid || 'message'` is how form libraries spell an error.
      else if (parent.firstNamedChild?.id === node.id && /^\|\|\s*(?:['"`]|t\()/.test(operator)) isBoolean = true;
    } else if (parent.type === 'arrow_function') {
      const call: SyntaxNode | undefined = isField(parent, 'body', node) ? quantifierAround(parent, source) : undefined;
      if (!call) break;
      node = call;
      isBoolean = true;
      continue;
    } else if (parent.type === 'arguments') {
      const call: SyntaxNode | null = parent.parent;
      if (call?.type !== 'call_expression' || parent.namedChildCount !== 1 || calleeText(call, source) !== 'Boolean')
        break;
      node = call;
      isBoolean = true;
      continue;
    } else if (!/^(?:parenthesized_expression|as_expression|non_null_expression)$/.test(parent.type)) break;
    node = parent;
  }
  return { node, negated, isBoolean };
}

/** Whether a comparison behind the expression turns it round; undefined where it is no comparison with a truth value. */
function comparison(operator: string): boolean | undefined {
  const [, sign, value] = /^([=!]==?|<|>=?)\s*(null|undefined|false|true|-1|0)$/.exec(operator) ?? [];
  if (!sign) return undefined;
  if (sign === '<') return value === '0' ? true : undefined;
  if (sign === '>' || sign === '>=') return (sign === '>') === (value === '-1') ? false : undefined;
  if (value === '0') return undefined;
  return (sign[0] === '=') !== (value === 'true');
}

function isLogical(node: SyntaxNode, source: SourceFile): boolean {
  const operator = node.childForFieldName('operator');
  return operator !== null && /^(?:&&|\|\||\?\?)$/.test(source.slice(operator.startIndex, operator.endIndex));
}

/** The call in `values.every((one) => PATTERN.test(one))`. */
function quantifierAround(arrow: SyntaxNode, source: SourceFile): SyntaxNode | undefined {
  const call = arrow.parent?.type === 'arguments' ? arrow.parent.parent : null;
  return call && /\.(?:every|some)$/.test(calleeText(call, source)) ? call : undefined;
}

function branchRejects(user: SyntaxNode, negated: boolean, source: SourceFile): boolean {
  const consequence = user.childForFieldName('consequence');
  if (consequence && statementRejects(consequence, source, negated)) return true;
  if (negated || !consequence) return false;
  const alternative = user.childForFieldName('alternative');
  if (alternative)
    return alternative.lastNamedChild !== null && statementRejects(alternative.lastNamedChild, source, true);
  // `if (matches) return value;` with the rejection behind it.
  const last = consequence.type === 'statement_block' ? consequence.lastNamedChild : consequence;
  const next = user.nextNamedSibling;
  return last?.type === 'return_statement' && next !== null && statementRejects(next, source, true);
}

const ERROR_CALL =
  /^(?:(?:await|return)\s+)?(?:[\w.?]*\.)?(?:\w*(?:[eE]rrors?|[iI]ssues|problems)\.push|addIssue|reject|set\w*Error\w*|fail|error|next|callback|cb|abort)\(\s*(?!\s*(?:null\b|undefined\b|\)))|\.status\(\s*4\d\d\s*\)|\bstatus(?:Code)?\s*[:=]\s*4\d\d\b/;
const ERROR_VALUE =
  /^(?:false\b|(?:new\s+)?[\w.]*(?:Error|Exception|Invalid\w*)\(|Promise\.reject\(|\{\s*(?:error|errors|errorMessage)\b|\{[^}]*\b(?:valid|isValid|ok|success)\s*:\s*false\b)/;

/** Whether a statement, or the last of a block, rejects. */
export function statementRejects(statement: SyntaxNode, source: SourceFile, mayTell = false): boolean {
  if (statement.type === 'statement_block')
    return statement.namedChildren.some((one) => statementRejects(one, source, mayTell));
  if (statement.type === 'throw_statement') return true;
  const text = source.slice(statement.startIndex, Math.min(statement.endIndex, statement.startIndex + 400));
  if (statement.type === 'expression_statement')
    return ERROR_CALL.test(text) && !/^(?:console|log|logger|this\.log\w*)\./.test(text);
  if (statement.type !== 'return_statement') return false;
  const value = text.slice(6).trim();
  // A sentence as the result of a failed check is its message; on a hit it may be any answer.
  return (
    ERROR_VALUE.test(value) || ERROR_CALL.test(text) || (mayTell && /^(['"`])[^'"`\n]* [^'"`\n]*\1;?$/.test(value))
  );
}

/**
 * How an `if` rejects where the expression is false: with an error, with a bare `false`, or not at all. A set says what is allowed, so
 * only this one direction is a guard.
 */
export function rejectionWhenFalse(expression: SyntaxNode, source: SourceFile): 'error' | 'false' | undefined {
  const top = climb({ node: expression, negated: false, isBoolean: true }, source);
  const user = top.node.parent;
  if (
    !top.negated ||
    user?.type !== 'if_statement' ||
    !isField(user, 'condition', top.node) ||
    isErrorFilter(user, source)
  )
    return undefined;
  const consequence = user.childForFieldName('consequence');
  const statements =
    consequence?.type === 'statement_block' ? consequence.namedChildren : consequence ? [consequence] : [];
  const rejection = statements.find((one) => statementRejects(one, source, true));
  if (!rejection) return undefined;
  return /^return\s+false;?$/.test(source.slice(rejection.startIndex, rejection.endIndex)) ? 'false' : 'error';
}

/** `catch (error) { if (!/exists/.test(String(error))) throw error; }` picks errors, it validates nothing; nor does `.catch(...)`. */
function isErrorFilter(node: SyntaxNode, source: SourceFile): boolean {
  let at = node.parent;
  for (; at && !/function|method/.test(at.type); at = at.parent) if (at.type === 'catch_clause') return true;
  const call = at?.parent?.type === 'arguments' ? at.parent.parent : null;
  return call?.type === 'call_expression' && calleeText(call, source).endsWith('.catch');
}

/** How many branches of one `if` that ask for patterns sort what they are given. */
const SORTING = 3;

/** A branch of an `if` whose branches ask for one pattern after another: it sorts texts, whatever is done about some of them. */
function isSorting(branch: SyntaxNode, source: SourceFile): boolean {
  let first = branch;
  while (first.parent?.type === 'else_clause' && first.parent.parent?.type === 'if_statement')
    first = first.parent.parent;
  let asking = 0;
  for (let at: SyntaxNode | null | undefined = first; at?.type === 'if_statement'; ) {
    const condition = at.childForFieldName('condition');
    if (condition && ASKS_PATTERN.test(source.slice(condition.startIndex, condition.endIndex))) asking++;
    at = at.childForFieldName('alternative')?.firstNamedChild;
  }
  return asking >= SORTING;
}

const ASKS_PATTERN = /^\(\s*(?:\/.+\/[a-z]*|[\w$.]+)\.(?:test|exec|match|search)\(/;

/** `cond ? undefined : 'message'` and its kin. */
function choosesError(ternary: SyntaxNode, source: SourceFile): boolean {
  const text = (field: string) => {
    const node = ternary.childForFieldName(field);
    return node ? source.slice(node.startIndex, node.endIndex) : '';
  };
  const sides = [text('consequence'), text('alternative')];
  const isFine = (side: string) =>
    /^(?:null|undefined|true|Promise\.resolve\(.*\)|\{\s*(?:valid|ok|success|isValid)\s*:\s*true\s*\})$/.test(side);
  const isError = (side: string) =>
    ERROR_VALUE.test(side) || /^\{\s*\w+\s*:\s*(?:true|\{)/.test(side) || /^(['"`]).* .*\1$/.test(side);
  if (!(isFine(sides[0]!) && isError(sides[1]!)) && !(isFine(sides[1]!) && isError(sides[0]!))) return false;
  let at: SyntaxNode | null = ternary;
  while (at?.parent?.type === 'parenthesized_expression') at = at.parent;
  return at?.parent?.type === 'return_statement' || at?.parent?.type === 'arrow_function';
}

function answersPredicate(statement: SyntaxNode, source: SourceFile): boolean {
  const holder = enclosingTypeScriptFunction(statement);
  return holder !== undefined && isPredicate(holder, source);
}

const SCANS = /\.(?:filter|find\w*|some|every|map|flatMap|forEach|sort|reduce|replace|addEventListener|on)$/;
const CHECKS = /^(?:refine|superRefine|test|custom|addMethod|transform|check|validate|validator)$/;

/** A named function that answers yes or no, or a function handed to a validator; never a callback that scans. */
function isPredicate(holder: SyntaxNode, source: SourceFile): boolean {
  if (holder.type === 'method_definition' || holder.type === 'function_declaration') return true;
  const call = holder.parent?.type === 'arguments' ? holder.parent.parent : null;
  if (call) {
    const name = calleeText(call, source);
    return !SCANS.test(name) && CHECKS.test(name.slice(name.lastIndexOf('.') + 1));
  }
  return typeScriptNameOf(holder, source) !== undefined;
}

/** `const valid = PATTERN.test(x)` where everything done with the name afterwards is a guard. */
function namedResultDecides(declarator: SyntaxNode, top: Truth, source: SourceFile): boolean {
  const target = declarator.childForFieldName('name');
  const holder = enclosingTypeScriptFunction(declarator);
  if (target?.type !== 'identifier' || !holder) return false;
  const name = source.slice(target.startIndex, target.endIndex);
  const uses = holder
    .descendantsOfType(['identifier', 'shorthand_property_identifier'])
    .filter((one) => one.startIndex !== target.startIndex && source.slice(one.startIndex, one.endIndex) === name);
  return uses.length > 0 && uses.every((one) => decides({ ...top, node: one }, source, false));
}

/** The call whose method's name stands at the offset. */
export function callAt(file: ParsedFile, offset: number): SyntaxNode | undefined {
  const member = file.root.descendantForIndex(offset, offset)?.parent;
  const call = member?.type === 'member_expression' ? member.parent : undefined;
  return call?.type === 'call_expression' && call.childForFieldName('function')?.id === member?.id ? call : undefined;
}

const ENVIRONMENT =
  /\b(?:navigator|userAgent|ua|process\.(?:platform|env|argv)|window\.location|location\.|document\.)/;
const ERROR_TEXT = /\b(?:e|err|error|ex|exception|reason|cause)\b\??\.(?:message|stack|code|name|stderr|stdout)\b/i;
const NODE_KIND = /\.(?:nodeName|tagName|localName|className|nodeType)\b/;

/**
 * What no argument is that somebody validates: which browser or machine this is, what an error says, of which kind a node of a document
 * is.
 */
export function isNoArgument(file: ParsedFile, subject: SyntaxNode): boolean {
  const text = file.source.slice(subject.startIndex, subject.endIndex);
  return ENVIRONMENT.test(text) || ERROR_TEXT.test(text) || NODE_KIND.test(text);
}
