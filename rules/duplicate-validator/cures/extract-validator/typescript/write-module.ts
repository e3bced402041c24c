import type { Document } from '../../../../../core/edit/snapshot';
import { moreExports } from '../../../../../core/edit/typescript/new-module/common-js';
import { headerOf } from '../../../../../core/edit/typescript/new-module/header';
import { unusedImportSpans } from '../../../../../core/edit/typescript/unused-imports';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { CarriedName, Piece } from './blueprint';
import { carriedBy } from './carried';
import type { Draft } from './draft';
import { commonJsHabit } from './habits';
import type { LeftBehind } from './left-behind';
import { textOf } from './site';

/** The shared code as its file has it: with the head and the exports of a new one, or with blank lines around. */
export function placed(draft: Draft, code: readonly Piece[], at: { offset: number; isBefore: boolean }): Piece[] {
  const { target, constant, predicate, validator } = draft.plan;
  const own = constant?.isShared && !constant.there ? constant.name : undefined;
  const names = [own, predicate, validator].filter((one) => one !== undefined);
  if (!target.document) {
    const tail = commonJsHabit(draft.near) ? `\n\nmodule.exports = { ${names.join(', ')} }${draft.end}\n` : '\n';
    return [headerOf(draft.plan.sites.map(({ document }) => document)), ...code, tail];
  }
  if (code.length === 0) return [];
  if (draft.isShown && commonJsHabit(target.document))
    addToExports(draft, target.document, [...names, ...(constant?.isShared && constant.there ? [constant.name] : [])]);
  const { text } = target.document.source;
  const isOpen = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, at.offset)) || at.offset === 0;
  return at.isBefore ? [isOpen ? '' : '\n', ...code, '\n\n'] : [text.trim() === '' ? '' : '\n\n', ...code];
}

function addToExports(draft: Draft, document: Document, names: readonly string[]): void {
  const more = moreExports(document, names);
  if (more) draft.edits.push({ file: document.file, start: more.at, end: more.at, code: more.code, uses: [] });
}

/** A constant of the target that others name from now on. */
export function exportConstant(draft: Draft): void {
  const { constant, target } = draft.plan;
  const statement = constant!.there!.declarator.parent!;
  if (
    !constant!.isShared ||
    !draft.isShown ||
    statement.parent?.type === 'export_statement' ||
    commonJsHabit(draft.near)
  )
    return;
  draft.edits.push({
    file: target.file,
    start: statement.startIndex,
    end: statement.startIndex,
    code: 'export ',
    uses: [],
  });
}

/** What the shared code names that it took from where it stood. */
export function namesTaken(draft: Draft): CarriedName[] {
  const { holder, target, constant, predicate, cluster, twins, isKept } = draft.plan;
  if (twins) return [...twins[0]!.carried];
  const [unit] = cluster?.units ?? [];
  const isWritten = holder.check && !constant?.there && (constant || predicate !== undefined);
  // A constant that keeps its name keeps its type.
  const type = isKept ? holder.check!.held!.declarator.childForFieldName('type') : undefined;
  const written = [holder.check?.literal, ...(type?.descendantsOfType('type_identifier') ?? [])].filter(
    (one) => one != null,
  );
  const found = isWritten
    ? carriedBy(holder.document, written, holder.document.file === target.file, 'pattern-not-constant')
    : [];
  if (!unit) return found;
  const { check, document } = unit.site;
  // What the check names goes with it, or is shared under a name of its own.
  const free = unit.free.filter(
    (one) =>
      !(
        check &&
        (constant || predicate) &&
        check.node.startIndex <= one.startIndex &&
        one.startIndex < check.node.endIndex &&
        !isWithin(one, check.subject)
      ),
  );
  return [...found, ...carriedBy(document, free, document.file === target.file, 'other-io')];
}

/** Takes out what only removed code asked for. */
export function removeImports(draft: Draft, left: readonly LeftBehind[]): void {
  const { target } = draft.plan;
  const needed = new Set(namesTaken(draft).map(({ local }) => local));
  const documents = new Set([...draft.gone.keys(), ...left.map(({ document }) => document)]);
  for (const document of documents) {
    const gone = [...(draft.gone.get(document) ?? []), ...left.filter((one) => one.document === document)];
    // In its own module the shared code takes them over.
    const keeps = ({ local }: { local: string }): boolean =>
      document.file === target.file && (needed.has(local) || staysUsed(draft, document, local));
    for (const { start, end } of unusedImportSpans(document, gone, keeps)) draft.remove(document, { start, end });
  }
}

function staysUsed(draft: Draft, document: Document, name: string): boolean {
  const { cluster, holder } = draft.plan;
  const [unit] = cluster?.units ?? [];
  const literal = holder.check?.literal;
  return (
    (unit?.free.some((one) => textOf(unit.site.document, one) === name) ?? false) ||
    (literal !== undefined &&
      holder.document === document &&
      new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(textOf(document, literal)))
  );
}

function isWithin(node: SyntaxNode, outer: SyntaxNode | undefined): boolean {
  return outer !== undefined && outer.startIndex <= node.startIndex && node.startIndex < outer.endIndex;
}
