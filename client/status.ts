import { basename } from 'node:path';
import * as vscode from 'vscode';
import { findingsText } from './plural';
import { SELECTOR } from './selector';
import type { Server } from './server';

/** The item in the language status: starting, indexing, findings, a broken configuration, or a server that does not run. */
export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('seamline.status', [...SELECTOR]);
  item.name = 'Seamline';
  const update = () => {
    const { status } = server;
    item.busy = server.state === 'starting' || status?.state === 'indexing';
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.detail = 'Seamline';
    item.command = { command: 'seamline.plan.focus', title: vscode.l10n.t('Show Refactor Plan') };
    if (server.state === 'stopped') {
      item.text = vscode.l10n.t('not running');
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.command = { command: 'seamline.restart', title: vscode.l10n.t('Restart Server') };
    } else if (server.state === 'starting') {
      item.text = vscode.l10n.t('starting');
    } else if (status?.brokenConfiguration) {
      const { uri, range, message } = status.brokenConfiguration;
      const file = vscode.Uri.parse(uri);
      item.text = vscode.l10n.t('{0} cannot be used', basename(file.path));
      item.detail = message;
      item.severity = vscode.LanguageStatusSeverity.Warning;
      const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
      item.command = { command: 'vscode.open', title: vscode.l10n.t('Open File'), arguments: [file, { selection }] };
    } else if (status?.state === 'indexing') {
      item.text = vscode.l10n.t('indexing');
    } else {
      item.text = status ? findingsText(status.findings) : vscode.l10n.t('ready');
    }
    void vscode.commands.executeCommand('setContext', 'seamline.hasFindings', (status?.findings ?? 0) > 0);
  };
  update();
  return vscode.Disposable.from(item, server.onDidChange(update));
}
