import type { Applicability, ChangeNote, ChangeSet } from '../edit/change-set';
import { Refusal, VerificationFailure } from '../edit/refusal';
import type { Snapshot } from '../edit/snapshot';
import { IMPORTS_ID, type ImportFact } from '../facts/imports';
import type { ParsedFile } from '../facts/parsed-file';
import type { Finding } from '../rule/finding';
import type { AnyRule } from '../rule/rule';
import type { SyntaxEngine } from '../syntax/engine';
import { Candidate } from './candidate';
import { checkComments } from './comments';
import { checkExports } from './exports';
import { checkFindings, type Reanalysis } from './findings';
import { checkNames } from './names';
import { checkPatches } from './patches';
import { checkSyntax } from './syntax';
import type { TypeScriptChecker } from './typescript';
import { checkUnused } from './unused';

/** What `verify` needs from outside the core. */
export interface VerifyServices {
  readonly engine: SyntaxEngine;
  readonly typescript: TypeScriptChecker;
  readonly rules: readonly AnyRule[];
  /** Judges the whole workspace with the given files in place of their old state. */
  reanalyse(files: ReadonlyMap<string, ParsedFile>): Reanalysis;
}

declare const verified: unique symbol;

/** A change that has passed every check. Only {@link verify} makes it, and only it may be written or shown. */
export interface VerifiedChange {
  readonly [verified]: true;
  readonly files: readonly VerifiedFile[];
  readonly applicability: Applicability;
  readonly notes: readonly ChangeNote[];
  /** The edits of the files that were there before. */
  readonly changeSet: ChangeSet;
}

export interface VerifiedFile {
  readonly file: string;
  /** Undefined for a file that the change creates. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * Stands between every cure and every caller: applies the change in memory and checks (1) that the files are those it was made for,
 * (2) that what was understood still is, (3) that the language's compiler would take it, (4) that every name means what it meant,
 * nothing is missed by other files and nothing is left unused, (5) that no comment is lost, (6) that the finding is gone or lighter and none is new.
 *
 * @param target the finding that the change is to cure
 * @throws VerificationFailure with the reason of the first check that fails
 * @throws Refusal where nothing could be checked: the file changed, is not understood, or there is no compiler to ask
 */
export async function verify(
  changeSet: ChangeSet,
  target: Finding,
  snapshot: Snapshot,
  services: VerifyServices,
  signal?: AbortSignal,
): Promise<VerifiedChange> {
  const candidate = await Candidate.of(changeSet, snapshot, services.engine);
  try {
    checkSyntax(candidate);
    checkNames(candidate, snapshot.modules);
    const ofPatches = checkPatches(candidate, snapshot);
    await checkExports(candidate, snapshot);
    await checkUnused(candidate, snapshot);
    checkComments(candidate);
    const files = new Map(candidate.files.map(({ file, after }) => [file, after]));
    const rules = new Map(services.rules.map((rule) => [rule.meta.id, rule]));
    const ofSize = checkFindings(target, services.reanalyse(files), candidate, (id) => rules.get(id));
    signal?.throwIfAborted();
    const doubts = [...ofPatches, ...ofSize, ...(await checkTypes(candidate, snapshot, services, signal))];
    return {
      files: candidate.files.map(({ file, before, after }) => ({
        file,
        before: before?.source.text,
        after: after.source.text,
      })),
      applicability: doubts.length > 0 ? 'review' : changeSet.applicability,
      notes: [...changeSet.notes, ...doubts],
      changeSet,
    } as unknown as VerifiedChange;
  } finally {
    candidate.dispose();
  }
}

/** The TypeScript half of check 3: the compiler itself compares. What it cannot see becomes a doubt. */
async function checkTypes(
  candidate: Candidate,
  snapshot: Snapshot,
  { typescript }: VerifyServices,
  signal: AbortSignal | undefined,
): Promise<ChangeNote[]> {
  const touched = candidate.files.filter(({ after }) => after.family === 'typescript');
  if (touched.length === 0) return [];
  const names = new Set(touched.map(({ file }) => file));
  const verdict = await typescript.check(
    {
      files: touched.map(({ file, before, after }) => ({
        file,
        ...(before ? { before: before.source.text } : {}),
        after: after.source.text,
      })),
      importers: snapshot.files.filter((file) => !names.has(file) && importsAny(file, names, snapshot)),
    },
    signal,
  );
  signal?.throwIfAborted();
  if (verdict.kind === 'unavailable') throw new Refusal('not-verifiable', { reason: verdict.reason });
  const [first] = verdict.added;
  if (first) throw new VerificationFailure('new-diagnostic', { file: first.file, message: first.message });
  if (verdict.unresolved.length === 0) return [];
  return [
    {
      messageId: 'types-unresolved',
      args: { module: verdict.unresolved[0]!, count: verdict.unresolved.length },
      isDoubt: true,
    },
  ];
}

function importsAny(file: string, targets: ReadonlySet<string>, snapshot: Snapshot): boolean {
  const imports = (snapshot.facts(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
  return imports.some(({ module }) => snapshot.modules.resolve(file, module).some((target) => targets.has(target)));
}
