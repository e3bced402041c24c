import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../protocol/index';
import {
  actionsAt,
  argumentOf,
  carriedBy,
  diagnosticsOf,
  open,
  openWith,
  revertAll,
  until,
  untilCount,
  uriOf,
} from './editor';

const HOUSEKEEPING = 'llm_service/housekeeping.py';
const SILENT = 'silent-exception';
const PROVIDERS = 'llm_service/providers.py';
const VALIDATORS = 'llm_service/validators.py';
const DUPLICATE = 'duplicate-validator';

/** One hands the match itself out, for which no question stands in. */
const NO_FIX = `import re


def is_ticket(text):
    return re.match(r"^[A-Z]+-[0-9]{1,6}$", text)


def open_ticket(text):
    if not re.match(r"^[A-Z]+-[0-9]{1,6}$", text):
        raise ValueError(text)
`;

/** The files that extracting the validator changes. */
const CHANGED = [PROVIDERS, 'llm_service/routes/models.py', 'llm_service/schemas.py'];

/** How the title of the fix begins; then it names the function that the module logs with. */
const LOG = 'Log it with ';
/** Callers see the error then: for review. */
const RAISE = 'Log it and raise again';

/** Opens a file and lists the actions at its first silent handler. */
async function actionsAtSilentHandler() {
  const found = await openWith(HOUSEKEEPING, SILENT);
  const editor = await open(HOUSEKEEPING);
  const { range } = found[0]!;
  return { editor, actions: await actionsAt(editor.document.uri, range), range, count: found.length };
}

/** Opens a file that validates as others do and lists the actions there. */
async function actionsAtDuplicate() {
  const [duplicate] = await openWith(PROVIDERS, DUPLICATE);
  const editor = await open(PROVIDERS);
  const actions = await actionsAt(editor.document.uri, duplicate!.range);
  const preview = actions.find(({ title }) => title.startsWith('Preview: Extract'));
  assert.ok(preview, actions.map(({ title }) => title).join(', '));
  return { editor, actions, preview, reference: await argumentOf(preview), duplicate: duplicate! };
}

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

const textOf = (path: string) => vscode.workspace.openTextDocument(uriOf(path));

const isThere = (path: string) =>
  vscode.workspace.fs.stat(uriOf(path)).then(
    () => true,
    () => false,
  );

describe('cures in the editor', () => {
  afterEach(revertAll);

  it('offers fixes and ignoring at a finding, and nothing of ours elsewhere', async () => {
    const { editor, actions } = await actionsAtSilentHandler();
    const titles = actions.map(({ title }) => title);
    for (const start of [LOG, 'Say why', 'Ignore silent-exception here', 'Ignore silent-exception in this file'])
      assert.ok(
        titles.some((title) => title.startsWith(start)),
        titles.join(', '),
      );
    assert.ok(!titles.some((title) => title.startsWith('Preview:')), 'one file needs no preview');
    const elsewhere = await actionsAt(editor.document.uri, new vscode.Range(0, 0, 0, 0));
    assert.ok(!elsewhere.some(({ title }) => titles.includes(title)));
  });

  it('applies a fix that cures its finding, and one undo takes it back', async () => {
    const { editor, actions, count } = await actionsAtSilentHandler();
    const before = editor.document.getText();
    const action = actions.find(({ title }) => title.startsWith(LOG));
    assert.ok(action?.edit, 'the action resolves to an edit');
    assert.equal(await vscode.workspace.applyEdit(action.edit, { isRefactoring: true }), true);
    await untilCount(editor.document.uri, SILENT, count - 1);
    assert.match(editor.document.getText(), /logger\.|logging\./);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
    await untilCount(editor.document.uri, SILENT, count);
  });

  it('offers a preview and options beside a fix that changes several files', async () => {
    const { actions } = await actionsAtDuplicate();
    const titles = actions.map(({ title }) => title).filter((title) => title.includes('Extract'));
    assert.equal(titles.length, 3, titles.join(', '));
    assert.match(titles[0]!, /^Extract \d+ places to validators\.py: validate_name$/);
    assert.equal(titles[1], `Preview: ${titles[0]}`);
    assert.match(titles[2]!, /^Extract .* with options\.\.\.$/);
  });

  it('previews a change without making it, then makes it, opens the new file and starts a rename there', async () => {
    const { editor, reference } = await actionsAtDuplicate();
    const before = editor.document.getText();
    const originals = await Promise.all(CHANGED.map(async (path) => [path, (await textOf(path)).getText()] as const));
    const renamed: string[] = [];
    const provider = vscode.languages.registerRenameProvider('python', {
      provideRenameEdits: () => new vscode.WorkspaceEdit(),
      prepareRename: (document, position) => {
        const range = document.getWordRangeAtPosition(position)!;
        renamed.push(`${vscode.workspace.asRelativePath(document.uri)} ${document.getText(range)}`);
        return range;
      },
    });
    try {
      const shown = await vscode.commands.executeCommand<{ files: number }>(COMMANDS.preview, reference);
      assert.equal(shown.files, 4);
      await until('the preview', () => tabs().some(({ label }) => label.startsWith('Preview: ')));
      assert.equal(editor.document.getText(), before);
      assert.equal(await isThere(VALIDATORS), false);
      assert.equal(await vscode.commands.executeCommand('seamline.applyPreview'), true);
      assert.notEqual((await vscode.workspace.openTextDocument(uriOf(PROVIDERS))).getText(), before);
      await until('the preview is closed', () => !tabs().some(({ label }) => label.startsWith('Preview: ')));
      await until('the new file', () => vscode.window.activeTextEditor?.document.uri.path.endsWith(VALIDATORS));
      await until('the rename', () => renamed.length > 0);
      for (const one of renamed) assert.equal(one, `${VALIDATORS} validate_name`);
    } finally {
      provider.dispose();
      await vscode.commands.executeCommand('cancelRenameInput');
      await open(PROVIDERS);
      await vscode.commands.executeCommand('undo');
      await until('the new file is gone', async () => !(await isThere(VALIDATORS)));
      for (const [path, text] of originals)
        await until(`${path} as it was`, async () => (await textOf(path)).getText() === text);
      await until('everything is saved', async () => {
        await vscode.workspace.saveAll(true);
        return !vscode.workspace.textDocuments.some(({ isDirty }) => isDirty);
      });
    }
  });

  it('shows a change with doubts as a whole before it is made: the editor would let parts of it be left out', async () => {
    const { editor, actions, count } = await actionsAtSilentHandler();
    const before = editor.document.getText();
    const action = actions.find(({ title }) => title.startsWith(RAISE));
    assert.ok(action, actions.map(({ title }) => title).join(', '));
    assert.equal(action.edit, undefined);
    assert.equal((await carriedBy(action)).command, COMMANDS.preview);
    await vscode.commands.executeCommand(action.command!.command);
    await until('the preview', () => tabs().some(({ label }) => label.startsWith('Preview: ')));
    assert.equal(editor.document.getText(), before);
    assert.equal(await vscode.commands.executeCommand('seamline.applyPreview'), true);
    await untilCount(editor.document.uri, SILENT, count - 1);
    await open(HOUSEKEEPING);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
    await untilCount(editor.document.uri, SILENT, count);
  });

  it('refuses to apply a preview of a file that changed since', async () => {
    const { editor, reference } = await actionsAtDuplicate();
    await vscode.commands.executeCommand(COMMANDS.preview, reference);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(0, 0), '# another line\n');
    await vscode.workspace.applyEdit(edit);
    const before = editor.document.getText();
    assert.equal(await vscode.commands.executeCommand('seamline.applyPreview'), false);
    assert.equal(editor.document.getText(), before);
    assert.equal(await isThere(VALIDATORS), false);
  });

  it('ignores with a reason, which becomes part of the comment', async () => {
    const { editor, actions, count } = await actionsAtSilentHandler();
    const action = actions.find(({ title }) => title.startsWith('Ignore silent-exception here'));
    const params = await argumentOf(action!);
    const done = await vscode.commands.executeCommand(COMMANDS.ignore, { ...params, reason: 'partial files vanish' });
    assert.equal(done, true);
    assert.match(
      editor.document.getText(),
      /# seamline: ignore\[silent-exception\] -- partial files vanish\n +except:/,
    );
    await untilCount(editor.document.uri, SILENT, count - 1);
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
    const path = 'llm_service/extra.py';
    await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(NO_FIX));
    try {
      await open(path);
      const [duplicate] = await until('a finding', () => {
        const found = diagnosticsOf(uriOf(path), DUPLICATE);
        return found.length > 0 && found;
      });
      const actions = await actionsAt(uriOf(path), duplicate!.range);
      const ours = actions.filter(({ command }) => command?.command.startsWith('seamline.'));
      const titles = ours.map(({ title }) => title).join(', ');
      assert.match(ours.at(-1)?.title ?? '', /^Why no fix\? \(.+\)$/, titles);
      const { command, arguments: carried } = ours.at(-1)!.command!;
      // VS Code forgets arguments with the list that they came in, and a list is renewed while its choice is still at work.
      assert.equal(carried, undefined);
      await actionsAt(uriOf(path), duplicate!.range);
      const shown = await vscode.commands.executeCommand<{ reason: string }>(command);
      assert.ok(shown.reason.length > 10, shown.reason);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(uriOf(path));
    }
  });
});
