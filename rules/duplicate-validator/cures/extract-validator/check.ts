import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { Finding } from '../../../../core/rule/finding';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { pythonStringValue } from '../../../../core/syntax/python';
import { type Held, heldBy } from '../../python-constant';
import { type MemberRoot, memberRoots } from './members';
import { isImmutable } from './read-only';

/** A check of a pattern or a set at one place. */
export interface SiteCheck {
  readonly node: SyntaxNode;
  /** What is checked. */
  readonly subject: SyntaxNode;
  /** The literal of the pattern, or the display of the set's members. */
  readonly literal: SyntaxNode;
  /** The constant that holds it, where it is not written in place. */
  readonly held: Held | undefined;
  /** `re.I` and the like, joined by ` | `; empty for none. */
  readonly flags: string;
  readonly isBytes: boolean;
  readonly mode: string | undefined;
  /** A set looks a value up by its hash; a list or tuple compares it with each member. */
  readonly isHashed: boolean;
  /** The names from outside with which members start; empty for members that are plain values. */
  readonly roots: readonly MemberRoot[];
}

/**
 * Takes a check apart.
 * @throws Refusal `pattern-not-constant`, `comment-would-be-lost`
 */
export function checkOf(node: SyntaxNode, document: Document, finding: Finding): SiteCheck {
  const found = finding.data.kind === 'set' ? setCheck(node, document) : patternCheck(node, document);
  if (!found) throw notConstant(node, document);
  const comment = node.descendantsOfType('comment')[0];
  if (comment) {
    const { file, source } = document;
    const text = source.slice(comment.startIndex, comment.endIndex);
    const place = { file, range: source.rangeOf(comment) };
    throw new Refusal('comment-would-be-lost', { comment: text, line: place.range.start.line + 1, file }, place);
  }
  checkHeld(found, document);
  return found;
}

function setCheck(node: SyntaxNode, document: Document): SiteCheck | undefined {
  const subject = node.firstNamedChild;
  const right = node.lastNamedChild;
  if (!subject || !right) return undefined;
  const held = /^(?:identifier|attribute)$/.test(right.type) ? heldBy(document, right) : undefined;
  const literal = held?.value ?? right;
  const roots = memberRoots(literal, document, held !== undefined);
  if (!roots) return undefined;
  const isSet =
    literal.type === 'set' ||
    /^(?:frozen)?set\b/.test(document.source.slice(literal.startIndex, literal.startIndex + 10));
  return { node, subject, literal, held, flags: '', isBytes: false, mode: undefined, isHashed: isSet, roots };
}

function patternCheck(node: SyntaxNode, document: Document): SiteCheck | undefined {
  const callee = node.childForFieldName('function');
  const receiver = callee?.childForFieldName('object');
  const args = argumentsOf(node);
  if (!callee || !receiver) return undefined;
  const mode = document.source.slice(callee.childForFieldName('attribute')!.startIndex, callee.endIndex);
  const isModule = document.semantics.qualifiedName(receiver)?.path === 're';
  if (isModule) {
    const [pattern, subject, ...flagArgs] = args;
    if (!pattern || !subject || subject.type === 'keyword_argument') return undefined;
    const written = patternLiteral(pattern, document);
    return written && joinedCheck(node, subject, written, flagArgs, mode, document);
  }
  const held = heldBy(document, receiver);
  // `pattern.match(text, 3)` starts to look behind the third character.
  if (!held || args.length !== 1 || args[0]!.type === 'keyword_argument') return undefined;
  const written = patternLiteral(held.value, document);
  return written && joinedCheck(node, args[0]!, { ...written, held }, [], mode, document);
}

interface Written {
  readonly literal: SyntaxNode;
  readonly held?: Held;
  readonly flagArgs: readonly SyntaxNode[];
}

/** A string, `re.compile(string, flags)`, or a constant that holds one of them. */
function patternLiteral(node: SyntaxNode, document: Document, isHeld = false): Written | undefined {
  if (pythonStringValue(node, document.source)) return { literal: node, flagArgs: [] };
  if (node.type === 'call') {
    const [first, ...flagArgs] = argumentsOf(node);
    return first && pythonStringValue(first, document.source) ? { literal: first, flagArgs } : undefined;
  }
  if (isHeld || !/^(?:identifier|attribute)$/.test(node.type)) return undefined;
  const held = heldBy(document, node);
  const inner = held && patternLiteral(held.value, document, true);
  return inner && { ...inner, held };
}

function joinedCheck(
  node: SyntaxNode,
  subject: SyntaxNode,
  written: Written,
  flagArgs: readonly SyntaxNode[],
  mode: string,
  document: Document,
): SiteCheck | undefined {
  const flags: string[] = [];
  for (const arg of [...written.flagArgs, ...flagArgs]) {
    const text = document.source.slice(arg.startIndex, arg.endIndex).replace(/^flags\s*=\s*/, '');
    if (text === '0') continue;
    for (const part of text.replace(/[()\s]/g, '').split('|')) {
      const name = /^\w+\.([A-Z]+)$/.exec(part)?.[1];
      if (!name) return undefined;
      flags.push(`re.${name}`);
    }
  }
  return {
    node,
    subject,
    literal: written.literal,
    held: written.held,
    flags: [...new Set(flags)].join(' | '),
    isBytes: pythonStringValue(written.literal, document.source)!.isBytes,
    mode,
    isHashed: false,
    roots: [],
  };
}

function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  return (call.childForFieldName('arguments')?.namedChildren ?? []).filter((one) => one.type !== 'comment');
}

/** Methods that change a list or a set. */
const MUTATORS =
  /^(?:append|add|extend|insert|remove|discard|pop|clear|update|sort|reverse|difference_update|intersection_update)$/;

/** A constant must not be one that subclasses replace or that the program changes. */
function checkHeld({ node, held }: SiteCheck, document: Document): void {
  if (!held) return;
  const { source } = document;
  const model = document.semantics as PythonModel;
  const target = held.value.parent?.childForFieldName('left');
  const binding = target && model.bindingAt(target.startIndex);
  for (const read of binding?.reads ?? []) {
    const name = document.root.descendantForIndex(read.start, read.start);
    const parent = name?.parent;
    if (!parent) continue;
    const isChanged =
      (parent.type === 'attribute' &&
        MUTATORS.test(source.slice(parent.childForFieldName('attribute')!.startIndex, parent.endIndex))) ||
      (parent.type === 'subscript' &&
        /^(?:assignment|augmented_assignment|delete_statement)$/.test(parent.parent?.type ?? '')) ||
      parent.type === 'augmented_assignment' ||
      // Under another name it could be changed, which of constants of classes is asked for later.
      (parent.type === 'assignment' && binding!.scope.kind !== 'class' && !isImmutable(held.value, source));
    if (isChanged) throw notConstant(node, document);
  }
}

function notConstant(node: SyntaxNode, document: Document): Refusal {
  const place = { file: document.file, range: document.source.rangeOf(node) };
  return new Refusal('pattern-not-constant', { line: place.range.start.line + 1, file: document.file }, place);
}
