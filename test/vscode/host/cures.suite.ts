import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../protocol/index';
import { actionsAt, open, revertAll, until, untilCount, uriOf } from './editor';

const HOUSEKEEPING = 'llm_service/housekeeping.py';
const SILENT = 'silent-exception';

/** How the title of the fix begins; then it names the function that the module logs with. */
const LOG = 'Log it with ';

/** Opens a file and lists the actions at its first silent handler. */
async function actionsAtSilentHandler() {
  const editor = await open(HOUSEKEEPING);
  const [first] = await untilCount(editor.document.uri, SILENT, 3);
  const actions = await actionsAt(editor.document.uri, first!.range);
  return { editor, actions, range: first!.range };
}

describe('cures in the editor', () => {
  afterEach(revertAll);

  it('offers fixes, previews and ignoring at a finding, and nothing of ours elsewhere', async () => {
    const { editor, actions } = await actionsAtSilentHandler();
    const titles = actions.map(({ title }) => title);
    for (const start of [LOG, `Preview: ${LOG}`]) {
      assert.ok(
        titles.some((title) => title.startsWith(start)),
        titles.join(', '),
      );
    }
    assert.ok(titles.some((title) => title.startsWith('Ignore silent-exception here')));
    const elsewhere = await actionsAt(editor.document.uri, new vscode.Range(0, 0, 0, 0));
    assert.ok(!elsewhere.some(({ title }) => titles.includes(title)));
  });

  it('applies a fix that cures its finding, and one undo takes it back', async () => {
    const { editor, actions } = await actionsAtSilentHandler();
    const before = editor.document.getText();
    const action = actions.find(({ title }) => title.startsWith(LOG));
    assert.ok(action?.edit, 'the action resolves to an edit');
    assert.equal(await vscode.workspace.applyEdit(action.edit, { isRefactoring: true }), true);
    await untilCount(editor.document.uri, SILENT, 2);
    assert.match(editor.document.getText(), /logger\.|logging\./);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
    await untilCount(editor.document.uri, SILENT, 3);
  });

  it('previews a change without making it, then makes it', async () => {
    const { editor, actions } = await actionsAtSilentHandler();
    const before = editor.document.getText();
    const action = actions.find(({ title }) => title.startsWith(`Preview: ${LOG}`));
    const [argument] = action!.command!.arguments!;
    const shown = await vscode.commands.executeCommand<{ files: number }>(COMMANDS.preview, argument);
    assert.equal(shown.files, 1);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await until('the preview', () => tabs().some(({ label }) => label.startsWith('Preview: ')));
    assert.equal(editor.document.getText(), before);
    assert.equal(await vscode.commands.executeCommand('seamline.applyPreview'), true);
    assert.notEqual((await vscode.workspace.openTextDocument(uriOf(HOUSEKEEPING))).getText(), before);
    await until('the preview is closed', () => !tabs().some(({ label }) => label.startsWith('Preview: ')));
  });

  it('refuses to apply a preview of a file that changed since', async () => {
    const { editor, actions } = await actionsAtSilentHandler();
    const action = actions.find(({ title }) => title.startsWith(`Preview: ${LOG}`));
    await vscode.commands.executeCommand(COMMANDS.preview, action!.command!.arguments![0]);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(0, 0), '# another line\n');
    await vscode.workspace.applyEdit(edit);
    const before = editor.document.getText();
    assert.equal(await vscode.commands.executeCommand('seamline.applyPreview'), false);
    assert.equal(editor.document.getText(), before);
  });

  it('ignores with a reason, which becomes part of the comment', async () => {
    const { editor, actions } = await actionsAtSilentHandler();
    const action = actions.find(({ title }) => title.startsWith('Ignore silent-exception here'));
    const [params] = action!.command!.arguments!;
    const done = await vscode.commands.executeCommand(COMMANDS.ignore, { ...params, reason: 'partial files vanish' });
    assert.equal(done, true);
    assert.match(
      editor.document.getText(),
      /# seamline: ignore\[silent-exception\] -- partial files vanish\n +except:/,
    );
    await untilCount(editor.document.uri, SILENT, 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.document.positionAt(editor.document.getText().indexOf('ignore[') + 8),
    );
    const text = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
    assert.match(text.join('\n'), /silent-exception/);
  });

  it('fixes all that is safe, but never by logging or explaining', async () => {
    const { editor, range } = await actionsAtSilentHandler();
    const kind = vscode.CodeActionKind.SourceFixAll.append('seamline');
    const actions = await actionsAt(editor.document.uri, range, kind);
    for (const { edit } of actions) {
      const texts = edit?.get(editor.document.uri).map(({ newText }) => newText) ?? [];
      assert.ok(!texts.some((text) => /log|seamline: ignore/.test(text)), texts.join('\n'));
    }
  });

  it('says why there is no fix, as the last entry', async () => {
    const editor = await open('llm_service/providers.py');
    const [duplicate] = await untilCount(editor.document.uri, 'duplicate-validator', 1);
    const actions = await actionsAt(editor.document.uri, duplicate!.range);
    const ours = actions.filter(({ command, edit }) => edit || command?.command.startsWith('seamline.'));
    const titles = ours.map(({ title }) => title).join(', ');
    const isCurable = ours.some(({ command, edit }) => edit || command?.command === COMMANDS.preview);
    assert.ok(isCurable || ours.at(-1)?.command?.command === COMMANDS.explainRefusal, titles);
  });
});
