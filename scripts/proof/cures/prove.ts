import { setImmediate } from 'node:timers/promises';
import { Refusal, VerificationFailure } from '../../../core/edit/refusal';
import type { Cure, CureChoices } from '../../../core/rule/cure';
import type { Finding } from '../../../core/rule/finding';
import type { VerifiedChange } from '../../../core/verify/index';
import { unifiedDiff } from '../../../report/diff';
import { buildCure, curesOf } from '../../../session/cures';
import type { TypeScriptCompiler } from '../../../session/typescript/service';
import type { Workspace } from '../../../session/workspace';
import { sample } from '../../../test/oracle/sample';
import { checkSecondRun } from './second-run';
import { checkDisk, checkInverse, provedFiles } from './text-checks';
import type { Failure, Oracle, Proof } from './types';

export interface ProofOptions {
  readonly rules?: readonly string[];
  readonly cures?: readonly string[];
  /** Offers of each cure that are tried, a seeded choice; all without it. */
  readonly limit?: number;
  readonly seed: number;
  /** Offers whose change goes through the real writer as well. */
  readonly writes: number;
  readonly onProgress?: (done: number, total: number, proof: Proof) => void;
  /** The cures of a finding: those of the registry, but for the tests of this harness. */
  readonly offersOf?: (finding: Finding) => readonly Cure[];
  /** From a finding to a change: the way through `verify`, but for the tests of this harness. */
  readonly build?: typeof buildCure;
}

interface Offer {
  readonly finding: Finding;
  readonly cure: Cure;
}

/** What a user would say where only a user can say it: tried where a cure asks for it. */
const ASKED_FOR: Readonly<Record<string, CureChoices>> = {
  'reason-needed': { reason: 'the caller can do without it' },
};

/**
 * Carries out every cure that is offered in a workspace, one at a time and each on the original, and judges each change by the oracles.
 * Nothing of the workspace is written.
 */
export async function* prove(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  oracles: readonly Oracle[],
  options: ProofOptions,
): AsyncGenerator<Proof> {
  const offers = chosen(workspace.findings(), options);
  const written = new Set(sample(offers, options.writes, options.seed));
  for (const [index, offer] of offers.entries()) {
    const proof = await proveOne(workspace, typescript, oracles, offer, written.has(offer), options);
    options.onProgress?.(index + 1, offers.length, proof);
    yield proof;
    // Documents that cures have read pile up where none is carried out.
    workspace.dispose();
    await setImmediate();
  }
}

/** The offers to try, sorted by file so that a compiler's project serves its neighbours. */
function chosen(findings: readonly Finding[], options: ProofOptions): Offer[] {
  const offersOf = options.offersOf ?? curesOf;
  const offers = findings
    .filter(({ rule }) => !options.rules || options.rules.includes(rule))
    .flatMap((finding) => offersOf(finding).map((cure) => ({ finding, cure })))
    .filter(({ cure }) => !options.cures || options.cures.includes(cure.id));
  const { limit, seed } = options;
  if (limit === undefined) return offers;
  const ids = [...new Set(offers.map(({ cure }) => cure.id))];
  const kept = new Set(
    ids.flatMap((id) =>
      sample(
        offers.filter(({ cure }) => cure.id === id),
        limit,
        seed,
      ),
    ),
  );
  return offers.filter((offer) => kept.has(offer));
}

async function proveOne(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  oracles: readonly Oracle[],
  { finding, cure }: Offer,
  isWritten: boolean,
  { build = buildCure, offersOf = curesOf }: ProofOptions,
): Promise<Proof> {
  const { rule, file, range } = finding;
  const base = { rule, cure: cure.id, file, line: range.start.line + 1, failures: [] };
  const carry = async (at: Finding, one: Cure): Promise<VerifiedChange> => {
    try {
      return await build(workspace, typescript, at, one);
    } catch (error) {
      const choices = error instanceof Refusal ? ASKED_FOR[error.code] : undefined;
      if (!choices) throw error;
      return build(workspace, typescript, at, one, choices);
    }
  };
  let change: VerifiedChange;
  try {
    change = await carry(finding, cure);
  } catch (error) {
    if (!(error instanceof Refusal)) return { ...base, outcome: 'failed', failures: [crash(error)] };
    const outcome = error instanceof VerificationFailure ? 'caught' : 'refused';
    return { ...base, outcome, code: error.code, reason: JSON.stringify(error.args) };
  }
  const failures: Failure[] = [];
  try {
    const files = await provedFiles(workspace.root, change);
    failures.push(...checkInverse(change, files));
    for (const oracle of oracles) failures.push(...(await oracle.check(files)));
    if (isWritten) failures.push(...(await checkDisk(files)));
    failures.push(...(await checkSecondRun(workspace, finding, cure, change, offersOf, carry)));
  } catch (error) {
    failures.push(crash(error));
  }
  if (failures.length === 0) return { ...base, outcome: change.applicability };
  return { ...base, outcome: 'failed', failures, diff: unifiedDiff(change.files) };
}

function crash(error: unknown): Failure {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { check: 'crash', message: stack.split('\n').slice(0, 4).join(' | ') };
}
