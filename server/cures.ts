import { type CancellationToken, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import { Refusal } from '../core/edit/refusal';
import type { Cure, CureChoices, CurePlan } from '../core/rule/cure';
import type { Finding, Message, Place } from '../core/rule/finding';
import type { VerifiedChange } from '../core/verify/index';
import type { FindingReference, RefusalResult } from '../protocol/index';
import {
  type BuiltCure,
  type ChangeParts,
  certainPart,
  curesOf,
  Outdated,
  planAndBuildCure,
  prepareCure,
  type Workspace,
} from '../session/index';
import { cancelled } from './cancelled';
import type { ServerContext } from './context';
import type { FileInFolder, Folder } from './folders';
import { asksForConfirmation, canCreateFiles } from './workspace-edit';

/** A finding with the file in which it was met. */
export interface LocatedFinding extends FileInFolder {
  readonly finding: Finding;
}

/** The finding that a reference names, once what was typed last is judged; undefined when it is gone or its file has changed since. */
export async function findingOf(
  context: ServerContext,
  reference: FindingReference,
): Promise<LocatedFinding | undefined> {
  await context.sync.settled(reference.uri);
  const found = context.folders.find(reference.uri);
  const finding = found?.folder.live
    .findingsIn(found.file)
    .find(
      (one) =>
        one.rule === reference.rule &&
        one.fingerprint === reference.fingerprint &&
        one.range.start.line === reference.line,
    );
  return finding && { ...found!, finding };
}

export type Planned =
  | { readonly cure: Cure; readonly plan: CurePlan }
  | { readonly cure: Cure; readonly refusal: Refusal };

/** What each cure of a finding would do, or why not; reads the finding's own file only. */
export async function planCures(context: ServerContext, workspace: Workspace, finding: Finding): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const cure of curesOf(finding)) planned.push(await planCure(context, workspace, finding, cure));
  return planned;
}

/** What one cure would do, or why not. */
export async function planCure(
  { client }: ServerContext,
  workspace: Workspace,
  finding: Finding,
  cure: Cure,
): Promise<Planned> {
  try {
    const plan = await prepareCure(workspace, finding, cure);
    const { into } = plan;
    if (into !== undefined && !canCreateFiles(client) && !(await workspace.exists(into)))
      throw new Refusal('cannot-create-files', { file: into });
    return { cure, plan };
  } catch (error) {
    if (error instanceof Refusal) return { cure, refusal: error };
    throw error;
  }
}

/** A cure that a finding offers, by its id. */
export function cureOf(finding: Finding, id: string): Cure | undefined {
  return curesOf(finding).find((cure) => cure.id === id);
}

/** A proven change. */
export interface Done {
  readonly change: VerifiedChange;
  readonly plan: CurePlan;
  readonly title: string;
  /** What can be made of it without its doubts, where somebody has to be asked. */
  readonly certain: ChangeParts;
  /** Why it is for review, in words. */
  readonly doubts: readonly string[];
}

export type Built = Done | { readonly refusal: Message & { readonly at?: Place } };

/**
 * Builds and proves a cure on the workspace as it is, among all files of its root. While the folder is being read it waits, and takes the
 * finding as it is then: a group may have gained places. Where somebody types meanwhile it begins anew, as long as the finding is still
 * there; after a few times it refuses, and the user tries again.
 */
export async function build(
  context: ServerContext,
  located: LocatedFinding,
  cure: Cure,
  choices: CureChoices,
  token: CancellationToken,
): Promise<Built> {
  const controller = new AbortController();
  const { signal } = controller;
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await unlessAborted(located.folder.live.whenRead(), signal);
        const current = asItIs(located);
        if (!current) throw new Refusal('file-changed', { file: located.file });
        return await unlessAborted(buildOnce(context, current, cure, choices, signal), signal);
      } catch (error) {
        if (!(error instanceof Outdated) || attempt === ATTEMPTS) throw error;
      }
    }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw signal.aborted ? cancelled() : error;
  } finally {
    listener.dispose();
  }
}

/** How often a cure is built while somebody types. */
const ATTEMPTS = 3;

function buildOnce(
  context: ServerContext,
  { folder, finding }: LocatedFinding,
  cure: Cure,
  choices: CureChoices,
  signal: AbortSignal,
): Promise<Done> {
  const typescript = context.typescriptOf(folder);
  return folder.live.withWhole(async (workspace) => {
    const key = JSON.stringify([finding.rule, finding.fingerprint, finding.range, cure.id, choices]);
    const known = knownOf(workspace);
    const buildWith = (chosen: CureChoices) => planAndBuildCure(workspace, typescript, finding, cure, chosen, signal);
    const built = known.get(key) ?? (await buildWith(choices));
    known.set(key, built);
    const { plan, change } = built;
    const [created] = change.changeSet.creations;
    if (created && !canCreateFiles(context.client)) throw new Refusal('cannot-create-files', { file: created.file });
    const certain = asksForConfirmation(context)
      ? await certainPart(finding, built, choices, buildWith)
      : new Set<never>();
    for (const { file, before } of change.files) {
      const document = context.documents.get(context.folders.uriOf({ folder, file }));
      if (document && document.getText() !== before) throw new Refusal('file-changed', { file });
    }
    const doubts = change.notes.filter(({ isDoubt }) => isDoubt).map((note) => context.texts.note(cure, note));
    return { change, plan, certain, doubts, title: context.texts.cureTitle(cure, plan.title) };
  });
}

/** The same finding at the same place as it is by now; undefined when it is gone. */
function asItIs(located: LocatedFinding): LocatedFinding | undefined {
  const { folder, file, finding } = located;
  const now = folder.live.findingsIn(file).find((one) => isSame(one, finding));
  return now && { ...located, finding: now };
}

const isSame = (one: Finding, { rule, fingerprint, range }: Finding): boolean =>
  one.rule === rule && one.fingerprint === fingerprint && one.range.start.line === range.start.line;

/** Ends the waiting at once; the work itself ends where it looks at the signal. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

/** What was built on a snapshot: an editor resolves an entry that is looked at, and again when it is chosen. */
const KNOWN = new WeakMap<Workspace, Map<string, BuiltCure>>();

function knownOf(workspace: Workspace): Map<string, BuiltCure> {
  const known = KNOWN.get(workspace) ?? new Map<string, BuiltCure>();
  KNOWN.set(workspace, known);
  return known;
}

/** A refusal in words, with the place that stands in the way. */
export function refusalResult(
  context: ServerContext,
  folder: Folder,
  cure: Cure | undefined,
  refusal: Message & { readonly at?: Place },
): RefusalResult {
  const { at } = refusal;
  return {
    code: refusal.messageId,
    reason: context.texts.refusal(cure, refusal),
    ...(at ? { at: { uri: context.folders.uriOf({ folder, file: at.file }), range: at.range } } : {}),
  };
}

/** Answers `workspace/executeCommand` for clients without a command of their own: shows why there is no fix. */
export function explainRefusal({ connection, texts }: ServerContext, refusal: RefusalResult | undefined): void {
  if (!refusal?.reason) return;
  const message = texts.say('no-fix', { reason: refusal.reason });
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
}
