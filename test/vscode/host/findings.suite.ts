import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { diagnosticsOf, open, openWith, planned, revertAll, ruleOf, until, untilCount, uriOf } from './editor';

const HOUSEKEEPING = 'llm_service/housekeeping.py';
const SILENT = 'silent-exception';

describe('findings in the editor', () => {
  afterEach(revertAll);

  it('activates with a file of its languages, and registers every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('seamline.seamline');
    assert.ok(extension);
    assert.ok(!extension.packageJSON.activationEvents.includes('*'));
    await open(HOUSEKEEPING);
    await until('the extension is active', () => extension.isActive);
    const known = new Set(await vscode.commands.getCommands(true));
    const declared: { command: string }[] = extension.packageJSON.contributes.commands;
    assert.deepEqual(
      declared.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('shows each silent handler with its severity, its rule and the rule page', async () => {
    const found = await openWith(HOUSEKEEPING, SILENT);
    const levels = ['error', 'warning', 'information', 'hint'];
    assert.deepEqual(
      found.map(({ severity }) => levels[severity]),
      (await planned(HOUSEKEEPING, SILENT)).map(({ severity }) => severity),
    );
    const { code, range, severity } = found[0]!;
    assert.equal(severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof code === 'object');
    assert.match(code.target.toString(true), /:\/\/seamline\.seamline\/rules\/silent-exception$/);
    const document = await vscode.workspace.openTextDocument(uriOf(HOUSEKEEPING));
    assert.equal(document.getText(range), 'except:');
  });

  it('names the other places of a duplicate, in other files too', async () => {
    await open('llm_service/providers.py');
    const [duplicate] = await untilCount(uriOf('llm_service/providers.py'), 'duplicate-validator', 1);
    const files = new Set(duplicate!.relatedInformation!.map(({ location }) => location.uri.path.split('/').at(-1)));
    assert.deepEqual([...files].sort(), ['models.py', 'schemas.py']);
  });

  it('follows the text: a handler that logs is no finding, and undo brings the finding back', async () => {
    const found = await openWith(HOUSEKEEPING, SILENT);
    const editor = await open(HOUSEKEEPING);
    const pass = editor.document.getText().indexOf('pass', editor.document.offsetAt(found[1]!.range.end));
    const start = editor.document.positionAt(pass);
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 4)), 'raise'));
    await untilCount(editor.document.uri, SILENT, found.length - 1);
    await vscode.commands.executeCommand('undo');
    await untilCount(editor.document.uri, SILENT, found.length);
  });

  it('finds in a document that was never saved', async () => {
    const content = 'def load(path):\n    try:\n        return open(path).read()\n    except:\n        pass\n';
    const document = await vscode.workspace.openTextDocument({ language: 'python', content });
    await vscode.window.showTextDocument(document);
    await untilCount(document.uri, SILENT, 1);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('no diagnostics of the closed document', () => diagnosticsOf(document.uri).length === 0);
  });

  it('says nothing about a file once it is closed', async () => {
    await openWith(HOUSEKEEPING, SILENT);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await untilCount(uriOf(HOUSEKEEPING), SILENT, 0);
  });

  it('says nothing about a file that is renamed or deleted', async () => {
    const uri = uriOf('llm_service/extra.py');
    const renamed = uriOf('llm_service/renamed.py');
    const text = 'def load(path):\n    try:\n        return open(path).read()\n    except:\n        pass\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(uri, { preview: false });
    await untilCount(uri, SILENT, 1);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, renamed);
    await vscode.workspace.applyEdit(edit);
    await until('nothing under the old name', () => diagnosticsOf(uri).length === 0);
    await vscode.window.showTextDocument(renamed, { preview: false });
    await untilCount(renamed, SILENT, 1);
    await vscode.workspace.fs.delete(renamed);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('nothing about the deleted file', () => diagnosticsOf(renamed).length === 0);
  });

  it('obeys a setting at once, and again when it is taken back', async () => {
    const { length } = await openWith(HOUSEKEEPING, SILENT);
    const settings = vscode.workspace.getConfiguration('seamline', uriOf(HOUSEKEEPING));
    const key = 'rules.silent-exception.severity';
    await settings.update(key, 'off', vscode.ConfigurationTarget.Workspace);
    try {
      await untilCount(uriOf(HOUSEKEEPING), SILENT, 0);
    } finally {
      await settings.update(key, undefined, vscode.ConfigurationTarget.Workspace);
    }
    await untilCount(uriOf(HOUSEKEEPING), SILENT, length);
  });

  it('is quiet about what a setting excludes, also where it is open', async () => {
    const { length } = await openWith(HOUSEKEEPING, SILENT);
    const settings = vscode.workspace.getConfiguration('seamline', uriOf(HOUSEKEEPING));
    await settings.update('exclude', ['housekeeping.py'], vscode.ConfigurationTarget.Workspace);
    try {
      await untilCount(uriOf(HOUSEKEEPING), SILENT, 0);
      assert.deepEqual(await planned(HOUSEKEEPING, SILENT), []);
    } finally {
      await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await untilCount(uriOf(HOUSEKEEPING), SILENT, length);
  });

  it('shows closed files when the scope is the workspace', async () => {
    const settings = vscode.workspace.getConfiguration('seamline');
    await openWith(HOUSEKEEPING, SILENT);
    const { length } = await planned('llm_service/registry.py', SILENT);
    assert.ok(length > 0);
    await settings.update('diagnostics.scope', 'workspace', vscode.ConfigurationTarget.Workspace);
    try {
      const uri = uriOf('llm_service/registry.py');
      const [closed] = await untilCount(uri, SILENT, length);
      assert.equal(ruleOf(closed!), SILENT);
    } finally {
      await settings.update('diagnostics.scope', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await untilCount(uriOf('llm_service/registry.py'), SILENT, 0);
  });

  it('marks a broken configuration file and keeps the last good state', async () => {
    const uri = uriOf('seamline.json');
    const { length } = await openWith(HOUSEKEEPING, SILENT);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{ "rules": { "no-such-rule": "off" } }'));
    try {
      await until('a diagnostic on seamline.json', () => diagnosticsOf(uri).length > 0);
      await untilCount(uriOf(HOUSEKEEPING), SILENT, length);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
    await until('no diagnostic on the deleted file', () => diagnosticsOf(uri).length === 0);
  });
});
