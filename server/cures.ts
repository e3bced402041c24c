import type { CancellationToken } from 'vscode-languageserver/node';
import { Refusal } from '../core/edit/refusal';
import type { Cure, CureChoices, CurePlan } from '../core/rule/cure';
import type { Finding, Message, Place } from '../core/rule/finding';
import type { VerifiedChange } from '../core/verify/index';
import type { FindingReference, RefusalResult } from '../protocol/index';
import { type BuiltCure, curesOf, planAndBuildCure, prepareCure, type Workspace } from '../session/index';
import { cancelled } from './cancelled';
import type { ServerContext } from './context';
import type { FileInFolder, Folder } from './folders';

/** A finding with the file in which it was met. */
export interface LocatedFinding extends FileInFolder {
  readonly finding: Finding;
}

/** The finding that a reference names; undefined when it is gone or its file has changed since. */
export function findingOf(context: ServerContext, reference: FindingReference): LocatedFinding | undefined {
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
export async function planCures(workspace: Workspace, finding: Finding): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const cure of curesOf(finding)) planned.push(await planCure(workspace, finding, cure));
  return planned;
}

/** What one cure would do, or why not. */
export async function planCure(workspace: Workspace, finding: Finding, cure: Cure): Promise<Planned> {
  try {
    return { cure, plan: await prepareCure(workspace, finding, cure) };
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
}

export type Built = Done | { readonly refusal: Message & { readonly at?: Place } };

/**
 * Builds and proves a cure on the workspace as it is. What changed while it was built makes it refuse: the user tries again.
 */
export async function build(
  context: ServerContext,
  { folder, finding }: LocatedFinding,
  cure: Cure,
  choices: CureChoices,
  token: CancellationToken,
): Promise<Built> {
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  const { signal } = controller;
  const typescript = context.typescriptOf(folder);
  try {
    return await folder.live.withSnapshot(async (workspace) => {
      const key = JSON.stringify([finding.rule, finding.fingerprint, finding.range, cure.id, choices]);
      const known = knownOf(workspace);
      const done = known.get(key) ?? (await planAndBuildCure(workspace, typescript, finding, cure, choices, signal));
      known.set(key, done);
      const { plan, change } = done;
      for (const { file, before } of change.files) {
        const document = context.documents.get(context.folders.uriOf({ folder, file }));
        if (document && document.getText() !== before) throw new Refusal('file-changed', { file });
      }
      return { change, plan, title: context.texts.cureTitle(cure, plan.title) };
    });
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw signal.aborted ? cancelled() : error;
  } finally {
    listener.dispose();
  }
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
