import type { Document } from '../../../../../core/edit/snapshot';
import { finalComma } from '../../../../../core/edit/typescript/format';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import { appendPoint } from '../../../../../core/edit/typescript/new-module/append-point';
import { moreExports } from '../../../../../core/edit/typescript/new-module/common-js';
import { headerOf } from '../../../../../core/edit/typescript/new-module/header';
import { unusedImportSpans } from '../../../../../core/edit/typescript/unused-imports';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { headline } from './adapters';
import type { Blueprint, Code, MethodCode, OtherModule, ReturnQuestion } from './blueprint';
import { carriedBy, movedSpans, topNames } from './carried';
import { copied, indentationAt, textOfCode } from './code';
import type { Elsewhere } from './elsewhere';
import { Holder } from './holder';
import type { Relatives } from './holding';
import { injectableHead, registrations } from './injected';
import type { Injection } from './injection';
import { insertionPoint } from './insertion-point';
import { methodBody } from './method-code';
import type { Piece } from './piece';
import { isInInput } from './pieces';
import type { Adapter, AdapterMethod, Plan } from './plan';
import { describe } from './wording';

/** Writes the adapters, makes the class hold them, and calls of their methods at every place, as far as the compiler need not be asked. */
export function blueprintOf(plan: Plan, relatives: Relatives, injection: Injection | undefined): Blueprint {
  return new Writer(plan, relatives, injection).blueprint();
}

class Writer {
  private readonly document: Document;
  private readonly holder: Holder;
  /** How each piece is called where it was. */
  private readonly callees = new Map<Piece, string>();
  private readonly isJavaScript: boolean;

  constructor(
    private readonly plan: Plan,
    relatives: Relatives,
    private readonly injection: Injection | undefined,
  ) {
    this.document = plan.subject.document;
    this.isJavaScript = isJavaScript(this.document.file);
    this.holder = new Holder(plan, relatives, injection);
  }

  blueprint(): Blueprint {
    const { plan, document, holder } = this;
    for (const adapter of plan.adapters) {
      const access = holder.hold(adapter);
      for (const { name, pieces } of adapter.methods)
        for (const piece of pieces) this.callees.set(piece, `${access}.${name}`);
    }
    const { elsewhere } = plan;
    const target = elsewhere?.document;
    const at = elsewhere ? (target ? appendPoint(target).offset : 0) : insertionPoint(plan.subject);
    const isExported = elsewhere ? !elsewhere.isCommonJs : holder.isExported;
    const plain = { head: isExported ? 'export ' : '', imports: [] };
    const { head, imports } = this.injection ? injectableHead(this.injection, document) : plain;
    const pieces = [...this.callees.keys()];
    const edits = pieces
      .filter((one) => !pieces.some((other) => other !== one && isInInput(one, other)))
      .map((one) => ({ start: one.start, end: one.end, code: this.callCode(one) }));
    // What is said in the words of another piece may have been the only reader of an import.
    const merged = plan.adapters.flatMap(({ methods }) => methods.flatMap((one) => one.pieces.slice(1)));
    const isBehindCode = /\S[ \t]*\r?\n[ \t]*$/.test(document.source.text.slice(0, at));
    return {
      file: document.file,
      elsewhere: elsewhere && this.otherModule(elsewhere, pieces),
      isJavaScript: this.isJavaScript,
      at,
      isBehindCode: elsewhere ? target !== undefined && !appendPoint(target).isBefore : isBehindCode,
      adapters: plan.adapters.map((one) => ({
        head,
        className: one.className,
        comment: headline(one.group, plan.subject),
        methods: one.methods.map((method) => this.method(method)),
        existing: one.existing && endOfMembers(one.existing),
      })),
      defaults: holder.defaults,
      edits: [...holder.edits(), ...edits, ...unusedImports(elsewhere ? pieces : merged, document)],
      imports: plan.adapters.some(({ existing }) => !existing) ? imports : [],
      others: this.injection ? registrations(plan.subject, this.injection, holder.classNames) : [],
    };
  }

  private otherModule(elsewhere: Elsewhere, pieces: readonly Piece[]): OtherModule {
    const { plan, document, holder } = this;
    const { file, document: target, isCommonJs } = elsewhere;
    const made = plan.adapters.filter(({ existing }) => !existing).map(({ className }) => className);
    const end = document.style.semicolons ? ';' : '';
    return {
      file,
      isNew: target === undefined,
      head: target ? '' : headerOf([document]),
      tail: isCommonJs ? `\nmodule.exports = { ${made.join(', ')} }${end}\n` : '',
      isCommonJs,
      exports: target && isCommonJs ? moreExports(target, made) : undefined,
      imported: [...holder.classNames].sort(),
      carried: pieces.flatMap((piece) => carriedBy(piece, plan.subject)),
      names: topNames(document),
    };
  }

  private method({ name, pieces }: AdapterMethod): MethodCode {
    const [piece] = pieces;
    return {
      name,
      comment: describe(name, piece!, this.plan.subject),
      isAsync: piece!.isAsync,
      parameters: piece!.inputs.map((input, at) => ({
        name: input.name,
        places: pieces.map(({ inputs }) => spanOf(inputs[at]!.node)),
      })),
      returns: this.returnOf(piece!),
      body: methodBody(piece!, this.document),
    };
  }

  private returnOf({ value, site }: Piece): ReturnQuestion {
    const { document, unit } = this.plan.subject;
    const head = textOf(document, unit);
    // A class that says what its methods return is to go on doing so.
    const isWritten = /\)\s*:\s*[A-Za-z][\w.<>[\]| ]*\s*\{/.test(head);
    const isSilent =
      /(?:write|append|unlink|rm|rmdir|rename|copyFile|cp|chmod|chown|truncate|symlink|link|utimes)\w*Sync$/.test(
        site.call.path,
      );
    return { value: spanOf(value), mayBeVoid: this.isJavaScript ? isSilent : undefined, isWritten };
  }

  /** The call that comes into the place of a piece. */
  private callCode(piece: Piece): Code[] {
    const { document } = this;
    const callee = this.callees.get(piece)!;
    const before: Code[] = piece.last ? [{ start: piece.last.startIndex, end: piece.value.startIndex }] : [];
    const indentation = indentationAt(document, piece.start);
    const head = `${piece.isAsync ? 'await ' : ''}${brokenAs(piece, callee, indentation, document)}(`;
    // Code that had lines of its own, and has its call's line now, moves to the left.
    const isAlone = this.hasOwnLines(piece);
    const argsAt = (blanks: string | undefined): Code[][] =>
      piece.inputs.map(({ node }) => this.argument(node, piece, blanks));
    const args = argsAt(isAlone ? undefined : indentation);
    const line = [...before, head, ...joined(args, ', '), ')'];
    const { indent, lineLength, semicolons } = document.style;
    const lead = piece.last ? 0 : piece.start - lineStart(document, piece.start) - indentation.length;
    const width =
      indentation.replaceAll('\t', '    ').length + lead + textOfCode(line, document).length + (semicolons ? 1 : 0);
    const brokenAt = args.findIndex((one) => textOfCode(one, document).includes('\n'));
    // Only the last of several arguments may run on over further lines.
    const isApart = brokenAt >= 0 && brokenAt < args.length - 1;
    const inner = `\n${indentation}${indent}`;
    if (brokenAt < 0 && isOnlyArgument(piece, document)) {
      const over = lineAround(piece, document, textOfCode(line, document)) > lineLength;
      const fits = width - lead + indent.length <= lineLength;
      return over && fits ? [inner, ...line, `${finalComma(document.style)}\n${indentation}`] : line;
    }
    const mayBreak = args.length > 0 && (isAlone || isWhole(piece, document));
    if (brokenAt >= 0 ? !isAlone && !isApart : width <= lineLength || !mayBreak) return line;
    const options = piece.inputs.at(-1)!.node;
    // An object at the end is opened first, as formatters open it.
    if (brokenAt < 0 && args.length > 1 && options.type === 'object' && options.namedChildCount > 0) {
      const members = options.namedChildren.map((one) => [inner, ...this.argument(one, piece, undefined)]);
      const rest = [...before, head, ...joined(args.slice(0, -1), ', '), ', {'];
      if (indentation.length + lead + textOfCode(rest, document).length <= lineLength)
        return [...rest, ...joined(members, ','), `${finalComma(document.style)}\n${indentation}})`];
    }
    const own = isApart && !isAlone ? argsAt(`${indentation}${indent}`) : args;
    return [
      ...before,
      head,
      ...own.flatMap((one, at): Code[] => [at === 0 ? inner : `,${inner}`, ...one]),
      `${finalComma(document.style)}\n${indentation})`,
    ];
  }

  /** Whether each of the arguments, of which one runs over several lines, had a line of its own. */
  private hasOwnLines({ inputs, start }: Piece): boolean {
    const { text } = this.document.source;
    const wanted = indentationAt(this.document, start) + this.document.style.indent;
    return inputs.every(
      ({ node }) => text.slice(lineStart(this.document, node.startIndex), node.startIndex) === wanted,
    );
  }

  /** What is handed over, with the calls in it that move as well. */
  private argument(node: SyntaxNode, outer: Piece, indentation: string | undefined): Code[] {
    const inside = [...this.callees.keys()].filter(
      (one) => one !== outer && node.startIndex <= one.start && one.end <= node.endIndex,
    );
    const nested = inside
      .filter((one) => !inside.some((other) => other !== one && isInInput(one, other)))
      .map((one) => ({ start: one.start, end: one.end, code: this.callCode(one) }));
    const inner = node.type === 'parenthesized_expression' && node.namedChildCount === 1 ? node.firstNamedChild! : node;
    return copied(this.document, spanOf(inner), nested, indentation);
  }
}

/** Takes out what only moved code asked for. */
function unusedImports(pieces: readonly Piece[], document: Document): Blueprint['edits'] {
  const gone = pieces.flatMap((piece) => movedSpans(piece));
  return unusedImportSpans(document, gone).map(({ start, end }) => ({ start, end, code: [] }));
}

function spanOf({ startIndex, endIndex }: SyntaxNode): { start: number; end: number } {
  return { start: startIndex, end: endIndex };
}

function joined(parts: readonly Code[][], separator: string): Code[] {
  return parts.flatMap((part, at) => (at === 0 ? part : [separator, ...part]));
}

function lineStart({ source: { text } }: Document, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** A chain whose first member has a line of its own (`fs`, `.readdirSync(folder)`, `.filter(...)`) stays one of such lines. */
function brokenAs(
  { site, end }: Piece,
  callee: string,
  indentation: string,
  { source: { text }, style }: Document,
): string {
  const member = callee.lastIndexOf('.');
  const isBroken = /^\s*\n\s*\./.test(text.slice(site.callee.childForFieldName('object')?.endIndex ?? end));
  const goesOn = /^\s*\n\s*\??\./.test(text.slice(end));
  if (member < 0 || !isBroken || !goesOn) return callee;
  return `${callee.slice(0, member)}\n${indentation}${style.indent}${callee.slice(member)}`;
}

/** Whether a call is all that another one is handed, with nothing behind that one on its line. */
function isOnlyArgument({ value, last, start, end }: Piece, { source: { text } }: Document): boolean {
  const list = last ? null : value.parent;
  if (list?.type !== 'arguments' || list.namedChildCount !== 1) return false;
  const isTight = text[start - 1] === '(' && text[end] === ')';
  return isTight && /^\)[;,]?[ \t]*\r?$/m.test(text.slice(end, end + 200).split('\n', 1)[0]!);
}

/** How long the line of a piece is with other code in its place. */
function lineAround({ start, end }: Piece, document: Document, code: string): number {
  const { text } = document.source;
  const rest = text.indexOf('\n', end);
  return start - lineStart(document, start) + code.length + ((rest < 0 ? text.length : rest) - end);
}

/** Within a larger expression a break would fall where no formatter puts one, unless it has lines of its own there. */
function isWhole({ value, last, start, end }: Piece, document: Document): boolean {
  if (last) return true;
  const { text } = document.source;
  const isItem = /^(?:array|arguments)$/.test(value.parent?.type ?? '');
  if (isItem && text.slice(lineStart(document, start), start).trim() === '' && /^,?[ \t]*\r?\n/.test(text.slice(end)))
    return true;
  const parent = value.parent?.type === 'await_expression' ? value.parent.parent : value.parent;
  // `if (isOld) await run(...)` is broken behind its condition first.
  if (/^(?:expression|return)_statement$/.test(parent?.type ?? ''))
    return text.slice(lineStart(document, parent!.startIndex), parent!.startIndex).trim() === '';
  return /^(?:variable_declarator|assignment_expression)$/.test(parent?.type ?? '');
}

function endOfMembers(definition: SyntaxNode): number {
  return definition.childForFieldName('body')!.lastNamedChild!.endIndex;
}

export type { Adapter };
