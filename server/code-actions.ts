import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import type { Cure } from '../core/rule/cure';
import type { Finding } from '../core/rule/finding';
import { COMMANDS, type CureReference, type FindingReference, type IgnoreParams } from '../protocol/index';
import type { ServerContext } from './context';
import { type Built, build, findingOf, type LocatedFinding, type Planned, planCures, refusalResult } from './cures';
import { diagnosticsOf } from './diagnostics';
import type { FileInFolder } from './folders';
import { ignoreEdit } from './ignore';
import { workspaceEditOf } from './workspace-edit';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.seamline`;

/** Cures that the author must choose: never part of "fix all". */
const CHOSEN_BY_HAND = new Set(['log-exception', 'explain-exception']);

/** What `codeAction/resolve` gets back: the cure, and the version of the document for which it was listed. */
interface ActionData extends CureReference {
  readonly version: number | undefined;
}

/** Answers `textDocument/codeAction`: titles only; edits are made when an action is resolved. */
export async function codeActions(
  context: ServerContext,
  { textDocument, range, context: asked }: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const { uri } = textDocument;
  await context.sync.settled(uri);
  const found = context.folders.find(uri);
  if (!found || token.isCancellationRequested) return [];
  const { live } = found.folder;
  const wants = (kind: string) =>
    !asked.only || asked.only.some((one) => kind === one || kind.startsWith(`${one}.`) || one === '');
  const findings = live.findingsIn(found.file);
  if (asked.only?.some((kind) => FIX_ALL === kind || FIX_ALL.startsWith(`${kind}.`))) {
    const all = await fixAll(context, found, uri, findings);
    if (asked.only.length === 1) return all;
  }
  const here = findings.filter((finding) => placesIn(finding, found.file).some((place) => touches(place, range)));
  const actions: CodeAction[] = [];
  for (const finding of here) {
    const planned = await live.withSnapshot((workspace) => planCures(workspace, finding));
    if (token.isCancellationRequested) return [];
    actions.push(...actionsOf(context, { ...found, finding }, uri, planned, asked.only));
  }
  return actions.filter(({ kind }) => kind === undefined || wants(kind));
}

function actionsOf(
  context: ServerContext,
  located: LocatedFinding,
  uri: string,
  planned: readonly Planned[],
  only: readonly string[] | undefined,
): CodeAction[] {
  const { texts } = context;
  const { finding, folder } = located;
  const reference: FindingReference = {
    uri,
    rule: finding.rule,
    fingerprint: finding.fingerprint,
    line: finding.range.start.line,
  };
  const diagnostics = diagnosticsOf(context, located, uri, finding);
  const possible = planned.flatMap((one) => ('plan' in one ? [one] : []));
  const safe = possible.filter(({ plan }) => plan.applicability === 'safe');
  const actions: CodeAction[] = [];
  for (const { cure, plan } of possible) {
    const title = texts.cureTitle(cure, plan.title);
    const data: ActionData = { ...reference, cure: cure.id, version: context.documents.get(uri)?.version };
    const isPreferred = safe.length === 1 && safe[0]!.cure === cure && possible.length === 1;
    actions.push({ title, kind: cure.kind, diagnostics, data, ...(isPreferred ? { isPreferred } : {}) });
    if (context.options.isSeamlineClient) {
      const arguments_ = [{ ...reference, cure: cure.id }];
      actions.push(
        commandAction(texts.say('preview', { title }), cure.kind, diagnostics, COMMANDS.preview, arguments_),
      );
      if (cure.kind !== CodeActionKind.QuickFix)
        actions.push(
          commandAction(texts.say('with-options', { title }), cure.kind, diagnostics, COMMANDS.withOptions, arguments_),
        );
    }
  }
  // VS Code shows disabled actions only where a kind of refactoring was asked for.
  if (only?.some((kind) => kind.startsWith('refactor'))) {
    for (const one of planned) {
      if (!('refusal' in one)) continue;
      const { reason } = refusalResult(context, folder, one.cure, one.refusal);
      const title = texts.cureTitle(one.cure, undefined);
      actions.push({ title, kind: one.cure.kind, diagnostics, disabled: { reason } });
    }
  }
  actions.push(...ignoreActions(context, located, reference, diagnostics));
  const refused = planned.find((one) => 'refusal' in one);
  if (possible.length === 0 && refused && 'refusal' in refused) {
    const refusal = refusalResult(context, folder, refused.cure, refused.refusal);
    actions.push(
      commandAction(
        texts.say('why-no-fix', { reason: refusal.reason }),
        CodeActionKind.QuickFix,
        diagnostics,
        COMMANDS.explainRefusal,
        [refusal],
      ),
    );
  }
  return actions;
}

/** Silencing by a comment: our own client asks for the reason first. */
function ignoreActions(
  context: ServerContext,
  located: LocatedFinding,
  reference: FindingReference,
  diagnostics: Diagnostic[],
): CodeAction[] {
  return (['line', 'file'] as const).flatMap((scope) => {
    const edit = ignoreEdit(context, located, scope, undefined);
    if (!edit) return [];
    const { texts } = context;
    const title = texts.say(scope === 'line' ? 'ignore-here' : 'ignore-in-file', { rule: reference.rule });
    const params: IgnoreParams = { ...reference, scope };
    return context.options.isSeamlineClient
      ? [
          commandAction(texts.say('with-reason', { title }), CodeActionKind.QuickFix, diagnostics, COMMANDS.ignore, [
            params,
          ]),
        ]
      : [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  });
}

function commandAction(
  title: string,
  kind: string,
  diagnostics: Diagnostic[],
  command: string,
  args: unknown[],
): CodeAction {
  return { title, kind, diagnostics, command: { title, command, arguments: args } };
}

/** Answers `codeAction/resolve`: the edit, or a command that shows why there is none. */
export async function resolveAction(
  context: ServerContext,
  action: CodeAction,
  token: CancellationToken,
): Promise<CodeAction> {
  const data = action.data as ActionData | undefined;
  if (!data?.cure) return action;
  const located = findingOf(context, data);
  const folder = located?.folder ?? context.folders.find(data.uri)?.folder;
  if (!folder) return action;
  const stale = { messageId: 'file-changed', args: { file: located?.file ?? data.uri } };
  const result: { cure: Cure | undefined } & Built =
    located && context.documents.get(data.uri)?.version === data.version
      ? await buildNamed(context, located, data.cure, token)
      : { cure: undefined, refusal: stale };
  if (!('refusal' in result)) return { ...action, edit: workspaceEditOf(context, folder, result.change, action.title) };
  const refusal = refusalResult(context, folder, result.cure, result.refusal);
  return { ...action, command: { title: refusal.reason, command: COMMANDS.explainRefusal, arguments: [refusal] } };
}

async function buildNamed(
  context: ServerContext,
  located: LocatedFinding,
  id: string,
  token: CancellationToken,
): Promise<{ cure: Cure | undefined } & Built> {
  const planned = await located.folder.live.withSnapshot((workspace) => planCures(workspace, located.finding));
  const one = planned.find(({ cure }) => cure.id === id);
  if (!one) return { cure: undefined, refusal: { messageId: 'no-cure', args: { rule: located.finding.rule } } };
  if ('refusal' in one) return { cure: one.cure, refusal: one.refusal };
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    return { cure: one.cure, ...(await build(context, located, one.cure, {}, controller.signal)) };
  } finally {
    listener.dispose();
  }
}

/** Safe cures of this one file that create nothing, one after the other as long as they do not touch each other. */
async function fixAll(
  context: ServerContext,
  found: FileInFolder,
  uri: string,
  findings: readonly Finding[],
): Promise<CodeAction[]> {
  const edits: { start: number; end: number; newText: string }[] = [];
  for (const finding of findings) {
    const offer = finding.cures.find(({ id, applicability }) => applicability === 'safe' && !CHOSEN_BY_HAND.has(id));
    if (!offer) continue;
    const planned = await found.folder.live.withSnapshot((workspace) => planCures(workspace, finding));
    const one = planned.find(({ cure }) => cure.id === offer.id);
    if (!one || !('plan' in one) || one.plan.applicability !== 'safe') continue;
    const built = await build(context, { ...found, finding }, one.cure, {}, new AbortController().signal);
    if ('refusal' in built || built.change.applicability !== 'safe') continue;
    const { changes, creations } = built.change.changeSet;
    const [only, ...others] = changes;
    if (creations.length > 0 || others.length > 0 || only?.file !== found.file) continue;
    const isApart = only.edits.every((a) => edits.every((b) => a.end < b.start || b.end < a.start));
    if (isApart) edits.push(...only.edits);
  }
  if (edits.length === 0) return [];
  const document = context.documents.get(uri);
  if (!document) return [];
  const changes = edits.map(({ start, end, newText }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText,
  }));
  const textDocument = { uri, version: document.version };
  return [
    {
      title: context.texts.say('fix-all'),
      kind: FIX_ALL,
      edit: { documentChanges: [{ textDocument, edits: changes }] },
    },
  ];
}

function placesIn(finding: Finding, file: string) {
  return [finding, ...finding.related].filter((place) => place.file === file).map(({ range }) => range);
}

function touches(place: Finding['range'], range: Finding['range']): boolean {
  const isBefore = (a: { line: number; character: number }, b: { line: number; character: number }) =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(place.end, range.start) && !isBefore(range.end, place.start);
}
