import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import { IGNORE, type IgnoreParams, type IgnoreResult } from '../protocol/index';
import type { Services } from './extension';
import { changedVersion } from './preview/stale';
import { fileChanged, showRefusal } from './refusal';
import { referenceOf, type Subject } from './subject';

/**
 * Silences a finding with a comment, for which it asks the reason; an empty one is allowed, leaving is not an answer.
 * @returns whether the comment was written
 */
export async function ignore(services: Services, subject: Subject & Partial<IgnoreParams>): Promise<boolean> {
  const { scope = 'line' } = subject;
  const reason = subject.reason ?? (await askReason(subject.rule));
  if (reason === undefined) return false;
  const params: IgnoreParams = { ...referenceOf(subject), scope, ...(reason.trim() ? { reason: reason.trim() } : {}) };
  // The comment goes into the text as the server sees it, which is that of open documents.
  await vscode.workspace.openTextDocument(vscode.Uri.parse(subject.uri));
  const { edit, refusal } = await services.server.request<IgnoreResult>(IGNORE, params);
  if (refusal) {
    await showRefusal(refusal);
    return false;
  }
  if (!edit) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No comment can stand there.'));
    return false;
  }
  if (changedVersion(edit as WorkspaceEdit)) {
    await showRefusal(fileChanged());
    return false;
  }
  const converted = await services.server.client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit);
  return vscode.workspace.applyEdit(converted);
}

function askReason(rule: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Ignore {0}', rule),
    prompt: vscode.l10n.t('Why is it right as it is? The answer becomes part of the comment.'),
    placeHolder: vscode.l10n.t('Reason'),
    validateInput: (value) => (/[\r\n]|\*\//.test(value) ? vscode.l10n.t('One line, without "*/".') : undefined),
  });
}
