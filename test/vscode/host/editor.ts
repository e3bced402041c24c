import * as vscode from 'vscode';
import type { Services } from '../../../client/extension';
import type { FindingItem, FindingReference } from '../../../protocol/index';

const LIMIT_MS = 15_000;

/** Waits until an expression has a value that is true, and returns it. */
export async function until<T>(
  what: string,
  value: () => T | PromiseLike<T>,
): Promise<Exclude<T, false | undefined | null>> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await value();
    if (found) return found as Exclude<T, false | undefined | null>;
    if (Date.now() > end) throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @param path relative to the workspace folder */
export function uriOf(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uriOf(path), { preview: false });
}

/** What the command of an action runs; the action itself names a command without arguments. */
export async function carriedBy({ title, command }: vscode.CodeAction): Promise<vscode.Command> {
  const services: Services = await vscode.extensions.getExtension<Services>('seamline.seamline')!.activate();
  const carried = command && services.server.actionCommands.carriedBy(command);
  if (!carried) throw new Error(`"${title}" carries no command`);
  return carried;
}

/** What the command of an action hands on. */
export const argumentOf = async (action: vscode.CodeAction): Promise<FindingReference> =>
  (await carriedBy(action)).arguments![0] as FindingReference;

/** Our diagnostics of a file, in their order in the text. */
export function diagnosticsOf(uri: vscode.Uri, rule?: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => one.source === 'seamline' && (rule === undefined || ruleOf(one) === rule))
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until a file has so many diagnostics of a rule. */
export async function untilCount(uri: vscode.Uri, rule: string, count: number): Promise<vscode.Diagnostic[]> {
  const what = () => `${count} diagnostics of ${rule}; there are ${diagnosticsOf(uri, rule).length}`;
  try {
    return await until('', () => {
      const found = diagnosticsOf(uri, rule);
      return found.length === count && found;
    });
  } catch {
    throw new Error(`not within ${LIMIT_MS / 1000} s: ${what()}`);
  }
}

/** The findings of a file as the whole workspace is judged: what the editor has to show of it. */
export async function planned(path: string, rule: string): Promise<readonly FindingItem[]> {
  const plan = await vscode.commands.executeCommand<readonly FindingItem[]>('seamline.plan.refresh');
  return plan
    .filter((one) => one.file === path && one.rule === rule)
    .sort((a, b) => a.range.start.line - b.range.start.line);
}

/** Opens a file and waits until all its findings of a rule, of which there is at least one, are shown. */
export async function openWith(path: string, rule: string): Promise<vscode.Diagnostic[]> {
  await open(path);
  const { length } = await planned(path, rule);
  if (length === 0) throw new Error(`${path} has no finding of ${rule}`);
  return untilCount(uriOf(path), rule, length);
}

/** The code actions at a place, resolved, as the lightbulb would list them. */
export async function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind?.value, 20);
}

export async function revertAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty || document.isClosed || document.uri.scheme !== 'file') continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
