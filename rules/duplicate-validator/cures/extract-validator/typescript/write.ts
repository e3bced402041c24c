import { placeAt } from '../../../../../core/edit/places';
import { Refusal } from '../../../../../core/edit/refusal';
import type { Blueprint, CarriedName, Piece, Span } from './blueprint';
import { Draft, spanOf } from './draft';
import { insertionPoint } from './habits';
import { commentText, constantsLeftBehind, type LeftBehind } from './left-behind';
import type { Plan } from './plan';
import type { Twin } from './twins';
import { constantCode, predicateCode } from './write-check';
import { exportConstant, namesTaken, placed, removeImports } from './write-module';
import { writeAsk, writeCall, writeConstantName } from './write-places';
import { validatorCode } from './write-validator';

/** Writes the shared code, and what becomes of the places, as far as the compiler need not be asked. */
export function blueprintOf(plan: Plan): Blueprint {
  const draft = new Draft(plan);
  return plan.twins ? ofTwins(draft, plan.twins) : ofChecks(draft);
}

function ofChecks(draft: Draft): Blueprint {
  const { sites, cluster, constant, existing, isKept } = draft.plan;
  for (const [index, unit] of (cluster?.units ?? []).entries()) writeCall(draft, unit, index);
  for (const { site, use } of draft.plan.uses) {
    if (use.kind === 'predicate') writeAsk(draft, site, use);
    else writeConstantName(draft, site);
  }
  const left = constantsLeftBehind(sites, draft.gone, constant?.there);
  removeImports(draft, left);
  const uses = isKept ? [constant!.name] : [];
  for (const one of left) draft.remove(one.document, one, uses);
  if (existing?.hidden && draft.isShown) {
    const { startIndex: start } = existing.hidden;
    draft.edits.push({ file: draft.plan.target.file, start, end: start, code: 'export ', uses: [] });
  }
  if (existing) return blueprint(draft, { code: [], at: placeOf(draft, usedAt(draft)), carried: [] });
  const code = sharedCode(draft, left);
  const at = placeOf(draft, usedAt(draft));
  return blueprint(draft, { code: placed(draft, code, at), at, carried: namesTaken(draft) });
}

/** All but one of the same functions go, and their files import the one. */
function ofTwins(draft: Draft, twins: readonly Twin[]): Blueprint {
  const { existing, predicate } = draft.plan;
  const [kept] = twins as readonly [Twin, ...Twin[]];
  for (const { document, lines, reads } of twins) {
    if (existing && document === kept.document) continue;
    draft.remove(document, lines, [predicate!]);
    draft.gone.set(document, [lines]);
    draft.rewritten.push(...reads.map(({ start, end }) => ({ file: document.file, start, end })));
  }
  removeImports(draft, []);
  const at = placeOf(draft, []);
  if (existing) return blueprint(draft, { code: [], at, carried: [] });
  const { document, statement, lines, carried } = kept;
  const comments = lines.comments.flatMap(({ start, end }): Piece[] => [
    ...draft.copied({ file: document.file, start, end }),
    '\n',
  ]);
  const code = [...comments, 'export ', ...draft.copied(spanOf(document, statement), document)];
  return blueprint(draft, { code: placed(draft, code, at), at, carried });
}

interface Written {
  readonly code: readonly Piece[];
  readonly at: { readonly offset: number };
  readonly carried: readonly CarriedName[];
}

function blueprint(draft: Draft, { code, at, carried }: Written): Blueprint {
  const { plan, near, isJavaScript, types, edits, strings, rewritten } = draft;
  const { file, document } = plan.target;
  const target = { file, isNew: !document, near: near.file, isJavaScript };
  return { target, at: at.offset, code, types, edits, rewritten, carried, strings };
}

/** The definitions, a blank line between each two. */
function sharedCode(draft: Draft, left: readonly LeftBehind[]): Piece[] {
  const { constant, predicate, cluster } = draft.plan;
  const comments = distinctComments(left, draft.plan.sites.length);
  const parts: Piece[][] = [];
  if (constant && !constant.there) parts.push(constantCode(draft, comments));
  if (constant?.there) exportConstant(draft);
  if (predicate !== undefined) parts.push(predicateCode(draft, constant?.there || !constant ? comments : []));
  if (cluster) parts.push(validatorCode(draft));
  return parts.flatMap((part, index) => (index === 0 ? part : ['\n\n', ...part]));
}

/** @param uses where the target names the shared code */
function placeOf(
  { plan: { target, twins, constant } }: Draft,
  uses: readonly number[],
): ReturnType<typeof insertionPoint> {
  if (!target.document) return { offset: 0, isBefore: false };
  return insertionPoint(target.document, uses, twins ? undefined : constant?.there);
}

function usedAt({ plan: { sites, target } }: Draft): number[] {
  return sites
    .filter(({ document }) => document.file === target.file)
    .map(({ document, place }) => document.source.offsetAt(place.range.start));
}

/**
 * Comments of constants that are gone, where all that have some say the same; those of a function or a class are of that alone, unless all
 * places have them.
 * @throws Refusal `comment-would-be-lost` where each speaks of its own place
 */
function distinctComments(left: readonly LeftBehind[], places: number): Span[] {
  const said = left.filter(({ comments }) => comments.length > 0);
  const [first] = said;
  const other =
    said.find((one) => commentText(one) !== commentText(first!)) ??
    (said.length < places ? said.find(({ isTop }) => !isTop) : undefined);
  if (other) {
    const { document, comments } = other;
    const at = placeAt(document, { startIndex: comments[0]!.start, endIndex: comments.at(-1)!.end });
    const args = { comment: commentText(other), line: at.range.start.line + 1, file: document.file };
    throw new Refusal('comment-would-be-lost', args, at);
  }
  return (first?.comments ?? []).map(({ start, end }) => ({ file: first!.document.file, start, end }));
}
