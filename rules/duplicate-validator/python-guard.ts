import { calleeText, isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import type { SourceFile } from '../../core/text/source-file';
import type { Truth } from './truth';

/**
 * Whether the truth of an expression decides a rejection: a raise, `return False`, an error as the result, a failed assertion. The
 * result of a match that is used otherwise (groups, filters, dispatch) parses or sorts and is no validation.
 */
export function decidesRejection(expression: SyntaxNode, source: SourceFile): boolean {
  return decides({ node: expression, negated: false, isBoolean: false }, source, true);
}

function decides(start: Truth, source: SourceFile, followsNames: boolean): boolean {
  const top = climb(start, source);
  const user = top.node.parent;
  switch (user?.type) {
    case 'if_statement':
    case 'elif_clause':
      return (
        isField(user, 'condition', top.node) &&
        branchRejects(user, top.negated, source) &&
        !isErrorFilter(user) &&
        (top.negated || !isSorting(user, source))
      );
    case 'assert_statement':
      return user.firstNamedChild?.id === top.node.id;
    case 'return_statement':
      return top.isBoolean || isPredicate(user, source);
    case 'assignment':
      return followsNames && isField(user, 'right', top.node) && namedResultDecides(user, top, source);
    default:
      return false;
  }
}

/** Goes up while the truth of the parent follows from the truth of the node. */
function climb({ node, negated, isBoolean }: Truth, source: SourceFile): Truth {
  // Nobody nests a condition deeper; a parent costs a walk from the root.
  for (let parent = node.parent, steps = 0; parent && steps < 64; parent = node.parent, steps++) {
    if (parent.type === 'not_operator') {
      negated = !negated;
      isBoolean = true;
    } else if (parent.type === 'comparison_operator') {
      const operator = source.slice(node.endIndex, parent.endIndex);
      if (parent.firstNamedChild?.id !== node.id || !/^\s*(is|==|!=|is\s+not)\s+(None|False|True)$/.test(operator))
        break;
      const equal = !/^\s*(!=|is\s+not)/.test(operator);
      if (equal !== /True$/.test(operator)) negated = !negated;
      isBoolean = true;
    } else if (
      parent.type === 'argument_list' ||
      parent.type === 'generator_expression' ||
      parent.type === 'list_comprehension'
    ) {
      const call: SyntaxNode | undefined = quantifierAround(parent, node, source);
      if (!call) break;
      node = call;
      isBoolean = true;
      continue;
    } else if (parent.type !== 'parenthesized_expression' && parent.type !== 'boolean_operator') break;
    node = parent;
  }
  return { node, negated, isBoolean };
}

/** The call in `bool(match)`, `all(match for ...)` and `any([match for ...])`. */
function quantifierAround(parent: SyntaxNode, node: SyntaxNode, source: SourceFile): SyntaxNode | undefined {
  let call = parent.parent;
  if (parent.type === 'argument_list') {
    return call?.type === 'call' && parent.namedChildCount === 1 && calleeText(call, source) === 'bool'
      ? call
      : undefined;
  }
  if (!isField(parent, 'body', node)) return undefined;
  if (call?.type === 'argument_list') call = call.parent;
  return call?.type === 'call' && /^(all|any)$/.test(calleeText(call, source)) ? call : undefined;
}

/** Whether the branch that runs when the check fails (or, for a forbidden pattern, when it hits) rejects. */
function branchRejects(user: SyntaxNode, negated: boolean, source: SourceFile): boolean {
  const consequence = user.childForFieldName('consequence');
  if (consequence && blockRejects(consequence, source, negated)) return true;
  if (negated || !consequence) return false;
  const alternative = user.type === 'if_statement' ? user.childForFieldName('alternative') : null;
  if (alternative?.type === 'else_clause') return blockRejects(alternative.childForFieldName('body'), source, true);
  // `if match: return value` with the rejection behind it.
  const leaves = consequence.lastNamedChild?.type === 'return_statement';
  const next = user.nextNamedSibling;
  return leaves && next !== null && statementRejects(next, source, true);
}

/**
 * Whether a block rejects.
 * @param mayTell the block runs on a failed check, so that a sentence as the result is its message
 */
export function blockRejects(block: SyntaxNode | null, source: SourceFile, mayTell = false): boolean {
  return block?.namedChildren.some((statement) => statementRejects(statement, source, mayTell)) ?? false;
}

const ERROR_CALL = /^(?:[\w.]*\.)?(?:errors?\w*\.(?:append|add|extend)|add_error|abort|fail|fail_json|exit|error)\(/;
const ERROR_VALUE =
  /^\(?\s*(?:False\b|(?:[\w.]+\.)?\w*(?:Error|Exception|BadRequest|Forbidden|Invalid\w*)\()|status(?:_code)?\s*=\s*(?:status\.HTTP_)?4\d\d|,\s*4\d\d\s*\)?$|^\{\s*['"](?:error|errors|detail)['"]\s*:|['"](?:valid|ok|success)['"]\s*:\s*False/;

function statementRejects(statement: SyntaxNode, source: SourceFile, mayTell: boolean): boolean {
  if (statement.type === 'raise_statement') return true;
  const text = source.slice(statement.startIndex, Math.min(statement.endIndex, statement.startIndex + 400));
  if (statement.type === 'expression_statement') return ERROR_CALL.test(text);
  if (statement.type !== 'return_statement') return false;
  const value = text.slice(6).trim();
  return ERROR_VALUE.test(value) || (mayTell && /^f?(['"])[^'"\n]* [^'"\n]*\1$/.test(value));
}

/**
 * How an `if` rejects where the expression is true: with an error, with a bare `False`, or not at all. A set says what is allowed, so
 * only this one direction is a guard.
 */
export function rejectionWhenTrue(expression: SyntaxNode, source: SourceFile): 'error' | 'false' | undefined {
  const top = climb({ node: expression, negated: false, isBoolean: true }, source);
  const user = top.node.parent;
  if (top.negated || (user?.type !== 'if_statement' && user?.type !== 'elif_clause')) return undefined;
  if (!isField(user, 'condition', top.node) || isErrorFilter(user)) return undefined;
  const statements = user.childForFieldName('consequence')?.namedChildren ?? [];
  const rejection = statements.find((one) => statementRejects(one, source, true));
  if (!rejection) return undefined;
  return /^return\s+False$/.test(source.slice(rejection.startIndex, rejection.endIndex)) ? 'false' : 'error';
}

/** Whether a place rejects where an expression is true (`if FORBIDDEN.search(x): raise`) or where it is false; undefined where it does not tell. */
export function rejectsTrue(expression: SyntaxNode, source: SourceFile): boolean | undefined {
  const { node, negated } = climb({ node: expression, negated: false, isBoolean: true }, source);
  const user = node.parent;
  if (user?.type === 'assert_statement' || user?.type === 'return_statement') return negated;
  if ((user?.type !== 'if_statement' && user?.type !== 'elif_clause') || !isField(user, 'condition', node))
    return undefined;
  if (blockRejects(user.childForFieldName('consequence'), source, true)) return !negated;
  return negated ? undefined : false;
}

/** `except E as e: if not re.search(..., str(e)): raise` picks errors, it validates nothing. */
function isErrorFilter(node: SyntaxNode): boolean {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'except_clause') return true;
  return false;
}

/** How many branches of one `if` that ask for patterns sort what they are given. */
const SORTING = 3;

/** A branch of an `if` whose branches ask for one pattern after another: it sorts texts, whatever is done about some of them. */
function isSorting(branch: SyntaxNode, source: SourceFile): boolean {
  const first = branch.type === 'elif_clause' ? branch.parent : branch;
  const branches = first ? [first, ...first.namedChildren.filter((one) => one.type === 'elif_clause')] : [];
  const asking = branches.filter((one) => {
    const condition = one.childForFieldName('condition');
    return (
      condition &&
      /^\(?\s*[\w.]+\.(?:match|fullmatch|search)\(/.test(source.slice(condition.startIndex, condition.endIndex))
    );
  });
  return asking.length >= SORTING;
}

/** A bare match object is the answer of a predicate only where the function says that it is one. */
function isPredicate(statement: SyntaxNode, source: SourceFile): boolean {
  let at = statement.parent;
  while (at && at.type !== 'function_definition' && at.type !== 'lambda') at = at.parent;
  if (at?.type !== 'function_definition') return false;
  const returns = at.childForFieldName('return_type');
  if (returns) return /^bool$/.test(source.slice(returns.startIndex, returns.endIndex));
  const name = at.childForFieldName('name');
  return name !== null && /^_*(?:is|has|valid|validate|check)_/.test(source.slice(name.startIndex, name.endIndex));
}

/** `match = re.match(...)` where everything done with the name afterwards is a guard: `match.group()` would make it a parser. */
function namedResultDecides(assignment: SyntaxNode, top: Truth, source: SourceFile): boolean {
  const target = assignment.childForFieldName('left');
  const holder = enclosingBody(assignment);
  if (target?.type !== 'identifier' || !holder) return false;
  const name = source.slice(target.startIndex, target.endIndex);
  const uses = holder
    .descendantsOfType('identifier')
    .filter((one) => one.startIndex !== target.startIndex && source.slice(one.startIndex, one.endIndex) === name);
  return uses.length > 0 && uses.every((one) => decides({ ...top, node: one }, source, false));
}

function enclosingBody(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'function_definition') return at;
  return undefined;
}
