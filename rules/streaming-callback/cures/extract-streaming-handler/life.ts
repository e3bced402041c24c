import { calleeText } from '../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isInOtherClosure, isInside, nodeAt, type Site, textOf } from './site';

/**
 * The offset behind which nothing calls the callback any more, as far as the text says so: its only use stands before a `try` whose
 * `finally` takes it back (`token = set_sink(on_chunk)` ... `finally: reset_sink(token)`), or in the head of a `with`.
 */
export function endOfLife(site: Site): number | undefined {
  const uses = site.binding.reads.filter((one) => !isInside(one, site));
  const ends = uses.map((one) => {
    if (isInOtherClosure(one, site)) return undefined;
    const node = nodeAt(site.document, one);
    return endOfWith(node) ?? endOfTry(node, uses.length, site);
  });
  const known = ends.filter((end) => end !== undefined);
  return known.length === uses.length && known.length > 0 ? Math.max(...known) : undefined;
}

/** The end of the `with` whose head holds a node. */
function endOfWith(node: SyntaxNode): number | undefined {
  for (let at: SyntaxNode | null = node; at && at.type !== 'block'; at = at.parent)
    if (at.type === 'with_clause') return at.parent?.endIndex;
  return undefined;
}

/** Calls that take a callback back. */
export const TAKES_BACK =
  /(?:^|\.|(?<![._](?:on|at|add|set|when|register))_)(?:reset|remove|unregister|unsubscribe|off|detach|disconnect|clear|restore|unset|unhook|unlisten|unbind|cancel|delete)\w*\s*\($/;

function endOfTry(node: SyntaxNode, uses: number, site: Site): number | undefined {
  const { document } = site;
  let statement: SyntaxNode | null = node;
  while (statement && statement.parent?.type !== 'block') statement = statement.parent;
  // Taking it back in `finally` names it again.
  const following = statement && nextOf(statement);
  const around = statement?.parent?.parent;
  const attempt =
    following?.type === 'try_statement' ? following : around?.type === 'try_statement' ? around : finallyAround(node);
  const last = attempt?.namedChildren.find((one) => one.type === 'finally_clause');
  if (!attempt || !last || !statement) return undefined;
  const assignment =
    statement.type === 'expression_statement' && statement.firstNamedChild?.type === 'assignment'
      ? statement.firstNamedChild
      : undefined;
  const token = assignment?.childForFieldName('left');
  const names = [site.name, ...(token?.type === 'identifier' ? [textOf(document, token)] : [])];
  const text = textOf(document, last);
  const isTakenBack = names.some((name) => {
    const at = new RegExp(`([\\w.]+\\s*\\()[^()]*(?<![\\w.])${name}(?!\\w)`, 'u').exec(text);
    return at !== null && TAKES_BACK.test(at[1]!);
  });
  return isTakenBack && (token?.type === 'identifier' || uses > 1) ? attempt.endIndex : undefined;
}

/** The `try` whose `finally` holds a node. */
function finallyAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'finally_clause') return at.parent ?? undefined;
  return undefined;
}

function nextOf(statement: SyntaxNode): SyntaxNode | null {
  let at = statement.nextNamedSibling;
  while (at?.type === 'comment') at = at.nextNamedSibling;
  return at;
}

/** Whether the callback is also taken back: whoever keeps it may look for the very object, and each access to a method makes a new one. */
export function isTakenBack({ binding, document }: Site): boolean {
  return binding.reads.some((read) => {
    const { parent } = nodeAt(document, read);
    const list = parent?.type === 'keyword_argument' ? parent.parent : parent;
    const call = list?.type === 'argument_list' ? list.parent : undefined;
    return call?.type === 'call' && TAKES_BACK.test(`${calleeText(call, document.source)}(`);
  });
}
