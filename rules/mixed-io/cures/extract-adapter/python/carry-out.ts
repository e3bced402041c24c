import type { ChangeBuilder } from '../../../../../core/edit/change-builder';
import { Fragment } from '../../../../../core/edit/fragment';
import { PythonEditor } from '../../../../../core/edit/python/editor';
import { callExpression } from '../../../../../core/edit/python/format';
import { PythonImports } from '../../../../../core/edit/python/imports/imports';
import { PythonLayout } from '../../../../../core/edit/python/layout';
import { importLines, type NeededImport } from '../../../../../core/edit/python/new-module/import-lines';
import { insertionPoint } from '../../../../../core/edit/python/new-module/insertion-point';
import { moduleFor } from '../../../../../core/edit/python/new-module/target';
import { indentCode } from '../../../../../core/edit/python/reindent';
import type { Document } from '../../../../../core/edit/snapshot';
import type { PythonModel } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { adapterClass, methodsOf, piecesOf } from './adapter-code';
import type { Adapter } from './adapters';
import { argumentText, isAligned, withoutBrackets } from './argument-text';
import { ClassHolder, type Held } from './class-holder';
import { keepForPatches } from './kept-imports';
import { brokenLine, wasBroken } from './line-break';
import { lineRemark } from './line-remark';
import { importsForHead, localImportsOf } from './local-imports';
import { replaced } from './method-code';
import { movedRanges } from './moved-ranges';
import type { Piece } from './piece';
import { isInInput } from './pieces';
import { commentLines } from './place-comments';
import type { Plan } from './plan';

/** Writes the adapters, makes the class hold them, and calls of their methods at every place. */
export async function carryOut(plan: Plan, changes: ChangeBuilder): Promise<void> {
  await new Extraction(plan, changes).run();
}

class Extraction {
  private readonly imports: PythonImports;
  private readonly editor: PythonEditor;
  private readonly document: Document;
  /** With the piece whose code the method has. */
  private readonly calls = new Map<Piece, { readonly name: string; readonly held: Held; readonly first: Piece }>();

  constructor(
    private readonly plan: Plan,
    private readonly changes: ChangeBuilder,
  ) {
    this.imports = new PythonImports(changes);
    this.document = plan.subject.document;
    this.editor = new PythonEditor(this.document, changes);
  }

  async run(): Promise<void> {
    const { adapters } = this.plan;
    const holder = await ClassHolder.of(this.plan, this.changes.snapshot);
    const held = adapters.map((adapter) => holder.hold(adapter, this.classNameOf(adapter)));
    await this.writeAdapters();
    holder.write(held, this.editor, this.imports, this.changes);
    for (const [at, { methods }] of adapters.entries())
      for (const { name, pieces } of methods)
        for (const piece of pieces) this.calls.set(piece, { name, held: held[at]!, first: pieces[0]! });
    const pieces = [...this.calls.keys()];
    const nested = new Set([
      ...pieces.flatMap((piece) => (piece.rest.length > 0 ? this.within(piece) : [])),
      ...pieces.filter((piece) => pieces.some((one) => one !== piece && isInInput(piece, one))),
    ]);
    for (const piece of pieces) if (!nested.has(piece)) this.writeCall(piece);
    this.settleLocalImports();
    await this.settleImports();
  }

  /** The name of an adapter's class where the old module says it. */
  private classNameOf({ className }: Adapter): string {
    const { target, subject } = this.plan;
    if (target.file === this.document.file) return className;
    return this.imports.ensureImport(this.document, {
      module: moduleFor(this.document.file, target, this.changes.snapshot),
      member: className,
      at: subject.unit.startIndex,
    });
  }

  private async writeAdapters(): Promise<void> {
    const { target, adapters, subject } = this.plan;
    const { snapshot } = this.changes;
    if (!target.document) {
      const { style } = this.document;
      const classes = adapters.map((one) => adapterClass(one, this.plan, style, new Map()));
      const isFuture = subject.model.imports.some(
        ({ module, member }) => module === '__future__' && member === 'annotations',
      );
      const needed: NeededImport[] = [
        ...(isFuture ? [{ module: '__future__', member: 'annotations' }] : []),
        ...this.plan.carried.flatMap((one) => one.imports),
        ...importsForHead(piecesOf(adapters)),
      ];
      const head = importLines(needed, target.file, style, snapshot);
      const code = Fragment.of(
        `"""Adapters of what ${moduleText(this.plan)} talks to."""\n\n`,
        head,
        Fragment.join(classes, '\n\n\n'),
        '\n',
      );
      await this.changes.createFile(target.file, code, this.document);
      return;
    }
    const { document } = target;
    const isSame = document.file === this.document.file;
    const editor = isSame ? this.editor : new PythonEditor(document, this.changes);
    const before = insertionPoint(document, isSame ? [subject.unit.startIndex] : []);
    const renamed = this.importCarried(document, before?.startIndex ?? document.source.text.length);
    const made: Fragment[] = [];
    for (const adapter of adapters) {
      const { existing } = adapter;
      if (!existing) made.push(adapterClass(adapter, this.plan, document.style, renamed));
      else if (adapter.methods.length > 0)
        editor.appendToBlock(existing, Fragment.join(methodsOf(adapter, this.plan, document.style, renamed), '\n\n'));
    }
    if (made.length === 0) return;
    const code = Fragment.join(made, '\n\n\n');
    if (before) editor.insertBefore(before, code);
    else editor.appendToBlock(document.root, code);
  }

  /** Imports what the moved code names, and tells what it is called there. */
  private importCarried(document: Document, at: number): ReadonlyMap<string, string> {
    const renamed = new Map<string, string>();
    if (document.file === this.document.file) return renamed;
    for (const { name, imports } of this.plan.carried) {
      for (const { module, member, alias } of imports) {
        const written = this.imports.ensureImport(document, {
          module,
          ...(member === undefined ? {} : { member }),
          ...(alias === undefined ? {} : { as: alias }),
          at,
        });
        const isDotted = member === undefined && alias === undefined && module.startsWith(`${name}.`);
        if (!isDotted && written !== name) renamed.set(name, written);
      }
    }
    return renamed;
  }

  private writeCall(piece: Piece): void {
    const { document, editor } = this;
    const code = this.callCode(piece);
    if (piece.expression) {
      const isAlone = this.isAloneOnLine(piece);
      const remark = isAlone ? lineRemark(piece, document) : undefined;
      if (remark && remark.text === lineRemark(this.calls.get(piece)!.first, document)?.text)
        this.changes.replace(document, remark.start - remark.blanks, remark.end, '');
      const line = isAlone ? brokenLine(piece, code, document) : undefined;
      const isBroken = isAlone && wasBroken(piece, code, document);
      if (line) this.changes.replace(document, line.start, line.end, line.code);
      else editor.replaceExpression(piece.expression, isBroken ? this.callCode(piece, { isBroken }) : code);
      return;
    }
    const [first] = piece.statements;
    if (piece.rest.length > 0) {
      // Calls within what stays of the block are written with it, because it is indented anew.
      const rest = replaced(
        editor.copyStatements(piece.rest, true),
        document,
        this.within(piece).map((one) => ({
          start: one.start,
          end: one.end,
          text: this.callCode(one, { outer: piece }),
        })),
      );
      editor.replaceStatement(first!, Fragment.of(code, blankLines(document, piece), rest));
    } else if (piece.statements.length === 1) editor.replaceStatement(first!, code);
    else {
      const indentation = new PythonLayout(document).indentationAt(piece.start);
      this.changes.replace(document, piece.start, piece.end, indentCode(code, indentation, document.file, false));
    }
  }

  /** Whether no other call of an adapter comes into the lines of a piece, within it or beside it. */
  private isAloneOnLine({ start, end }: Piece): boolean {
    const { source } = this.document;
    const isBefore = (a: number, b: number): boolean => source.lineAt(a) < source.lineAt(b);
    return [...this.calls.keys()].filter((one) => !isBefore(one.end, start) && !isBefore(end, one.start)).length === 1;
  }

  /** The pieces that stand in what stays of a block. */
  private within({ end, rest }: Piece): Piece[] {
    const last = Math.max(end, ...rest.map((one) => one.endIndex));
    const pieces = [...this.calls.keys()].filter((one) => one.start >= end && one.end <= last);
    return pieces.filter((one) => !pieces.some((other) => other !== one && isInInput(one, other)));
  }

  /** Calls within what a piece is handed, without those within what they are handed themselves. */
  private nestedIn(node: SyntaxNode, outer: Piece): { start: number; end: number; text: string }[] {
    const inside = [...this.calls.keys()].filter(
      (one) => one !== outer && node.startIndex <= one.start && one.end <= node.endIndex,
    );
    return inside
      .filter((one) => !inside.some((other) => other !== one && isInInput(one, other)))
      .map((one) => ({ start: one.start, end: one.end, text: this.callCode(one).toString() }));
  }

  /**
   * @param outer the piece in whose rest the call will stand, with as much less indentation
   * @param isBroken within a larger expression, whether its arguments have lines of their own where they do not fit
   */
  private callCode(piece: Piece, { outer, isBroken = false }: { outer?: Piece; isBroken?: boolean } = {}): Fragment {
    const { document } = this;
    const { name, held } = this.calls.get(piece)!;
    const { text } = document.source;
    const lineStart = text.lastIndexOf('\n', piece.start - 1) + 1;
    const indentation = /^[ \t]*/.exec(text.slice(lineStart))![0];
    const hasMany = piece.inputs.filter(({ isConstant }) => !isConstant).length > 3;
    const args = piece.inputs.map((input, at) => {
      const value = argumentText(input.node, document, this.nestedIn(input.node, piece));
      const isNamed = input.isConstant || (hasMany && at > 0);
      return isNamed && !/^\*/.test(value) ? `${input.name}=${value}` : value;
    });
    const names = Fragment.join(
      piece.outputs.map(({ write }) => Fragment.copy(document, write.start, write.end)),
      ', ',
    );
    const lead = piece.result === 'return' && !piece.expression ? 'return ' : names.length > 0 ? ' = ' : '';
    const wait = piece.isAsync ? 'await ' : '';
    const callee = `${held.access(piece.site)}.${name}`;
    const lineEnd = text.indexOf('\n', piece.end) < 0 ? text.length : text.indexOf('\n', piece.end);
    const behind = piece.expression ? /^[^#]*/.exec(text.slice(piece.end, lineEnd))![0].trimEnd().length : 0;
    const before = piece.expression ? piece.start - lineStart - indentation.length : names.length + lead.length;
    // Within a larger expression a break would fall where no formatter puts one.
    const parent = piece.expression?.parent?.type ?? 'return_statement';
    const isWhole =
      /^(?:(?:augmented_)?assignment|(?:expression|return|for|if|while)_statement|elif_clause|await|with_item|as_pattern)$/.test(
        parent,
      );
    const [only, second] = piece.inputs;
    const isHugged = only && !second && isAligned(withoutBrackets(only.node), document) && args[0]!.includes('\n');
    const call =
      (isWhole || isBroken) && !isHugged
        ? callExpression(callee, args, document.style, { indentation, before: before + wait.length, after: behind })
        : `${callee}(${this.aligned(piece, args, before + wait.length + callee.length + 1)})`;
    const code = Fragment.of(commentLines(piece, document), names, lead, wait, call);
    if (!outer) return code;
    const base = new PythonLayout(document).indentationAt(outer.rest[0]!.startIndex);
    return indentCode(code, indentation.slice(base.length), document.file, false);
  }

  /** Arguments one behind the other, of which those that were aligned with their bracket are so again. @param column of the first one */
  private aligned({ inputs }: Piece, args: readonly string[], column: number): string {
    let line = '';
    for (const [at, argument] of args.entries()) {
      if (at > 0) line += ', ';
      const start = column + line.length - (line.lastIndexOf('\n') + 1);
      const isMoved = isAligned(withoutBrackets(inputs[at]!.node), this.document);
      line += isMoved ? argument.replace(/\n(?=[^\n])/g, `\n${' '.repeat(start)}`) : argument;
    }
    return line;
  }

  /** Imports inside functions go with the code that used them. */
  private settleLocalImports(): void {
    const { subject, target } = this.plan;
    const pieces = piecesOf(this.plan.adapters);
    const done = new Set<number>();
    for (const one of localImportsOf(pieces, subject, target.file !== this.document.file)) {
      if (done.has(one.statement.id)) continue;
      done.add(one.statement.id);
      if (one.fate === 'goes') this.editor.removeStatement(one.statement);
      if (one.fate !== 'kept') continue;
      const { text } = this.document.source;
      const end = one.statement.endIndex;
      const line = text.slice(end, text.indexOf('\n', end) < 0 ? undefined : text.indexOf('\n', end));
      if (/noqa/.test(line)) continue;
      const says = '  # noqa: F401 -- fails here if it is missing';
      if (/^\s*$/.test(line)) this.changes.insert(this.document, end, says);
    }
  }

  /** Takes out the imports that only moved code named; those that tests patch stay and say so. */
  private async settleImports(): Promise<void> {
    const { subject, target, adapters } = this.plan;
    if (target.file === this.document.file) return;
    const ranges = adapters.flatMap((one) =>
      one.methods.flatMap(({ pieces }) => pieces.flatMap((piece) => movedRanges(piece))),
    );
    const model = this.document.semantics as PythonModel;
    for (const imported of model.imports) {
      if (imported.lazy) continue;
      const reads = model.occurrenceAt(imported.start)?.symbol.binding?.reads ?? [];
      const isMoved = (at: number): boolean => ranges.some((range) => range.start <= at && at < range.end);
      if (!reads.some(({ start }) => isMoved(start))) continue;
      const isGone = await this.imports.removeUnusedImport(this.document, imported, ranges);
      if (!isGone && reads.every(({ start }) => isMoved(start))) keepForPatches(imported, subject, this.changes);
    }
  }
}

function moduleText({ subject, snapshot }: Plan): string {
  return snapshot.modules.python.nameOf(subject.document.file) ?? subject.document.file;
}

/** Line breaks between the call and what stays of the block. */
function blankLines({ source: { text } }: Document, piece: Piece): string {
  const between = text.slice(piece.end, piece.rest[0]!.startIndex);
  return /\n[ \t]*\r?\n/.test(between) ? '\n\n' : '\n';
}
