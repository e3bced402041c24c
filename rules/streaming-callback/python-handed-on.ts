import type { ParsedFile } from '../../core/facts/parsed-file';
import type { PythonBinding } from '../../core/semantics/python/index';
import { calleeText } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction } from '../../core/syntax/python';
import { placesOfName } from '../../core/text/names';
import { isWithin } from './python-captured';

/** Where a function goes that is not called on the spot. */
export interface HandedOn {
  /** `client.on`, `return`, `yield`, or what it is stored in. */
  readonly to: string;
  readonly node: SyntaxNode;
}

/** Calls that are over with the function when they return. */
const AT_ONCE =
  /^(?:map|filter|reduce|accumulate|takewhile|dropwhile|starmap|groupby|sorted|sort|min|max|sum|any|all|next|iter|zip|enumerate|sub|subn|wraps|update_wrapper|isinstance|issubclass|callable|getattr|hasattr|setattr_once|print|repr|str|id|type|len|hash|cast|vars|dir|signature|iscoroutinefunction|getsource|timeit|repeat|dumps|loads|load|dump|apply|applymap|pipe|transform|transform\w*|agg|aggregate|assign|walk\w*|visit\w*|traverse\w*|\w*_walk|\w*_visit|each\w*|for_each|foreach|tree_map|map_\w+|\w+_map|filter_\w+|find\w*|search\w*|copytree|rmtree|minimize|fsolve|root|curve_fit|quad|solve_ivp|odeint|bisect|brentq|assertRaises\w*|raises|retry\w*|\w*_with_retry|with_retries|run_sync|to_thread|run_in_executor|run_in_threadpool|gather|wait_for|run_until_complete|atomic\w*|on_commit_now|inspect|partition|convert|modify|replace\w*|rewrite\w*|substitute)$/;

/** Calls that keep the function for later: they register, schedule or stream. */
const KEEPS =
  /^(?:on|once|off|bind|connect|attach|subscribe|register|observe|watch|listen|hook|defer|schedule|submit|after|after_idle|every|cron|signal|settrace|setprofile|spawn|start_soon|start_new_thread|call_later|call_soon|call_soon_threadsafe|call_at|call_every|idle_add|timeout_add|addCallbacks?|addErrback|addBoth|callLater|callFromThread|setattr|put|put_nowait|push|stream|consume|start_consumer|on_commit|signal_bind)$|^(?:on|add|set|register|subscribe|install|attach|append|bind|connect|listen|stream|watch|schedule)_|(?:callback|handler|listener|observer|hook|subscriber|interceptor|middleware|watcher|consumer|receiver|emitter|stream)s?$/i;

/** Parameters that take a function for later. */
const KEEPING_PARAMETER =
  /^(?:on_?[a-z]\w*|target|command|listener|observer|subscriber|receiver|consumer|sink|emit\w*|stream\w*|progress\w*|hook\w*|\w*(?:callback|_cb|handler|listener|hook|observer|progress|receiver|emitter|sink)s?|callback\w*|cb)$/i;

/** Names of functions that wait to be called. */
const CALLBACK_NAME =
  /^_*(?:on|handle)_|^_*(?:emit|stream|progress|receive|callback|cb|handler|listener|hook)(?:_|$)|_(?:callback|cb|handler|listener|hook|observer|progress|receiver|consumer|subscriber|emitter|sink|chunk)$/i;

/** What shapes a value is asked for it on the spot. */
const SHAPES = /^_*(?:format|key|sort|compare|filter|render|parse|map|convert|transform)_/i;

/** Wrappers whose result stands for the function. */
const STANDS_FOR =
  /^(?:partial|partialmethod|ensure_sync|sync_to_async|async_to_sync|staticmethod|copy_context|WeakMethod|proxy|cast|bind_contextvars|callback_wrapper|wrap_callback|create_proxy|CFUNCTYPE\w*)$/;

/** Calls whose argument is iterated when they have returned: responses that stream. */
const STREAMS_RESULT =
  /(?:Response|Stream\w*|Streamer|Iterator)$|^stream_with_context$|^(?:stream|create_task|ensure_future)\w*$/;

/**
 * Where a nested function is handed on, so that it can be called when the function around it has gone on or returned. Uses that cannot be
 * told are left out.
 * @param isGenerator calling it makes an object that runs later
 */
export function handedOn(
  binding: PythonBinding,
  definition: SyntaxNode,
  isGenerator: boolean,
  file: ParsedFile,
): HandedOn[] {
  const found = usesOf(binding, definition, file, 2).flatMap(
    (use) => whereTo(use, file, binding.name, isGenerator) ?? [],
  );
  const decorated = definition.parent?.type === 'decorated_definition' ? definition.parent : undefined;
  for (const one of decorated?.namedChildren ?? []) {
    if (one.type !== 'decorator') continue;
    const expression = one.namedChildren.find((child) => child.type !== 'comment');
    const callee = expression?.type === 'call' ? calleeText(expression, file.source) : text(expression, file);
    if (callee.includes('.') && KEEPS.test(lastPart(callee)) && !AT_ONCE.test(lastPart(callee)))
      found.push({ to: shortened(callee), node: one });
  }
  return found;
}

/**
 * Whether {@link handedOn} may find anything, before names are resolved: a mention in the function around it that hands it on, or that
 * takes it for something else.
 */
export function mayBeHandedOn(name: string, definition: SyntaxNode, isGenerator: boolean, file: ParsedFile): boolean {
  const outer = enclosingPythonFunction(definition);
  if (!outer || definition.parent?.type === 'decorated_definition') return true;
  const { startIndex, endIndex } = definition;
  for (const at of placesOfName(file.source.text, name, outer.startIndex, outer.endIndex)) {
    if (startIndex <= at && at < endIndex) continue;
    const node = file.root.descendantForIndex(at, at + name.length);
    if (node && (isTaken(node) || whereTo(node, file, name, isGenerator))) return true;
  }
  return false;
}

/** Whether a name is put into another one. */
function isTaken(node: SyntaxNode): boolean {
  const at = withoutDisplays(node);
  return at.parent?.type === 'assignment' && at.parent.childForFieldName('right')?.id === at.id;
}

/** Places that name a function or a variable that holds it, its own code left out. */
function usesOf(binding: PythonBinding, definition: SyntaxNode, file: ParsedFile, depth: number): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const read of binding.reads) {
    if (definition.startIndex <= read.start && read.end <= definition.endIndex) continue;
    const node = file.root.descendantForIndex(read.start, read.end);
    if (!node) continue;
    const alias = depth > 0 ? aliasOf(node, file) : undefined;
    if (alias && alias !== binding && isWithin(alias.scope, binding.scope) && alias.writes.length === 1)
      found.push(...usesOf(alias, definition, file, depth - 1));
    else found.push(node);
  }
  return found;
}

/** The local variable that takes the function, alone or in a display. */
function aliasOf(node: SyntaxNode, file: ParsedFile): PythonBinding | undefined {
  if (!isTaken(node)) return undefined;
  const left = withoutDisplays(node).parent?.childForFieldName('left');
  return left?.type === 'identifier'
    ? (file.semantics.bindingAt(left.startIndex) as PythonBinding | undefined)
    : undefined;
}

/** The outermost display, conditional or parenthesis that an expression is part of. */
function withoutDisplays(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (
    at.parent &&
    /^(?:parenthesized_expression|tuple|list|set|dictionary|pair|expression_list|conditional_expression|boolean_operator|named_expression)$/.test(
      at.parent.type,
    )
  )
    at = at.parent;
  return at;
}

function whereTo(use: SyntaxNode, file: ParsedFile, name: string, isGenerator: boolean): HandedOn | undefined {
  let at = withoutDisplays(use);
  let isResult = false;
  for (;;) {
    const { parent } = at;
    if (!parent) return undefined;
    if (parent.type === 'return_statement')
      return isResult && !isGenerator ? undefined : { to: 'return', node: parent };
    if (parent.type === 'yield' && !parent.children.some((one) => one.type === 'from'))
      return { to: 'yield', node: parent };
    if (parent.type === 'assignment' && parent.childForFieldName('right')?.id === at.id) {
      const left = parent.childForFieldName('left');
      return left && (left.type === 'attribute' || left.type === 'subscript')
        ? { to: text(left, file), node: parent }
        : undefined;
    }
    if (parent.type === 'call') {
      if (!isGenerator || isResult || parent.childForFieldName('function')?.id !== at.id) return undefined;
      isResult = true;
      at = withoutDisplays(parent);
      continue;
    }
    const keyword = parent.type === 'keyword_argument' ? parent : undefined;
    const list = keyword?.parent ?? parent;
    const call = list.type === 'argument_list' ? list.parent : undefined;
    if (call?.type !== 'call') return undefined;
    const callee = calleeText(call, file.source);
    const last = lastPart(callee);
    if (STANDS_FOR.test(last)) {
      at = withoutDisplays(call);
      continue;
    }
    if (isResult)
      return STREAMS_RESULT.test(last) && !/^(?:create_task|ensure_future)/.test(last)
        ? { to: shortened(callee), node: call }
        : undefined;
    const parameter = keyword ? text(keyword.childForFieldName('name') ?? undefined, file) : undefined;
    return keeps(last, parameter, name) ? { to: shortened(callee), node: call } : undefined;
  }
}

function keeps(callee: string, parameter: string | undefined, name: string): boolean {
  if (parameter === 'key' || parameter === 'default' || AT_ONCE.test(callee)) return false;
  if (parameter !== undefined && KEEPING_PARAMETER.test(parameter)) return true;
  // An object keeps what it is made with.
  if (/^_*[A-Z]/.test(callee) && !/(?:Error|Exception|Warning)$/.test(callee)) return true;
  return KEEPS.test(callee) || (CALLBACK_NAME.test(name) && !SHAPES.test(name));
}

function lastPart(callee: string): string {
  return /\w*$/.exec(callee.replace(/\[[^\]]*\]$/, ''))![0];
}

/** A callee without what its calls were given: `ui.input().on`. */
function shortened(callee: string): string {
  let short = callee;
  for (let before = ''; before !== short; ) {
    before = short;
    short = short.replace(/\((?:[^()]|\(\))+\)/g, '()');
  }
  return short.replace(/\s*\\?\s+\.?/g, (gap) => (gap.includes('.') ? '.' : ' ')).slice(0, 80);
}

function text(node: SyntaxNode | undefined, { source }: ParsedFile): string {
  return node ? source.slice(node.startIndex, node.endIndex) : '';
}
