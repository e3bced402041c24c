import { Refusal } from '../../../core/edit/refusal';
import type { Cure } from '../../../core/rule/cure';
import { type Finding, SEVERITIES } from '../../../core/rule/finding';
import { compareWeights } from '../../../core/rule/rule';
import { SourceFile } from '../../../core/text/source-file';
import type { VerifiedChange } from '../../../core/verify/index';
import {
  type ChangedFile,
  type ChangedFiles,
  isSuccessor,
  type Movement,
  movementIn,
  movementInto,
} from '../../../core/verify/successor';
import { RULES } from '../../../session/registry';
import type { Workspace } from '../../../session/workspace';
import { added, type Failure, placeOf } from './types';

/** Carries a cure out at a finding, all the way to a change. */
export type Carry = (finding: Finding, cure: Cure) => Promise<VerifiedChange>;

/**
 * Goes on as if a change were written. The finding must be gone, or a lighter one must stand in its place, to which the same cure has
 * nothing to add; nothing else may be found that was not found before. Afterwards the workspace is as it was.
 */
export async function checkSecondRun(
  workspace: Workspace,
  target: Finding,
  cure: Cure,
  change: VerifiedChange,
  offersOf: (finding: Finding) => readonly Cure[],
  carry: Carry,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  const fail = (message: string) => failures.push({ check: 'second-run', message });
  const before = workspace.findings();
  await workspace.take(change);
  try {
    const after = workspace.findings();
    const news = brought(before, after);
    const lighter = lighterOne(target, after);
    if (!lighter && !brought(after, before).some((one) => keyOf(one) === keyOf(target)))
      fail('the finding is still there');
    // A file that grows past a limit of size is a doubt for `verify` as well.
    const more = after.length - before.length - news.filter(isAboutSize).length;
    if (more > 0) fail(`${more} more findings: ${news.map((one) => `${one.rule} ${placeOf(one)}`)}`);
    const others = brought(after, before).filter((one) => keyOf(one) !== keyOf(target));
    const heirs = withoutSuccessors(news, others, changedFilesOf(change)).filter(({ rule }) => rule === target.rule);
    for (const heir of [...heirs, ...(lighter ? [lighter] : [])]) {
      if (rank(heir) < rank(target)) fail(`a graver finding came at ${placeOf(heir)}`);
      if (offersOf(heir).some(({ id }) => id === cure.id)) failures.push(...(await again(heir, cure, carry)));
    }
  } finally {
    await workspace.takeBack(change);
  }
  if (brought(before, workspace.findings()).length > 0) fail('the harness did not come back to where it was');
  return failures;
}

async function again(heir: Finding, cure: Cure, carry: Carry): Promise<Failure[]> {
  try {
    const { files } = await carry(heir, cure);
    if (files.every(({ before, after }) => before === after)) return [];
    return [{ check: 'second-run', message: `carried out once more at ${placeOf(heir)}` }];
  } catch (error) {
    if (error instanceof Refusal) return [];
    return [{ check: 'second-run', message: `the second run threw: ${String(error)}` }];
  }
}

/** The same finding with less in it, as its rule weighs. */
function lighterOne(target: Finding, after: readonly Finding[]): Finding | undefined {
  const weigh = RULES.find(({ meta }) => meta.id === target.rule)?.weigh;
  const same = weigh && after.find((one) => keyOf(one) === keyOf(target));
  return same && compareWeights(weigh(same), weigh(target)) < 0 ? same : undefined;
}

const isAboutSize = ({ rule }: Finding): boolean =>
  RULES.some(({ meta }) => meta.id === rule && meta.measuresSize === true);
const keyOf = ({ rule, fingerprint, file }: Finding): string => `${rule} ${fingerprint} ${file}`;
const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);

/**
 * Without those that were there before, under another fingerprint: that holds the code around, which changed. One that has become graver
 * is another finding.
 * @param gone findings that are no longer there; each stands for one of the new ones at most
 */
export function withoutSuccessors(
  news: readonly Finding[],
  gone: readonly Finding[],
  changed: ChangedFiles,
): readonly Finding[] {
  const left = [...gone];
  return news.filter((one) => {
    const index = left.findIndex(
      (old) => old.rule === one.rule && rank(one) >= rank(old) && isSuccessor(old, one, changed),
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** The texts of a change and how they came about. */
export function changedFilesOf({ files, changeSet }: Pick<VerifiedChange, 'files' | 'changeSet'>): ChangedFiles {
  const movements = new Map<string, Movement>([
    ...changeSet.changes.map((one) => [one.file, movementIn(one)] as const),
    ...changeSet.creations.map((one) => [one.file, movementInto(one)] as const),
  ]);
  const changed = new Map<string, ChangedFile>();
  for (const { file, before, after } of files) {
    const source = before === undefined ? undefined : { source: new SourceFile(before) };
    changed.set(file, { before: source, after: { source: new SourceFile(after) }, ...movements.get(file)! });
  }
  return changed;
}

/** Findings that `after` has more of, wherever they stand now. */
function brought(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const news = added(before.map(keyOf), after.map(keyOf));
  return after.filter((one) => {
    const index = news.indexOf(keyOf(one));
    if (index >= 0) news.splice(index, 1);
    return index >= 0;
  });
}
