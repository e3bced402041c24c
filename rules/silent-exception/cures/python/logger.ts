import type { Document } from '../../../../core/edit/snapshot';
import type { PythonBinding, PythonOccurrence } from '../../../../core/semantics/python/index';
import { assignedValue } from '../../../../core/semantics/python/names';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isBoundBefore } from './bound';
import { habitsOf, type LogHabits } from './habits';
import { enclosingClass, enclosingMethod, nameOf, type PythonHandler, placeOf, textOf } from './handler';
import { type LogCall, logCallsOf } from './log-calls';
import { apiOfBinding, apiOfMember, apiOfValue, type LoggerApi, type LoggerOrigin } from './logger-api';

/** A logger that the module has and that the handler sees. */
export interface FoundLogger {
  /** As it is written in the handler. */
  readonly expression: string;
  readonly api: LoggerApi;
  /** Where in the project its making can be looked up. */
  readonly origin?: LoggerOrigin;
  readonly habits: LogHabits;
}

interface Candidate extends FoundLogger {
  readonly score: number;
}

/** The logger that fits best: used in the same function, in the same class, most often in the module. */
export function findLogger(handler: PythonHandler): FoundLogger | undefined {
  const { document } = handler;
  const byReceiver = new Map<string, LogCall[]>();
  for (const call of logCallsOf(document)) {
    const calls = byReceiver.get(call.receiver) ?? [];
    byReceiver.set(call.receiver, [...calls, call]);
  }
  for (const name of [...definedLoggers(handler), ...memberLoggers(handler)])
    if (!byReceiver.has(name)) byReceiver.set(name, []);
  let best: Candidate | undefined;
  for (const [receiver, calls] of byReceiver) {
    const candidate = candidateFor(receiver, calls, handler);
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  return best;
}

const LOGGER = /log(?:ger)?$/i;

/** `from app import logger`, `log = get_logger()`. */
function isCalledLogger({ name, imported }: PythonBinding, member: string): boolean {
  return imported ? /^_*(?:logger|LOGGER)$/.test(name) : LOGGER.test(name) && /log/i.test(member);
}

/** Module-level names that are loggers by what they are assigned, whether they are called or not. */
function definedLoggers({ model, document }: PythonHandler): string[] {
  return [...model.root.bindings.values()]
    .filter((binding) => {
      const { api, origin } = apiOfBinding(binding, document);
      // What is called a logger and comes from the project is looked up there; `from math import log` is something else.
      if (api === 'unknown') return origin !== undefined && isCalledLogger(binding, origin.member);
      return api !== 'module' && binding.imported?.typeOnly !== true;
    })
    .map(({ name }) => name);
}

/** `self.<name>` for what the class around sets to a logger, whether it is called or not. */
function memberLoggers({ document, statement }: PythonHandler): string[] {
  const owner = enclosingMethod(statement)?.owner;
  const assigned = owner?.descendantsOfType('assignment') ?? [];
  return assigned.flatMap((one) => {
    const left = one.childForFieldName('left');
    const right = one.childForFieldName('right');
    const name = left ? /^self\.(\w+)$/.exec(textOf(document, left))?.[0] : undefined;
    if (name === undefined || !right || !LOGGER.test(name)) return [];
    const { api } = apiOfValue(right, document);
    return api === 'unknown' || api === 'module' ? [] : [name];
  });
}

function candidateFor(receiver: string, calls: readonly LogCall[], handler: PythonHandler): Candidate | undefined {
  const [base, member, more] = receiver.split('.');
  if (base === undefined || more !== undefined) return undefined;
  const binding = visibleBinding(base, handler);
  if (!binding) return undefined;
  const own = calls.filter(
    (call) => handler.model.bindingAt(call.receiverNode.startIndex) === binding || member !== undefined,
  );
  const isMember = base === 'self' || base === 'cls';
  const described = isMember ? memberApi(member, binding, own, handler) : apiOf(member, binding, handler);
  if (!described || (described.api === 'unknown' && own.length === 0 && !described.origin)) return undefined;
  const relevant = isMember
    ? own.filter(({ owner }) => owner?.id === enclosingMethod(handler.statement)?.owner.id)
    : own;
  return {
    expression: receiver,
    ...described,
    habits: habitsOf(handler.document, relevant),
    score: scoreOf(relevant, described.api, handler),
  };
}

function apiOf(
  member: string | undefined,
  binding: PythonBinding,
  { document }: PythonHandler,
): { api: LoggerApi; origin?: LoggerOrigin } | undefined {
  // `app.logger`, `current_app.logger` of Flask and Quart are plain loggers.
  if (member !== undefined) return { api: 'logging' };
  return apiOfBinding(binding, document);
}

/** `self.logger`: where its class sets or calls it, in a method that runs when it is there. */
function memberApi(
  member: string | undefined,
  binding: PythonBinding,
  calls: readonly LogCall[],
  handler: PythonHandler,
): { api: LoggerApi; origin?: LoggerOrigin } | undefined {
  const around = enclosingMethod(handler.statement);
  if (member === undefined || !around || binding.kind !== 'parameter') return undefined;
  const { document } = handler;
  const { api, assignedIn, origin } = apiOfMember(member, around.owner, document);
  if (assignedIn.some((one) => isNone(one.childForFieldName('right'), handler))) return undefined;
  const uses = calls.filter(({ owner }) => owner?.id === around.owner.id);
  if (uses.length === 0 && api === 'unknown') return undefined;
  // While the object is made or taken apart the attribute need not be there.
  const name = nameOf(document, around.method);
  if (/^__(?:init|new|post_init|del|getattr|getattribute|setattr|init_subclass)__$/.test(name)) {
    const isEarlier =
      assignedIn.some((node) => enclosingClass(node)?.id === around.owner.id) ||
      [
        ...assignedIn,
        ...uses.filter((use) => use.function?.id === around.method.id).map(({ receiverNode }) => receiverNode),
      ].some((node) => isStraightBefore(node, handler.statement, around.method));
    if (!isEarlier || name === '__del__') return undefined;
  }
  return { api, ...(origin ? { origin } : {}) };
}

/** None, or a parameter that may be None. */
function isNone(value: SyntaxNode | null, { document, model }: PythonHandler): boolean {
  if (value?.type !== 'identifier') return value?.type === 'none';
  return model.bindingAt(value.startIndex)?.writes.some((write) => mayBeNone(write, document)) ?? false;
}

/** Whether a node stands in a statement of a method's own block that comes before another one. */
function isStraightBefore(node: SyntaxNode, statement: SyntaxNode, method: SyntaxNode): boolean {
  let at = node;
  while (at.parent && at.parent.type !== 'block') at = at.parent;
  return at.parent?.parent?.id === method.id && at.endIndex <= statement.startIndex;
}

/** The binding of a name in the handler, if it certainly has a value there. */
export function visibleBinding(name: string, handler: PythonHandler): PythonBinding | undefined {
  const { model, statement, document, scope } = handler;
  const place = placeOf(handler);
  const at = model.scopeAt(place);
  const binding = model.lookup(name, at);
  if (!binding || binding.imported?.typeOnly || binding.writes.some((write) => mayBeNone(write, document)))
    return undefined;
  if (binding.scope === model.root) {
    if (scope) return binding.writes.some((write) => setsOnImport(write, document)) ? binding : undefined;
    const top = topStatement(statement);
    return isBoundBefore(binding, top, document.root) ? binding : undefined;
  }
  if (binding.scope === at) return isBoundBefore(binding, statement, document.root) ? binding : undefined;
  // What an outer function binds later is not there when the inner one runs early: a parameter always is.
  return binding.kind === 'parameter' && binding.writes.every(({ role }) => role !== 'delete') ? binding : undefined;
}

/** Whether a write gives its name a value when the module is imported, and not only when it is run as a script. */
function setsOnImport({ role, start, end, scope }: PythonOccurrence, { root, source }: Document): boolean {
  if (role === 'declare' || role === 'delete' || scope.kind !== 'module') return false;
  for (let at = root.descendantForIndex(start, end); at; at = at.parent) {
    const condition = at.type === 'if_statement' ? at.childForFieldName('condition') : null;
    if (condition && /\b__name__\b/.test(source.slice(condition.startIndex, condition.endIndex))) return false;
  }
  return true;
}

/** `logger = None` until somebody sets it, `def f(log=None)`: calling it could raise in the handler. */
function mayBeNone(write: PythonOccurrence, { root, source }: Document): boolean {
  if (write.role !== 'parameter') return assignedValue(write, root)?.type === 'none';
  const parameter = root.namedDescendantForIndex(write.start, write.end)?.parent;
  if (!parameter || !/_?parameter$/.test(parameter.type)) return false;
  const type = parameter.childForFieldName('type');
  return (
    parameter.childForFieldName('value')?.type === 'none' ||
    (type !== null && /\bNone\b|\bOptional\b/.test(source.slice(type.startIndex, type.endIndex)))
  );
}

function topStatement(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.parent.type !== 'module') at = at.parent;
  return at;
}

function scoreOf(calls: readonly LogCall[], api: LoggerApi, { statement, scope }: PythonHandler): number {
  const owner = enclosingMethod(statement)?.owner;
  const inFunction = calls.filter((call) => scope !== undefined && call.function?.id === scope.id).length;
  const inClass = calls.filter((call) => owner !== undefined && call.owner?.id === owner.id).length;
  // Calls on the `logging` module itself go to the root logger: any logger of the module's own is better.
  const rank = api === 'module' ? 0 : 1_000_000;
  return rank + (inFunction > 0 ? 100_000 : 0) + (inClass > 0 ? 10_000 : 0) + Math.min(calls.length, 5_000);
}
