import { ChangeBuilder } from '../core/edit/change-builder';
import { Refusal } from '../core/edit/refusal';
import type { Cure, CureChoices, CurePlan } from '../core/rule/cure';
import type { Finding } from '../core/rule/finding';
import { familyOf, languageOfPath } from '../core/syntax/language';
import { type VerifiedChange, verify } from '../core/verify/index';
import { RULES } from './registry';
import { formattedChange } from './typescript/format-change';
import type { TypeScriptCompiler } from './typescript/service';
import type { Workspace } from './workspace';

/** The cures that a finding offers, in the order of preference. */
export function curesOf(finding: Finding): Cure[] {
  const all = RULES.find((rule) => rule.meta.id === finding.rule)?.meta.cures ?? [];
  return finding.cures.flatMap(({ id }) => all.find((cure) => cure.id === id) ?? []);
}

/** A cure of the finding's rule that somebody asks for by name: also one that is not offered, which then says why. */
export function cureByName(finding: Finding, id: string): Cure | undefined {
  return curesFor(finding).find((cure) => cure.id === id);
}

/** The cure that is meant where somebody asks for that of a finding which offers none; undefined where the rule has several, or none. */
export function onlyCure(finding: Finding): Cure | undefined {
  const [only, ...others] = curesFor(finding);
  return others.length === 0 ? only : undefined;
}

/** All cures of the finding's rule for its language. */
function curesFor(finding: Finding): Cure[] {
  const all = RULES.find((rule) => rule.meta.id === finding.rule)?.meta.cures ?? [];
  const language = languageOfPath(finding.file);
  return language === undefined ? [] : all.filter((cure) => cure.languages.includes(familyOf(language)));
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

/** A proven change, and what was planned before it was built. */
export interface BuiltCure {
  readonly plan: CurePlan;
  readonly change: VerifiedChange;
}

/**
 * Builds a cure and proves it: {@link planAndBuildCure} for callers that do not ask for the plan.
 * @throws Refusal
 */
export async function buildCure(...request: Parameters<typeof planAndBuildCure>): Promise<VerifiedChange> {
  return (await planAndBuildCure(...request)).change;
}

/**
 * Plans a cure, builds it and proves it. This is the one way from a finding to a change.
 * @throws Refusal
 */
export async function planAndBuildCure(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  finding: Finding,
  cure: Cure,
  choices: CureChoices = {},
  signal?: AbortSignal,
): Promise<BuiltCure> {
  const request = { finding, document: await workspace.open(finding.file), choices, snapshot: workspace };
  const plan = await cure.prepare(request);
  const changes = new ChangeBuilder(workspace);
  await cure.build({ ...request, recipes: typescript, ...(signal ? { signal } : {}) }, changes);
  signal?.throwIfAborted();
  const changeSet = await formattedChange(changes.build(), workspace, typescript, signal);
  if (changeSet.changes.length === 0 && changeSet.creations.length === 0) throw new Refusal('nothing-to-change');
  const services = {
    engine: workspace.engine,
    typescript,
    rules: RULES,
    reanalyse: workspace.reanalyse.bind(workspace),
  };
  return { plan, change: await verify(changeSet, finding, workspace, services, signal) };
}
