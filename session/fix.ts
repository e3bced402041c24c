import { Refusal, VerificationFailure } from '../core/edit/refusal';
import type { Cure, CureChoices } from '../core/rule/cure';
import type { Finding, Message, Place } from '../core/rule/finding';
import type { CureOutcome } from '../core/rule/outcome';
import type { VerifiedChange } from '../core/verify/index';
import { buildCure, cureByName, curesOf, onlyCure, prepareCure } from './cures';
import { didYouMean } from './nearest';
import { RULES } from './registry';
import { checkRules } from './survey';
import { UsageError } from './types';
import type { TypeScriptCompiler } from './typescript/service';
import { isInScope, type Workspace } from './workspace';
import { writeChange } from './write-change';

export interface FixRequest {
  readonly rules?: readonly string[];
  readonly cure?: string;
  /** The finding at this place (1-based line), or a place of its group. */
  readonly at?: { readonly file: string; readonly line: number };
  /** Every finding in scope. */
  readonly all: boolean;
  readonly write: boolean;
  readonly allowReview: boolean;
  readonly choices: CureChoices;
  readonly signal?: AbortSignal;
}

/**
 * Cures the findings that a request names, one after the other: each is built on what the ones before it left, and the workspace is
 * analysed again after each.
 * @throws UsageError when the request names nothing that exists, or several rules at one place
 */
export async function* fix(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  request: FixRequest,
): AsyncGenerator<CureOutcome> {
  checkFixNames(request);
  const tried = new Map<string, number>();
  for (let limit = workspace.findings().length * 2; limit > 0; limit--) {
    request.signal?.throwIfAborted();
    const finding = nextOf(chosen(workspace, await workspace.reportedFindings(), request), tried);
    if (!finding) return;
    const outcome = await cureOne(workspace, typescript, finding, request);
    // A finding that stays, refused or only lighter, is not tried twice.
    const key = keyOf(finding);
    if (outcome.outcome !== 'applied' || workspace.findings().some((one) => keyOf(one) === key))
      tried.set(key, (tried.get(key) ?? 0) + 1);
    yield outcome;
    if (request.at) return;
  }
}

/**
 * Whether the rules and the cure that a request names exist: worth knowing before a workspace is analysed.
 * @throws UsageError
 */
export function checkFixNames({ rules, cure }: Pick<FixRequest, 'rules' | 'cure'>): void {
  checkRules(rules);
  const cures = RULES.flatMap(({ meta }) => meta.cures.map(({ id }) => id));
  if (cure !== undefined && !cures.includes(cure))
    throw new UsageError(`--cure ${cure}: no such cure${didYouMean(cure, cures) || `; there are ${cures.join(', ')}`}`);
}

/** The findings that the request is about, as they are now. */
function chosen(workspace: Workspace, all: readonly Finding[], { rules, at, cure }: FixRequest): Finding[] {
  const findings = all.filter(
    (finding) => (!rules || rules.includes(finding.rule)) && isInScope(workspace.scope, finding),
  );
  if (!at) return findings.filter((finding) => curesOf(finding).some(({ id }) => cure === undefined || id === cure));
  const here = findings.filter((finding) => [finding, ...finding.related].some((place) => covers(place, at)));
  const names = [...new Set(here.map(({ rule }) => rule))];
  if (names.length > 1) {
    throw new UsageError(
      `--at ${at.file}:${at.line}: findings of several rules are here; add --rule with one of ${names.join(', ')}`,
    );
  }
  return here;
}

function covers({ file, range }: Place, at: { file: string; line: number }): boolean {
  // The end is exclusive: a range that ends at the very start of a line does not cover it.
  const last = range.end.character === 0 ? Math.max(range.start.line, range.end.line - 1) : range.end.line;
  return file === at.file && range.start.line + 1 <= at.line && at.line <= last + 1;
}

const keyOf = ({ rule, fingerprint, file }: Finding): string => `${rule} ${fingerprint} ${file}`;

/** The first finding whose like has not been tried as often as it occurs. */
function nextOf(findings: readonly Finding[], tried: ReadonlyMap<string, number>): Finding | undefined {
  const seen = new Map<string, number>();
  return findings.find((finding) => {
    const key = keyOf(finding);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before >= (tried.get(key) ?? 0);
  });
}

async function cureOne(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  finding: Finding,
  request: FixRequest,
): Promise<CureOutcome> {
  const cure = chooseCure(finding, request.cure);
  const offer = finding.cures.find(({ id }) => id === cure?.id)?.applicability ?? 'unknown';
  const base = { finding, cure, title: undefined, written: false, applicability: offer, notes: [], files: [] } as const;
  let title: Message | undefined;
  try {
    if (!cure) throw new Refusal('no-cure', { rule: finding.rule });
    const plan = await prepareCure(workspace, finding, cure, request.choices);
    title = plan.title;
    const change = await buildCure(workspace, typescript, finding, cure, request.choices, request.signal);
    const { applicability, notes, files } = change;
    const built = { ...base, title, applicability, notes, files };
    if (applicability === 'review' && !request.allowReview)
      return { ...built, outcome: 'refused', refusal: needsReview(change) };
    if (request.write) await writeChange(workspace.root, files);
    await workspace.take(change);
    return { ...built, outcome: 'applied', written: request.write };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const outcome = error instanceof VerificationFailure ? 'failed' : 'refused';
    return { ...base, title, outcome, refusal: error };
  }
}

/** The cure that was asked for, else the first safe one, else the first, else the one that can say why it is not offered. */
function chooseCure(finding: Finding, id: string | undefined): Cure | undefined {
  if (id !== undefined) return cureByName(finding, id);
  const cures = curesOf(finding);
  const isSafe = (cure: Cure) => finding.cures.find((offer) => offer.id === cure.id)?.applicability === 'safe';
  return cures.find(isSafe) ?? cures[0] ?? onlyCure(finding);
}

/** Names the first doubt, whose text only the cure knows. */
function needsReview({ notes }: VerifiedChange): CureOutcome['refusal'] {
  const doubt = notes.find(({ isDoubt }) => isDoubt);
  return { messageId: 'needs-review', args: { note: doubt?.messageId ?? '' }, ...(doubt?.at ? { at: doubt.at } : {}) };
}
