import { ChangeBuilder } from '../core/edit/change-builder';
import { Refusal } from '../core/edit/refusal';
import type { Cure, CureChoices, CurePlan } from '../core/rule/cure';
import type { Finding } from '../core/rule/finding';
import { type VerifiedChange, verify } from '../core/verify/index';
import type { TypeScriptChecker } from '../core/verify/typescript';
import { RULES } from './registry';
import type { Workspace } from './workspace';

/** The cures that a finding offers, in the order of preference. */
export function curesOf(finding: Finding): Cure[] {
  const all = RULES.find((rule) => rule.meta.id === finding.rule)?.meta.cures ?? [];
  return finding.cures.flatMap(({ id }) => all.find((cure) => cure.id === id) ?? []);
}

/**
 * Looks whether a cure fits, reading the finding's own file only.
 * @throws Refusal
 */
export async function prepareCure(
  workspace: Workspace,
  finding: Finding,
  cure: Cure,
  choices: CureChoices = {},
): Promise<CurePlan> {
  return cure.prepare({ finding, document: await workspace.open(finding.file), choices, snapshot: workspace });
}

/**
 * Builds a cure and proves it. This is the one way from a finding to a change.
 * @throws Refusal
 */
export async function buildCure(
  workspace: Workspace,
  typescript: TypeScriptChecker,
  finding: Finding,
  cure: Cure,
  choices: CureChoices = {},
  signal?: AbortSignal,
): Promise<VerifiedChange> {
  const request = { finding, document: await workspace.open(finding.file), choices, snapshot: workspace };
  await cure.prepare(request);
  const changes = new ChangeBuilder(workspace);
  await cure.build(request, changes);
  signal?.throwIfAborted();
  const changeSet = changes.build();
  if (changeSet.changes.length === 0 && changeSet.creations.length === 0) throw new Refusal('nothing-to-change');
  const services = {
    engine: workspace.engine,
    typescript,
    rules: RULES,
    reanalyse: workspace.reanalyse.bind(workspace),
  };
  return verify(changeSet, finding, workspace, services, signal);
}
