import { diffLines } from 'diff';
import { type CancellationToken, type CodeAction, CodeActionKind, type Disposable } from 'vscode-languageserver/node';
import type { TextDocument, TextEdit } from 'vscode-languageserver-textdocument';
import { Refusal } from '../core/edit/refusal';
import type { Cure } from '../core/rule/cure';
import type { Finding } from '../core/rule/finding';
import { type LiveWorkspace, planAndBuildCure, type Workspace } from '../session/index';
import { cancelled } from './cancelled';
import type { ServerContext } from './context';
import { cureOf } from './cures';
import type { FileInFolder } from './folders';
import { editFor } from './workspace-edit';

/** The kind of "fix all", which an editor may run at every save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.seamline`;

/** Cures that the author must choose: never part of "fix all". */
const CHOSEN_BY_HAND = new Set(['log-exception', 'explain-exception']);

/**
 * Safe cures of this one file that create nothing, one after the other: each is built and proven on what the ones before it left, so that
 * the sum is as good as its parts.
 */
export async function fixAll(
  context: ServerContext,
  { folder, file }: FileInFolder,
  uri: string,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const document = context.documents.get(uri);
  const { live } = folder;
  const hasSome = () => live.findingsIn(file).some((finding) => candidateOf(finding, file));
  if (!document || !hasSome()) return [];
  const { version } = document;
  // While a configuration is read again, a save waits for it; while a large folder is read for the first time, the next save asks again.
  if (live.isReading && (!(await isReadSoon(live, token)) || !hasSome())) return [];
  const before = document.getText();
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  const typescript = context.typescriptOf(folder);
  try {
    const after = await live.withCopy(async (workspace) => {
      const step = (finding: Finding, cure: Cure) =>
        planAndBuildCure(workspace, typescript, finding, cure, {}, controller.signal);
      return (await workspace.open(file)).source.text === before ? applyAll(workspace, file, step) : undefined;
    });
    // Typed into meanwhile: the next save asks again.
    if (after === undefined || after === before || context.documents.get(uri)?.version !== version) return [];
    const edit = editFor(context.client, [{ textDocument: { uri, version }, edits: editsOf(document, after) }]);
    return [{ title: context.texts.say('fix-all'), kind: FIX_ALL, edit }];
  } catch (error) {
    // Nobody knows what belongs to the folder: its configuration is wrong, which is told there.
    if (error instanceof Refusal) return [];
    throw controller.signal.aborted ? cancelled() : error;
  } finally {
    listener.dispose();
  }
}

/** Of the time that a save may take, what goes into waiting; VS Code lets the user skip it. */
const READ_BUDGET_MS = 1_500;

/** Whether a folder has been read within the time that a save may wait. */
async function isReadSoon(live: LiveWorkspace, token: CancellationToken): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let listener: Disposable | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, READ_BUDGET_MS);
    listener = token.onCancellationRequested(() => resolve());
  });
  await Promise.race([live.whenRead(), tooLate]);
  clearTimeout(timer);
  listener?.dispose();
  return !live.isReading;
}

/** Carries out what can be carried out in a workspace that may be changed; returns the text of the file afterwards. */
async function applyAll(
  workspace: Workspace,
  file: string,
  build: (finding: Finding, cure: Cure) => ReturnType<typeof planAndBuildCure>,
): Promise<string> {
  const tried = new Set<string>();
  for (;;) {
    const findings = await workspace.reportedFindings();
    const finding = findings.find((one) => candidateOf(one, file) && !tried.has(keyOf(one)));
    if (!finding) return (await workspace.open(file)).source.text;
    tried.add(keyOf(finding));
    try {
      const { change } = await build(finding, candidateOf(finding, file)!);
      const { changes, creations } = change.changeSet;
      const isOfThisFile = creations.length === 0 && changes.every((one) => one.file === file);
      if (change.applicability === 'safe' && isOfThisFile) await workspace.take(change);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

/** The safe cure of a finding that concerns one file only. */
function candidateOf(finding: Finding, file: string): Cure | undefined {
  if ([finding, ...finding.related].some((place) => place.file !== file)) return undefined;
  const offer = finding.cures.find(({ id, applicability }) => applicability === 'safe' && !CHOSEN_BY_HAND.has(id));
  return offer && cureOf(finding, offer.id);
}

const keyOf = ({ rule, fingerprint }: Finding): string => `${rule} ${fingerprint}`;

/** What turns a document's text into another, in whole lines. */
function editsOf(document: TextDocument, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let isOpen = false;
  for (const { added, removed, value } of diffLines(document.getText(), after)) {
    if (!added && !removed) {
      at += value.length;
      isOpen = false;
      continue;
    }
    const start = document.positionAt(at);
    if (removed) at += value.length;
    const last = isOpen ? edits.pop() : undefined;
    const range = { start: last?.range.start ?? start, end: document.positionAt(at) };
    edits.push({ range, newText: (last?.newText ?? '') + (added ? value : '') });
    isOpen = true;
  }
  return edits;
}
