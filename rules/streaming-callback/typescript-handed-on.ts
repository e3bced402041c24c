import type { ParsedFile } from '../../core/facts/parsed-file';
import type { FunctionView } from '../../core/facts/within-function';
import type { Binding } from '../../core/semantics/model';
import { calleeText, isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, typeScriptStringValue } from '../../core/syntax/typescript';
import { textOf } from './typescript-containers';

/** Where a function goes that is not called on the spot. */
export interface HandedOn {
  /** `child.stdout.on('data')`, `return`, or what it is stored in. */
  readonly to: string;
  readonly node: SyntaxNode;
}

/** Calls that keep a function for later, by the last part of what is called. */
const KEEPS =
  /^(?:on|once|addEventListener|attachEvent|setInterval|subscribe\w*|observe|watchFile|watch|createServer|on[A-Z]\w*|register[A-Z]\w*|(?:add|prepend|prependOnce|set)\w*(?:Listener|Handler|Callback|Observer|Hook|Subscriber))$/;

/** Calls that stream into a function, if that is what its parameter says, and those that listen for an event that is named. */
const STREAMS = /^(?:stream|consume|read)(?:[A-Z]\w*)?$/;
const ITEM =
  /^(?:async\s*)?(?:function\s*\w*\s*)?\(?\s*_?(?:chunk|token|event|delta|data|message|msg|line|text|part|piece|buf|update|progress)/i;

/** What is made with a function and calls it later on. */
const MAKES = /^(?:\w+Observer|Worker|Proxy)$/;

/** Streams whose behaviour is given as methods of an object. */
const STREAM =
  /^(?:ReadableStream|WritableStream|TransformStream|Readable|Writable|Duplex|Transform|PassThrough|Observable)$/;
const STREAM_METHOD = /^(?:start|pull|cancel|transform|flush|write|close|abort|read|final|destroy|construct|writev)$/;

/** Members of an observer, and names of options that wait to be called. */
const OBSERVER_METHOD = /^(?:next|error|complete)$/;
const OPTION =
  /^(?:on[A-Z]\w*|on(?:message|error|open|close|data|end|progress|load|event)|callback|listener|handler|\w+(?:Callback|Listener))$/;

/** Objects that a module or a class is made of: what they hold is no state of a call. */
const DEFINES = /^(?:module\.)?exports\b|\.prototype\b|^globalThis\b/;

/** Wrapping that leaves the function what it is. */
const TRANSPARENT = /^(?:parenthesized|as|satisfies|non_null|ternary|binary)_expression$/;

/** Where one use of a function hands it on, so that it can be called when the function around it has gone on; undefined where it cannot be told. */
export function handedOnAt(use: SyntaxNode, file: ParsedFile): HandedOn | undefined {
  let at = use;
  let key: string | undefined;
  if (at.type === 'shorthand_property_identifier' || (at.type === 'method_definition' && at.parent?.type === 'object'))
    key = textOf(at.type === 'method_definition' ? at.childForFieldName('name')! : at, file);
  for (;;) {
    const { parent } = at;
    if (!parent) return undefined;
    if (TRANSPARENT.test(parent.type)) {
      if (parent.type === 'ternary_expression' && isField(parent, 'condition', at)) return undefined;
      at = parent;
    } else if (parent.type === 'member_expression' && isBind(parent, at, file)) at = parent.parent!;
    else if (parent.type === 'pair' && isField(parent, 'value', at)) {
      key ??= textOf(parent.childForFieldName('key')!, file).replace(/^['"]|['"]$/g, '');
      at = parent;
    } else if (parent.type === 'object' && key !== undefined) at = parent;
    else if (parent.type === 'arguments') return parent.parent ? toCall(parent.parent, at, key, file) : undefined;
    else if (key !== undefined) return undefined;
    else if (parent.type === 'return_statement') return { to: 'return', node: parent };
    else if (parent.type === 'assignment_expression' && isField(parent, 'right', at)) return toMember(parent, file);
    else return undefined;
  }
}

function isBind(member: SyntaxNode, object: SyntaxNode, file: ParsedFile): boolean {
  const property = member.childForFieldName('property');
  return (
    isField(member, 'object', object) &&
    property !== null &&
    textOf(property, file) === 'bind' &&
    member.parent?.type === 'call_expression' &&
    isField(member.parent, 'function', member)
  );
}

function toCall(
  call: SyntaxNode,
  argument: SyntaxNode,
  key: string | undefined,
  file: ParsedFile,
): HandedOn | undefined {
  if (call.type === 'new_expression') {
    const made = call.childForFieldName('constructor');
    const name = made ? textOf(made, file) : '';
    const keeps =
      key === undefined
        ? MAKES.test(lastPart(name)) || (lastPart(name) === 'Observable' && argument.type !== 'identifier')
        : (STREAM.test(lastPart(name)) && STREAM_METHOD.test(key)) || OPTION.test(key);
    return keeps ? { to: `new ${short(name)}`, node: call } : undefined;
  }
  if (call.type !== 'call_expression') return undefined;
  const callee = calleeText(call, file.source);
  const last = lastPart(callee);
  if (
    key === undefined
      ? !keeps(last, argument, call, file)
      : !(OPTION.test(key) || (/^subscribe/.test(last) && OBSERVER_METHOD.test(key)))
  )
    return undefined;
  const first = call.childForFieldName('arguments')?.firstNamedChild;
  const event = first && first.id !== argument.id ? typeScriptStringValue(first, file.source) : undefined;
  return { to: short(callee) + (event && event.length <= 40 ? `('${event}')` : ''), node: call };
}

function keeps(callee: string, argument: SyntaxNode, call: SyntaxNode, file: ParsedFile): boolean {
  if (KEEPS.test(callee)) return true;
  if (callee === 'listen') return call.childForFieldName('arguments')?.firstNamedChild?.type === 'string';
  return STREAMS.test(callee) && (argument.type === 'identifier' || ITEM.test(textOf(argument, file)));
}

/** Stored in a member: that of another object, or of `this`. */
function toMember(assignment: SyntaxNode, file: ParsedFile): HandedOn | undefined {
  const left = assignment.childForFieldName('left');
  if (left?.type !== 'member_expression') return undefined;
  const written = textOf(left, file);
  return DEFINES.test(written) || isOldMethod(left, file) || isOfLocal(left, file)
    ? undefined
    : { to: short(written), node: assignment };
}

/** What `this` is called where functions have one of their own. */
const SELF = /^(?:self|vm|that|me|_this|ctrl|\$ctrl)$/;

/** `this.name = function ...` in a plain function is how classes were written: the function around it is the class. */
function isOldMethod(left: SyntaxNode, file: ParsedFile): boolean {
  const object = left.childForFieldName('object');
  if (object?.type !== 'this' && !(object?.type === 'identifier' && SELF.test(textOf(object, file)))) return false;
  let around = enclosingTypeScriptFunction(left);
  while (around?.type === 'arrow_function') around = enclosingTypeScriptFunction(around);
  return around !== undefined && around.type !== 'method_definition';
}

/** A member of a function or of an object that is made here: together they are what is handed out. */
function isOfLocal(left: SyntaxNode, file: ParsedFile): boolean {
  const object = left.childForFieldName('object');
  if (object?.type !== 'identifier') return false;
  const binding = file.semantics.bindingAt(object.startIndex) ?? bindingOfModule(object, file);
  if (binding?.kind === 'function') return true;
  const [first] = binding?.writes ?? [];
  const declarator = first && file.root.namedDescendantForIndex(first.start, first.end)?.parent;
  const value = declarator?.type === 'variable_declarator' ? declarator.childForFieldName('value') : null;
  return value !== null && /^(?:arrow_function|function_expression|object)$/.test(value?.type ?? '');
}

/** What the module declares under a name, where only the function was asked so far. The whole model is built for names that it can know. */
function bindingOfModule(name: SyntaxNode, file: ParsedFile): Binding | undefined {
  if (!('whole' in file)) return undefined;
  const { whole } = file as FunctionView;
  const declared = new RegExp(
    `\\b(?:const|let|var|function)\\s+${textOf(name, file).replaceAll('$', '\\$')}(?![\\w$])`,
  );
  return declared.test(whole.source.text) ? whole.semantics.bindingAt(name.startIndex) : undefined;
}

function lastPart(callee: string): string {
  return /[\w$]*$/.exec(callee)![0];
}

/** Long chains are told by their last part. */
function short(callee: string): string {
  return /^[\w$.?![\]'"#]{1,60}$/.test(callee) ? callee.replace(/[?!](?=\.)/g, '') : lastPart(callee);
}
