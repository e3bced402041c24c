import * as vscode from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient/node';
import { AUDIT, type AuditParams, type AuditResult } from '../protocol/index';
import type { Services } from './extension';
import { findingsText } from './plural';
import { showMarkdown } from './rule-pages';

let audits = 0;

/**
 * Audits all folders, with progress and a button to cancel, and opens the report: a read-only document, rendered.
 * @returns the report's document and the number of findings
 */
export async function audit(
  services: Services,
  choices: Pick<AuditParams, 'profile'> = {},
): Promise<{ readonly uri: vscode.Uri; readonly findings: number }> {
  const { report, findings } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Seamline audits the workspace'),
      cancellable: true,
    },
    (progress, token) => run(services, choices, progress, token),
  );
  const uri = services.texts.set(`/${vscode.l10n.t('Refactor Report')}.md`, report);
  // Held open as a text, too, so that "Show Source" and "Save As" find it.
  await vscode.workspace.openTextDocument(uri);
  await showMarkdown(uri);
  void offerPlan(findings);
  return { uri, findings };
}

async function run(
  { server }: Services,
  { profile }: Pick<AuditParams, 'profile'>,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<AuditResult> {
  const workDoneToken = `seamline-audit-${++audits}`;
  let reported = 0;
  const listener = server.client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === 'end') return;
    const percentage = value.percentage ?? reported;
    progress.report({ message: value.message, increment: Math.max(0, percentage - reported) });
    reported = Math.max(reported, percentage);
  });
  try {
    return await server.request<AuditResult>(AUDIT, { workDoneToken, profile } satisfies AuditParams, token);
  } finally {
    listener.dispose();
  }
}

async function offerPlan(findings: number): Promise<void> {
  if (findings === 0) return;
  const show = vscode.l10n.t('Show Refactor Plan');
  const choice = await vscode.window.showInformationMessage(`Seamline: ${findingsText(findings)}`, show);
  if (choice === show) await vscode.commands.executeCommand('seamline.plan.focus');
}
