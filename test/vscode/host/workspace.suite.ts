import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { FindingItem } from '../../../protocol/index';
import { open, openWith, revertAll, until, untilCount, uriOf } from './editor';

const HOUSEKEEPING = 'llm_service/housekeeping.py';
const SILENT = 'silent-exception';

describe('the workspace', () => {
  afterEach(revertAll);

  it('is audited into a Markdown report', async () => {
    await open(HOUSEKEEPING);
    const plan = await vscode.commands.executeCommand<readonly FindingItem[]>('seamline.plan.refresh');
    const { uri, findings } = await vscode.commands.executeCommand<{ uri: vscode.Uri; findings: number }>(
      'seamline.audit',
    );
    assert.ok(findings > 0);
    assert.equal(findings, plan.length);
    const report = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(report, /^# /m);
    for (const { file } of plan) assert.ok(report.includes(file), file);
  });

  it('is listed in the Refactor Plan with the same findings as in the editor', async () => {
    const shown = await openWith(HOUSEKEEPING, SILENT);
    const plan = await vscode.commands.executeCommand<readonly FindingItem[]>('seamline.plan.refresh');
    const listed = plan.filter(({ file, rule }) => file === HOUSEKEEPING && rule === SILENT);
    assert.deepEqual(
      listed.map(({ range }) => range.start.line).sort((a, b) => a - b),
      shown.map(({ range }) => range.start.line),
    );
    assert.ok(plan.some(({ rule }) => rule === 'mixed-io'));
    assert.ok(plan.every(({ message, ruleTitle }) => message !== '' && ruleTitle !== ''));
  });

  it('lets every finding of the plan say why it has no fix', async () => {
    await open(HOUSEKEEPING);
    const plan = await vscode.commands.executeCommand<readonly FindingItem[]>('seamline.plan.refresh');
    for (const item of plan) {
      const refusals = await vscode.commands.executeCommand<readonly { reason: string }[]>('seamline.whyNoFix', item);
      assert.ok(
        refusals.every(({ reason }) => reason.length > 10),
        `${item.rule} ${item.file}`,
      );
    }
  });

  it('opens the page of a rule', async () => {
    await open(HOUSEKEEPING);
    const page = await vscode.commands.executeCommand<vscode.Uri>('seamline.openRule', SILENT);
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(page)), /silent-exception/);
    assert.equal(await vscode.commands.executeCommand('seamline.openRule', '../..'), undefined);
  });

  it('shows the effective configuration, each value with its origin', async () => {
    await open(HOUSEKEEPING);
    const settings = vscode.workspace.getConfiguration('seamline', uriOf(HOUSEKEEPING));
    await settings.update('rules.mixed-io.classLines', 77, vscode.ConfigurationTarget.Workspace);
    try {
      const text = await until('the value of the workspace', async () => {
        await open(HOUSEKEEPING);
        const uri = await vscode.commands.executeCommand<vscode.Uri>('seamline.showConfiguration');
        const shown = (await vscode.workspace.openTextDocument(uri)).getText();
        return shown.includes('77') && shown;
      });
      assert.match(text, /"rules\.mixed-io\.classLines": 77, \/\/ (?:folder|workspace)\n/);
    } finally {
      await settings.update('rules.mixed-io.classLines', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('is served on after a restart of the server', async () => {
    const { length } = await openWith(HOUSEKEEPING, SILENT);
    const editor = await open(HOUSEKEEPING);
    assert.equal(await vscode.commands.executeCommand('seamline.restart'), true);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '"""A new head."""\n'));
    await untilCount(editor.document.uri, SILENT, length);
  });
});
