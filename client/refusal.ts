import * as vscode from 'vscode';
import { type Location, PLAN_CURE, type PlanCureResult, type RefusalResult } from '../protocol/index';
import type { Services } from './extension';
import { referenceOf, type Subject } from './subject';

/** Says why there is no fix; the button leads to the place that stands in the way. */
export async function showRefusal(refusal: RefusalResult): Promise<RefusalResult> {
  const message = vscode.l10n.t('No fix: {0}', refusal.reason);
  const show = vscode.l10n.t('Show Place');
  const buttons = refusal.at ? [show] : [];
  // Not awaited: the message may stand for long, and whoever called has other things to do.
  void vscode.window.showInformationMessage(message, ...buttons).then((choice) => {
    if (choice === show && refusal.at) void goTo(refusal.at);
  });
  return refusal;
}

/** A refusal that is ours, in the form of the server's. */
export function fileChanged(): RefusalResult {
  return { code: 'file-changed', reason: vscode.l10n.t('the file changed in the meantime: try again') };
}

/** Opens a file with a range selected. */
export async function goTo({ uri, range: { start, end } }: Location): Promise<vscode.TextEditor> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
}

/**
 * Asks the server about each fix of a finding.
 * @returns the refusals; none where a fix exists, or where no fix was ever offered
 */
export async function whyNoFix({ server }: Services, subject: Subject): Promise<readonly RefusalResult[]> {
  const reference = referenceOf(subject);
  const refusals: RefusalResult[] = [];
  for (const { id, title } of subject.cures ?? []) {
    const plan = await server.request<PlanCureResult>(PLAN_CURE, { ...reference, cure: id });
    if (!plan.refusal) {
      offer(vscode.l10n.t('There is a fix: {0}', plan.title), vscode.l10n.t('Preview'), 'seamline.preview', {
        ...reference,
        cure: id,
      });
      return [];
    }
    refusals.push({ ...plan.refusal, reason: `${title}: ${plan.refusal.reason}` });
  }
  const [first, ...others] = refusals;
  if (!first) {
    const message = vscode.l10n.t('Seamline writes no fix for this finding; the page of its rule says what to do.');
    offer(message, vscode.l10n.t('Open Rule Page'), 'seamline.openRule', subject.rule);
  } else {
    await showRefusal({ ...first, reason: [first, ...others].map(({ reason }) => reason).join('; ') });
  }
  return refusals;
}

function offer(message: string, button: string, command: string, argument: unknown): void {
  void vscode.window.showInformationMessage(message, button).then((choice) => {
    if (choice) void vscode.commands.executeCommand(command, argument);
  });
}
