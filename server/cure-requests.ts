import type { CancellationToken } from 'vscode-languageserver/node';
import type { CureChoices } from '../core/rule/cure';
import type { Finding } from '../core/rule/finding';
import { SourceFile } from '../core/text/source-file';
import type { VerifiedChange } from '../core/verify/index';
import type { BuildCureParams, BuildCureResult, CureReference, PlanCureResult, RefusalResult } from '../protocol/index';
import { certainPlaces } from '../session/index';
import type { ServerContext } from './context';
import { build, cureOf, findingOf, type LocatedFinding, planCure, refusalResult } from './cures';
import { type Folder, shortName } from './folders';
import { workspaceEditOf } from './workspace-edit';

/** Answers `seamline/planCure`. */
export async function planCureRequest(context: ServerContext, reference: CureReference): Promise<PlanCureResult> {
  const empty = { title: '', applicability: 'review', places: [], wantsReason: false } as const;
  const seen = await findingOf(context, reference);
  // A group that is to be chosen from is shown with all its places.
  if (seen && seen.finding.related.length > 0) await seen.folder.live.whenRead();
  const located = await findingOf(context, reference);
  if (!located) return { ...empty, refusal: gone(context) };
  const { folder, finding } = located;
  const cure = cureOf(finding, reference.cure);
  if (!cure) return { ...empty, refusal: noCure(context, finding) };
  const one = await folder.live.withSnapshot((workspace) => planCure(context, workspace, finding, cure));
  const wantsReason = 'refusal' in one && one.refusal.code === 'reason-needed';
  if ('refusal' in one && !wantsReason)
    return {
      ...empty,
      title: context.texts.cureTitle(one.cure, undefined),
      refusal: refusalResult(context, folder, one.cure, one.refusal),
    };
  return {
    title: context.texts.cureTitle(one.cure, 'plan' in one ? one.plan.title : undefined),
    applicability: 'plan' in one ? one.plan.applicability : 'safe',
    places: await placesOf(context, located),
    wantsReason,
    ...('plan' in one && one.plan.name !== undefined ? { name: one.plan.name } : {}),
    ...('plan' in one && one.plan.into !== undefined ? { into: shortName(folder, one.plan.into) } : {}),
  };
}

function noCure(context: ServerContext, { rule }: Finding): RefusalResult {
  const code = 'no-cure';
  return { code, reason: context.texts.refusal(undefined, { messageId: code, args: { rule } }) };
}

/** The finding is no longer there. */
export function gone(context: ServerContext): RefusalResult {
  const code = 'file-changed';
  return { code, reason: context.texts.refusal(undefined, { messageId: code, args: {} }) };
}

/** The places of a group, each with its line of code. */
async function placesOf(
  context: ServerContext,
  { folder, finding }: LocatedFinding,
): Promise<PlanCureResult['places']> {
  return folder.live.withSnapshot((workspace) =>
    Promise.all(
      [finding, ...finding.related].map(async ({ file, range }) => {
        const { source } = await workspace.open(file);
        const label = source.lineText(range.start.line).trim();
        return { uri: context.folders.uriOf({ folder, file }), range, label };
      }),
    ),
  );
}

/** Answers `seamline/buildCure`. */
export async function buildCureRequest(
  context: ServerContext,
  params: BuildCureParams,
  token: CancellationToken,
): Promise<BuildCureResult> {
  const located = await findingOf(context, params);
  if (!located) return { refusal: gone(context) };
  const { folder } = located;
  const cure = cureOf(located.finding, params.cure);
  if (!cure) return { refusal: noCure(context, located.finding) };
  const built = await build(context, located, cure, choicesOf(context, folder, params), token);
  if ('refusal' in built) {
    const title = context.texts.cureTitle(cure, undefined);
    return { title, refusal: refusalResult(context, folder, cure, built.refusal) };
  }
  const { change, plan, title } = built;
  return {
    title,
    applicability: change.applicability,
    notes: change.notes.map((note) => ({
      message: context.texts.note(cure, note),
      isDoubt: note.isDoubt,
      ...(note.at ? { at: { uri: context.folders.uriOf({ folder, file: note.at.file }), range: note.at.range } } : {}),
    })),
    edit: workspaceEditOf(context, folder, built),
    ...newNameOf(context, folder, change, params.name ?? plan.name),
    ...(params.places ? {} : certainPlacesOf(context, located, change)),
    files: change.files.map(({ file, before, after }) => ({
      uri: context.folders.uriOf({ folder, file }),
      ...(before === undefined ? {} : { before }),
      after,
    })),
  };
}

function certainPlacesOf(
  context: ServerContext,
  { folder, finding }: LocatedFinding,
  change: VerifiedChange,
): Pick<BuildCureResult, 'certainPlaces'> {
  const places = certainPlaces(finding, change);
  if (places.length === 0) return {};
  const named = places.map(({ file, range }) => ({
    uri: context.folders.uriOf({ folder, file }),
    line: range.start.line,
  }));
  return { certainPlaces: named };
}

function choicesOf(
  context: ServerContext,
  { prefix }: Folder,
  { name, into, reason, places }: BuildCureParams,
): CureChoices {
  return {
    ...(name === undefined ? {} : { name }),
    ...(into === undefined ? {} : { into: prefix + into }),
    ...(reason === undefined ? {} : { reason }),
    ...(places
      ? {
          places: places.flatMap(({ uri, line }) => {
            const found = context.folders.find(uri);
            return found ? [{ file: found.file, line: line + 1 }] : [];
          }),
        }
      : {}),
  };
}

/** Where the name of what was created is defined, for a rename right after the change. */
export function newNameOf(
  context: ServerContext,
  folder: Folder,
  change: VerifiedChange,
  name: string | undefined,
): Pick<BuildCureResult, 'newName'> {
  if (name === undefined || !/^[\w$]+$/.test(name)) return {};
  const definition = new RegExp(`\\b(?:def|class|function|const)\\s+(?=${name.replaceAll('$', '\\$')}(?![\\w$]))`);
  for (const { file, before, after } of change.files) {
    const match = definition.exec(after);
    if (!match || (before !== undefined && definition.test(before))) continue;
    const start = match.index + match[0].length;
    const range = new SourceFile(after).rangeOf({ startIndex: start, endIndex: start + name.length });
    return { newName: { uri: context.folders.uriOf({ folder, file }), range } };
  }
  return {};
}
