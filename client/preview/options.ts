import * as vscode from 'vscode';
import { type BuildCureParams, type CureReference, PLAN_CURE, type PlanCureResult } from '../../protocol/index';
import { showRefusal } from '../refusal';
import type { Server } from '../server';
import { badIdentifier, badTarget } from './validate';

/**
 * Asks for everything that a cure leaves open: its places, the name and the file of what it creates, a reason.
 * @returns undefined when the user left or the cure was refused
 */
export async function askOptions(server: Server, cure: CureReference): Promise<BuildCureParams | undefined> {
  const plan = await server.request<PlanCureResult>(PLAN_CURE, cure);
  if (plan.refusal) {
    await showRefusal(plan.refusal);
    return undefined;
  }
  const places = await askPlaces(plan);
  if (!places) return undefined;
  const name = await askName(plan);
  if (name === undefined) return undefined;
  const into = await askTarget(plan);
  if (into === undefined) return undefined;
  const reason = plan.wantsReason ? await askReason(plan.title) : '';
  if (reason === undefined) return undefined;
  return {
    ...cure,
    ...(places.length < plan.places.length ? { places } : {}),
    ...(name !== '' ? { name } : {}),
    ...(into !== '' ? { into } : {}),
    ...(reason !== '' ? { reason } : {}),
  };
}

async function askPlaces({
  title,
  places,
}: PlanCureResult): Promise<NonNullable<BuildCureParams['places']> | undefined> {
  const all = places.map(({ uri, range, label }) => ({
    label,
    description: `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}:${range.start.line + 1}`,
    picked: true,
    place: { uri, line: range.start.line },
  }));
  if (all.length < 2) return all.map(({ place }) => place);
  const picked = await vscode.window.showQuickPick(all, {
    title,
    placeHolder: vscode.l10n.t('Which places change?'),
    canPickMany: true,
  });
  return picked && picked.length > 0 ? picked.map(({ place }) => place) : undefined;
}

/** The empty string stands for "nothing to ask". */
async function askName({ title, name }: PlanCureResult): Promise<string | undefined> {
  if (name === undefined) return '';
  const answer = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Name of what is created'),
    value: name,
    validateInput: (value) =>
      badIdentifier(value.trim()) ? vscode.l10n.t('Not a name that code can use.') : undefined,
  });
  return answer?.trim();
}

async function askTarget({ title, into }: PlanCureResult): Promise<string | undefined> {
  if (into === undefined) return '';
  const answer = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('File that the new code goes to, relative to the folder; it is created if there is none.'),
    value: into,
    valueSelection: [into.lastIndexOf('/') + 1, into.lastIndexOf('.')],
    validateInput: (value) =>
      badTarget(value.trim(), into) ? vscode.l10n.t('A path inside the folder, of the same language.') : undefined,
  });
  return answer?.trim();
}

/** Asks why code is right as it is; an empty answer is none. */
export function askReason(title: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Why is it right as it is? The answer becomes part of the comment.'),
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A reason is needed.') : undefined),
  });
}
