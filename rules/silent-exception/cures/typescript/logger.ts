import type { Binding } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type TypeScriptHandler, textOf } from './handler';
import { enclosingClass, isLoggerName, type LogCall, logCallsOf } from './log-calls';
import { apiOfExpression, apiOfType, apiOfValue, CONSOLE, type LoggerApi } from './logger-api';

/** What the project may define a logger by: the logger itself, or its type. */
export interface LoggerOrigin {
  readonly module: string;
  readonly member: string;
  readonly isType?: boolean;
}

/** A logger that the module has and that the handler sees. */
export interface FoundLogger {
  /** As it is written in the handler, without `?`. */
  readonly expression: string;
  /** It may be missing: called with `?.`. */
  readonly isOptional: boolean;
  readonly api: LoggerApi | undefined;
  /** Where the project may define it. */
  readonly origin?: LoggerOrigin;
  /** The module's calls on it. */
  readonly calls: readonly LogCall[];
}

/** The logger that fits best: used in the same function, in the same class, most often in the module; `console` comes last. */
export function findLogger(handler: TypeScriptHandler): FoundLogger | undefined {
  const { document } = handler;
  const byReceiver = new Map<string, LogCall[]>();
  for (const call of logCallsOf(document))
    byReceiver.set(call.receiver, [...(byReceiver.get(call.receiver) ?? []), call]);
  for (const name of [...definedLoggers(handler), ...fieldLoggers(handler)])
    if (!byReceiver.has(name)) byReceiver.set(name, []);
  let best: { readonly logger: FoundLogger; readonly score: number } | undefined;
  for (const [receiver, calls] of byReceiver) {
    const logger = receiver === 'console' ? ofConsole(calls, handler) : candidateFor(receiver, calls, handler);
    const score = logger && scoreOf(logger, handler);
    if (logger && (!best || score! > best.score)) best = { logger, score: score! };
  }
  return best?.logger;
}

function ofConsole(calls: readonly LogCall[], { model, names }: TypeScriptHandler): FoundLogger | undefined {
  return model.lookup('console', names) ? undefined : { expression: 'console', isOptional: false, api: CONSOLE, calls };
}

/** Names of the module that are loggers by their name and by what they are bound to, whether they are called or not. */
function definedLoggers({ model, document }: TypeScriptHandler): string[] {
  return [...model.root.bindings.values()]
    .filter(
      (binding) =>
        isLoggerName(binding.name) && (isOfProject(binding) || apiOfBinding(binding, document) !== undefined),
    )
    .map(({ name }) => name);
}

/** `this.logger`, where the class around says what it is. */
function fieldLoggers(handler: TypeScriptHandler): string[] {
  const owner = ownerOfThis(handler.node);
  if (!owner) return [];
  return fieldsOf(owner, handler)
    .filter(({ name, node }) => isLoggerName(name) && fieldApi(node, handler) !== undefined)
    .map(({ name }) => `this.${name}`);
}

function candidateFor(
  receiver: string,
  calls: readonly LogCall[],
  handler: TypeScriptHandler,
): FoundLogger | undefined {
  const parts = receiver.split('.');
  if (parts.length > 2) return undefined;
  const [base, member] = parts as [string, string | undefined];
  if (base === 'this') return member === undefined ? undefined : memberLogger(member, calls, handler);
  const binding = visibleBinding(base, handler);
  if (!binding) return undefined;
  const own = calls.filter(({ receiverNode }) => handler.model.bindingAt(receiverNode.startIndex) === binding);
  const isOptional = own.length > 0 && own.every((call) => call.isOptional);
  if (member !== undefined) {
    // `ctx.logger`: only where the same function has called it already, or calls it behind.
    const near = own.filter((call) => handler.scope !== undefined && call.function?.id === handler.scope.id);
    return near.length === 0
      ? undefined
      : {
          expression: receiver,
          isOptional: near.some((call) => call.isOptional),
          api: apiOfCall(near[0]!, handler),
          calls: own,
        };
  }
  const api = apiOfBinding(binding, handler.document) ?? (own[0] && apiOfCall(own[0], handler));
  if (!api && own.length === 0 && !isOfProject(binding)) return undefined;
  const { imported } = binding;
  const origin =
    imported && imported.member !== undefined ? { module: imported.module, member: imported.member } : undefined;
  return { expression: receiver, isOptional, api, calls: own, ...(origin ? { origin } : {}) };
}

const apiOfCall = ({ receiverNode }: LogCall, { document }: TypeScriptHandler) =>
  apiOfExpression(receiverNode, document);

function memberLogger(member: string, calls: readonly LogCall[], handler: TypeScriptHandler): FoundLogger | undefined {
  const owner = ownerOfThis(handler.node);
  if (!owner) return undefined;
  const own = calls.filter((call) => call.owner?.id === owner.id && ownerOfThis(call.receiverNode)?.id === owner.id);
  const field = fieldsOf(owner, handler).find(({ name }) => name === member);
  const api = (field && fieldApi(field.node, handler)) ?? (own[0] && apiOfCall(own[0], handler));
  if (own.length === 0 && !api) return undefined;
  if (isMadeLater(member, field?.node, own, handler)) return undefined;
  const isOptional =
    own.length > 0
      ? own.every((call) => call.isOptional)
      : field?.node.type === 'optional_parameter' || isOptionalField(field?.node, handler);
  const origin = field && typeOrigin(field.node, handler);
  return { expression: `this.${member}`, isOptional, api, calls: own, ...(origin ? { origin } : {}) };
}

function isOptionalField(field: SyntaxNode | undefined, { document }: TypeScriptHandler): boolean {
  return field !== undefined && /^[^=:]*\?\s*:/.test(textOf(document, field));
}

/** In a constructor, a field that it sets itself is not there before. */
function isMadeLater(
  member: string,
  field: SyntaxNode | undefined,
  calls: readonly LogCall[],
  handler: TypeScriptHandler,
): boolean {
  const { document, node } = handler;
  let method: SyntaxNode | null = node;
  while (method && method.type !== 'method_definition') method = method.parent;
  const name = method?.childForFieldName('name');
  if (!method || !name || textOf(document, name) !== 'constructor') return false;
  if (field && (/_parameter$/.test(field.type) || field.childForFieldName('value'))) return false;
  const assigned = new RegExp(`\\bthis\\.${member.replaceAll('$', '\\$')}\\s*=(?!=)`).exec(textOf(document, method));
  if (assigned) return method.startIndex + assigned.index > handler.statement.startIndex;
  return !calls.some((call) => call.start < handler.statement.startIndex && call.start > method.startIndex);
}

/** The class whose instance `this` is at a node: arrow functions keep it, other functions and static methods do not. */
export function ownerOfThis(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (/^(?:function_|generator_function)/.test(at.type)) return undefined;
    if (at.type === 'class_static_block') return undefined;
    if (/^(?:method_definition|public_field_definition|field_definition)$/.test(at.type)) {
      if (at.parent?.type !== 'class_body') return undefined;
      return at.children.some(({ type }) => type === 'static') ? undefined : enclosingClass(at);
    }
  }
  return undefined;
}

/** The fields of a class, with the properties that its constructor's parameters make. */
function fieldsOf(
  owner: SyntaxNode,
  { document }: TypeScriptHandler,
): { readonly name: string; readonly node: SyntaxNode }[] {
  const members = owner.childForFieldName('body')?.namedChildren ?? [];
  return members.flatMap((member) => {
    const name = member.childForFieldName('name') ?? member.childForFieldName('property');
    if (!name) return [];
    if (/^(?:public_)?field_definition$/.test(member.type))
      return member.children.some(({ type }) => type === 'static')
        ? []
        : [{ name: textOf(document, name), node: member }];
    if (member.type !== 'method_definition' || textOf(document, name) !== 'constructor') return [];
    return (member.childForFieldName('parameters')?.namedChildren ?? []).flatMap((parameter) => {
      const pattern = parameter.childForFieldName('pattern');
      const isField = parameter.children.some(({ type }) => type === 'accessibility_modifier' || type === 'readonly');
      return pattern?.type === 'identifier' && isField ? [{ name: textOf(document, pattern), node: parameter }] : [];
    });
  });
}

/** The library of a field, by its annotation or its initial value. */
function fieldApi(field: SyntaxNode, { document }: TypeScriptHandler): LoggerApi | undefined {
  const type = field.childForFieldName('type')?.firstNamedChild;
  const value = field.childForFieldName('value');
  return (type ? apiOfType(type, document) : undefined) ?? (value ? apiOfValue(value, document) : undefined);
}

/** The import of the class that a field is annotated with. */
function typeOrigin(field: SyntaxNode, { model }: TypeScriptHandler): FoundLogger['origin'] {
  const type = field.childForFieldName('type')?.firstNamedChild;
  const imported = type?.type === 'type_identifier' ? model.bindingAt(type.startIndex)?.imported : undefined;
  return imported?.member === undefined
    ? undefined
    : { module: imported.module, member: imported.member, isType: true };
}

function apiOfBinding(binding: Binding, document: TypeScriptHandler['document']): LoggerApi | undefined {
  const [write] = binding.writes;
  const node = write && document.root.namedDescendantForIndex(write.start, write.end);
  const value = node?.parent?.childForFieldName('value');
  if (binding.imported?.typeOnly) return undefined;
  return (
    (value ? apiOfValue(value, document) : undefined) ??
    (node && binding.reads.length > 0 ? apiOfExpression(readOf(binding, document) ?? node, document) : undefined)
  );
}

function readOf(binding: Binding, { root }: TypeScriptHandler['document']): SyntaxNode | null {
  const [read] = binding.reads;
  return read ? root.namedDescendantForIndex(read.start, read.end) : null;
}

/** An import that the project itself may define. */
function isOfProject({ imported }: Binding): boolean {
  return (
    imported !== undefined && !imported.typeOnly && imported.member !== undefined && /^[.@~#/]/.test(imported.module)
  );
}

/** The binding of a name in the handler, if it certainly has a value there. */
export function visibleBinding(name: string, handler: TypeScriptHandler): Binding | undefined {
  const { model, names, statement, document } = handler;
  const binding = model.lookup(name, names);
  if (!binding || binding.imported?.typeOnly || binding.kind === 'type' || binding.kind === 'type-parameter')
    return undefined;
  if (binding.imported) return binding.imported.lazy && binding.scope !== model.root ? undefined : binding;
  if (binding.kind === 'parameter') return binding;
  const [write] = binding.writes;
  if (!write) return undefined;
  if (binding.kind === 'function') return binding;
  // Code of a function runs when the module has been read; code of the module itself only sees what stands above.
  if (binding.scope === model.root && handler.scope) return binding;
  const declaration = document.root.namedDescendantForIndex(write.start, write.end)?.parent;
  const end = declaration?.endIndex ?? write.end;
  return end <= statement.startIndex ? binding : undefined;
}

function scoreOf({ calls, api }: FoundLogger, { scope, node }: TypeScriptHandler): number {
  const owner = enclosingClass(node);
  const inFunction = calls.some((call) => scope !== undefined && call.function?.id === scope.id);
  const inClass = calls.some((call) => owner !== undefined && call.owner?.id === owner.id);
  // What is never called may be no logger.
  const rank = api === CONSOLE ? 0 : api || calls.length > 0 ? 1_000_000 : 500_000;
  return rank + (inFunction ? 100_000 : 0) + (inClass ? 10_000 : 0) + Math.min(calls.length, 5_000);
}
