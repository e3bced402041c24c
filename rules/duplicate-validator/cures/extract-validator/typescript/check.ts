import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptStringValue } from '../../../../../core/syntax/typescript';
import type { Held } from '../../../python-constant';
import { heldBy, unwrap } from '../../../typescript-constant';

/** A check of a pattern or a set at one place. */
export interface SiteCheck {
  readonly kind: 'pattern' | 'set';
  /** How it is applied; `declared`: a library is given the pattern. */
  readonly method: 'test' | 'exec' | 'match' | 'search' | 'includes' | 'has' | 'indexOf' | 'declared';
  /** The call, or what declares the pattern. */
  readonly node: SyntaxNode;
  /** What is checked; undefined where a library checks. */
  readonly subject: SyntaxNode | undefined;
  /** The expression at the place that gives the pattern or the set: a literal, or the name of a constant. */
  readonly given: SyntaxNode;
  /** The literal itself: a pattern, `new RegExp(...)`, a string, an array or a set. */
  readonly literal: SyntaxNode;
  /** The constant that holds it, where it is not written in place. */
  readonly held: HeldConstant | undefined;
  readonly flags: string;
}

export interface HeldConstant extends Held {
  /** `const NAME = ...` or the field of a class. */
  readonly declarator: SyntaxNode;
  readonly isField: boolean;
}

/**
 * Takes a check apart.
 * @throws Refusal `pattern-not-constant`, `uses-class-state`, `stateful-pattern`, `comment-would-be-lost`
 */
export function checkOf(node: SyntaxNode, document: Document): SiteCheck {
  const parts = node.type === 'call_expression' ? calledParts(node, document) : declaredParts(node, document);
  if (!parts) throw refused('pattern-not-constant', node, document);
  const { given, method } = parts;
  const inner = unwrap(given);
  const held = /^(?:identifier|member_expression)$/.test(inner.type) ? heldConstant(document, inner) : undefined;
  const literal = held?.value ?? inner;
  const kind = /^(?:includes|has|indexOf)$/.test(method) ? 'set' : 'pattern';
  if (kind === 'set' ? !isSet(literal, document) : !isPattern(literal, document))
    throw refused('pattern-not-constant', node, document);
  const flags = kind === 'set' ? '' : flagsOf(literal, document);
  // One object that remembers where it stopped cannot become another, nor be shared by more places than it is.
  if (/[gy]/.test(flags) && (held || method === 'declared')) throw refused('stateful-pattern', node, document);
  const check: SiteCheck = { kind, node, literal, held, flags, ...parts };
  checkHeld(check, document);
  checkComments(check, document);
  return check;
}

type Parts = Pick<SiteCheck, 'given' | 'method' | 'subject'>;

function calledParts(node: SyntaxNode, document: Document): Parts | undefined {
  const callee = node.childForFieldName('function');
  const receiver = callee?.childForFieldName('object');
  const property = callee?.childForFieldName('property');
  const args = argumentsOf(node);
  // `list.includes(value, 3)` starts to look behind the third.
  if (!receiver || !property || args.length !== 1 || args[0]!.type === 'spread_element') return undefined;
  const method = document.source.slice(property.startIndex, property.endIndex) as SiteCheck['method'];
  const [given, subject] = method === 'match' || method === 'search' ? [args[0]!, receiver] : [receiver, args[0]!];
  return { given, method, subject };
}

/** `.regex(/.../)`, `@Matches(/.../)`, `pattern: /.../`, `pattern: { value: /.../ }`. */
function declaredParts(node: SyntaxNode, document: Document): Parts | undefined {
  if (node.type === 'pair') {
    const value = node.childForFieldName('value');
    const given = value?.type === 'object' ? memberOf(value, 'value', document) : value;
    return given ? { given, method: 'declared', subject: undefined } : undefined;
  }
  const call = node.parent?.type === 'member_expression' ? node.parent.parent : node.parent;
  const [first, second] = call?.type === 'call_expression' ? argumentsOf(call) : [];
  const given = first?.type === 'string' && second ? second : first;
  return given ? { given, method: 'declared', subject: undefined } : undefined;
}

function memberOf(object: SyntaxNode, name: string, { source }: Document): SyntaxNode | undefined {
  for (const member of object.namedChildren) {
    const key = member.type === 'pair' ? member.childForFieldName('key') : null;
    if (key && source.slice(key.startIndex, key.endIndex) === name)
      return member.childForFieldName('value') ?? undefined;
  }
  return undefined;
}

function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  return (call.childForFieldName('arguments')?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
}

function heldConstant(document: Document, name: SyntaxNode): HeldConstant | undefined {
  const held = heldBy(document, name);
  let declarator = held?.value.parent;
  while (declarator && !/_(?:declarator|definition)$/.test(declarator.type)) declarator = declarator.parent;
  return held && declarator ? { ...held, declarator, isField: declarator.type !== 'variable_declarator' } : undefined;
}

function isPattern(literal: SyntaxNode, { source }: Document): boolean {
  if (literal.type === 'regex' || typeScriptStringValue(literal, source) !== undefined) return true;
  const name = literal.childForFieldName('constructor') ?? literal.childForFieldName('function');
  if (!name || source.slice(name.startIndex, name.endIndex) !== 'RegExp') return false;
  return argumentsOf(literal).every((one) => one.type === 'regex' || typeScriptStringValue(one, source) !== undefined);
}

function isSet(literal: SyntaxNode, { source }: Document): boolean {
  if (literal.type === 'array') return true;
  return /^(?:new\s+Set\b|Object\.freeze\()/.test(source.slice(literal.startIndex, literal.startIndex + 40));
}

function flagsOf(literal: SyntaxNode, document: Document): string {
  const own = literal.type === 'regex' ? literal.childForFieldName('flags') : undefined;
  if (own) return document.source.slice(own.startIndex, own.endIndex);
  const [first, second] = literal.type === 'regex' ? [] : argumentsOf(literal);
  if (second) return typeScriptStringValue(second, document.source) ?? '';
  return first?.type === 'regex' ? flagsOf(first, document) : '';
}

const MUTATORS =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|add|delete|clear|compile|lastIndex|length)$/;

/** A constant that is changed, or that belongs to an object, is none. */
function checkHeld({ held, node }: SiteCheck, document: Document): void {
  if (!held) return;
  const { source, root, semantics } = document;
  const text = source.slice(held.declarator.startIndex, held.declarator.endIndex);
  if (held.isField) {
    // What subclasses or callers may replace is the object's own.
    const head = text.slice(0, text.indexOf(held.name) + held.name.length);
    if (!/\bprivate\b|\bstatic\b|#/.test(head)) throw refused('uses-class-state', node, document, { name: held.name });
  } else if (!/^const\b/.test(source.slice(held.declarator.parent!.startIndex, held.declarator.startIndex))) {
    throw refused('pattern-not-constant', node, document);
  }
  const name = held.declarator.childForFieldName('name');
  const places = held.isField
    ? [...source.text.matchAll(new RegExp(`\\.${held.name.replace(/[#$]/g, '\\$&')}(?![\\w$])`, 'g'))].map(
        ({ index }) => index + 1,
      )
    : (semantics.bindingAt(name?.startIndex ?? -1)?.reads.map(({ start }) => start) ?? []);
  for (const start of places) {
    let use = root.descendantForIndex(start, start)?.parent;
    if (held.isField) use = use?.type === 'member_expression' ? use.parent : use;
    const property = use?.type === 'member_expression' ? use.childForFieldName('property') : undefined;
    const isWritten =
      use?.type === 'subscript_expression' &&
      /^(?:assignment_expression|unary_expression)$/.test(use.parent?.type ?? '');
    const isChanged =
      property && MUTATORS.test(source.slice(property.startIndex, property.endIndex)) && property.startIndex > start;
    if (isWritten || (isChanged && !/^length$/.test(textAt(property, document))))
      throw refused('pattern-not-constant', node, document);
  }
}

function textAt(node: SyntaxNode, { source }: Document): string {
  return source.slice(node.startIndex, node.endIndex);
}

/** A comment in the middle of a check has no place in the call that replaces it. */
function checkComments({ node, method, literal, held }: SiteCheck, document: Document): void {
  const scope = method === 'declared' ? literal : node;
  const comment = held ? undefined : scope.descendantsOfType('comment')[0];
  if (!comment) return;
  const place = { file: document.file, range: document.source.rangeOf(comment) };
  const args = { comment: textAt(comment, document), line: place.range.start.line + 1, file: document.file };
  throw new Refusal('comment-would-be-lost', args, place);
}

function refused(code: string, node: SyntaxNode, document: Document, args: Record<string, string> = {}): Refusal {
  const place = { file: document.file, range: document.source.rangeOf(node) };
  return new Refusal(code, { line: place.range.start.line + 1, file: document.file, ...args }, place);
}
