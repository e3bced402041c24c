import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import type { Cure, CurePlan } from '../core/rule/cure';
import type { Finding } from '../core/rule/finding';
import {
  COMMANDS,
  type Created,
  type CureReference,
  type FindingReference,
  type IgnoreParams,
} from '../protocol/index';
import { cancelled } from './cancelled';
import type { ServerContext } from './context';
import { newNameOf } from './cure-requests';
import {
  type Built,
  build,
  cureOf,
  type Done,
  findingOf,
  type LocatedFinding,
  type Planned,
  planCures,
  refusalResult,
} from './cures';
import { diagnosticsOf } from './diagnostics';
import { FIX_ALL, fixAll } from './fix-all';
import type { Folder } from './folders';
import { ignoreEdit } from './ignore';
import { workspaceEditOf } from './workspace-edit';

/** Why a cure is refused that asks for words of the author. */
const REASON_NEEDED = 'reason-needed';

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
  if (token.isCancellationRequested) throw cancelled();
  if (!found) return [];
  const { live } = found.folder;
  const { only } = asked;
  const wants = (kind: string) => !only || only.some((one) => includes(one, kind));
  // Without being asked for, an editor would list it at every finding.
  const actions = only && wants(FIX_ALL) ? await fixAll(context, found, uri, token) : [];
  if (only?.every((kind) => includes(CodeActionKind.Source, kind))) return actions;
  const findings = live.findingsIn(found.file);
  const here = findings.filter((finding) => placesIn(finding, found.file).some((place) => touches(place, range)));
  for (const finding of here) {
    const planned = await live.withSnapshot((workspace) => planCures(context, workspace, finding));
    if (token.isCancellationRequested) throw cancelled();
    actions.push(...actionsOf(context, { ...found, finding }, uri, planned, only));
  }
  const listed = actions.filter(({ kind }) => kind === undefined || wants(kind));
  const support = context.client.textDocument?.codeAction;
  if (support?.resolveSupport?.properties.includes('edit')) return listed;
  // A client that never asks for an edit gets it at once, or nothing would happen.
  const resolved: CodeAction[] = [];
  for (const action of listed) resolved.push(await resolveAction(context, action, token));
  return resolved;
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
  const actions: CodeAction[] = [];
  // At a finding every cure is a fix of it, and editors list quick fixes first; it is a refactoring where one was asked for.
  const kindOf = (cure: Cure) =>
    !only || only.some((one) => includes(one, CodeActionKind.QuickFix)) ? CodeActionKind.QuickFix : cure.kind;
  for (const { cure, plan } of possible) {
    const kind = kindOf(cure);
    const title = texts.cureTitle(cure, plan.title);
    const data: ActionData = { ...reference, cure: cure.id, version: context.documents.get(uri)?.version };
    const isPreferred = possible.length === 1 && plan.applicability === 'safe';
    actions.push({ title, kind, diagnostics, data, ...(isPreferred ? { isPreferred } : {}) });
    if (!context.options.isSeamlineClient || !isWide(finding, plan)) continue;
    const arguments_ = [{ ...reference, cure: cure.id }];
    const general = texts.cureTitle(cure, undefined);
    // What is for review is previewed anyway.
    if (plan.applicability === 'safe')
      actions.push(commandAction(texts.say('preview', { title }), kind, diagnostics, COMMANDS.preview, arguments_));
    actions.push(
      commandAction(texts.say('with-options', { title: general }), kind, diagnostics, COMMANDS.withOptions, arguments_),
    );
  }
  if (context.options.isSeamlineClient) {
    for (const one of planned) {
      if (!('refusal' in one) || one.refusal.code !== REASON_NEEDED) continue;
      const title = `${texts.cureTitle(one.cure, undefined)}...`;
      const arguments_ = [{ ...reference, cure: one.cure.id }];
      actions.push(commandAction(title, kindOf(one.cure), diagnostics, COMMANDS.withOptions, arguments_));
    }
  }
  // VS Code shows disabled actions only where a kind of refactoring was asked for.
  const { disabledSupport } = context.client.textDocument?.codeAction ?? {};
  if (disabledSupport && only?.some((kind) => kind.startsWith('refactor'))) {
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
    if (!context.options.isSeamlineClient) return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
    const asking = scope === 'line' ? texts.say('with-reason', { title }) : `${title}...`;
    return [commandAction(asking, CodeActionKind.QuickFix, diagnostics, COMMANDS.ignore, [params])];
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
  const located = await findingOf(context, data);
  const folder = located?.folder ?? context.folders.find(data.uri)?.folder;
  if (!folder) return action;
  const cure = located && cureOf(located.finding, data.cure);
  const isCurrent = context.documents.get(data.uri)?.version === data.version;
  const built: Built =
    located && cure && isCurrent
      ? await build(context, located, cure, {}, token)
      : { refusal: { messageId: 'file-changed', args: { file: located?.file ?? data.uri } } };
  if ('refusal' in built) {
    const refusal = refusalResult(context, folder, cure, built.refusal);
    return { ...action, command: { title: refusal.reason, command: COMMANDS.explainRefusal, arguments: [refusal] } };
  }
  const { isSeamlineClient } = context.options;
  // What has doubts is seen as a whole before it is made: an editor's own preview lets parts of it be left out.
  if (isSeamlineClient && built.change.applicability === 'review') {
    const { version: _, ...reference } = data;
    return { ...action, command: { title: action.title, command: COMMANDS.preview, arguments: [reference] } };
  }
  const edit = workspaceEditOf(context, folder, built);
  const created = createdBy(context, folder, built);
  return created && isSeamlineClient
    ? { ...action, edit, command: { title: action.title, command: COMMANDS.reveal, arguments: [created] } }
    : { ...action, edit };
}

/** What a change brings into being, for the editor to show; undefined where it brings nothing. */
function createdBy(context: ServerContext, folder: Folder, { change, plan }: Done): Created | undefined {
  const [file] = change.changeSet.creations.map((one) => context.folders.uriOf({ folder, file: one.file }));
  const { newName } = newNameOf(context, folder, change, plan.name);
  return file === undefined && !newName ? undefined : { ...(file ? { file } : {}), ...(newName ? { newName } : {}) };
}

/** Whether a cure changes more than one file, as far as its plan tells: what is worth a look before, and leaves something to choose. */
function isWide(finding: Finding, { into }: CurePlan): boolean {
  const files = [finding, ...finding.related].map(({ file }) => file);
  return into !== undefined && new Set([...files, into]).size > 1;
}

/** Whether a kind of action is the one that was asked for, or below it; the empty kind is above all. */
function includes(asked: string, kind: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

function placesIn(finding: Finding, file: string) {
  return [finding, ...finding.related].filter((place) => place.file === file).map(({ range }) => range);
}

function touches(place: Finding['range'], range: Finding['range']): boolean {
  const isBefore = (a: { line: number; character: number }, b: { line: number; character: number }) =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(place.end, range.start) && !isBefore(range.end, place.start);
}
