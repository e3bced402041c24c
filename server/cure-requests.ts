import type { CancellationToken } from 'vscode-languageserver/node';
import type { CureChoices } from '../core/rule/cure';
import { SourceFile } from '../core/text/source-file';
import type { VerifiedChange } from '../core/verify/index';
import type { BuildCureParams, BuildCureResult, CureReference, PlanCureResult, RefusalResult } from '../protocol/index';
import type { ServerContext } from './context';
import { build, findingOf, type LocatedFinding, planCures, refusalResult } from './cures';
import type { Folder } from './folders';
import { workspaceEditOf } from './workspace-edit';

/** Answers `seamline/planCure`. */
export async function planCureRequest(context: ServerContext, reference: CureReference): Promise<PlanCureResult> {
  const empty = { title: '', applicability: 'review', places: [], wantsReason: false } as const;
  const located = findingOf(context, reference);
  if (!located) return { ...empty, refusal: gone(context) };
  const { folder, finding } = located;
  const planned = await folder.live.withSnapshot((workspace) => planCures(workspace, finding));
  const one = planned.find(({ cure }) => cure.id === reference.cure);
  if (!one)
    return {
      ...empty,
      refusal: {
        code: 'no-cure',
        reason: context.texts.refusal(undefined, { messageId: 'no-cure', args: { rule: finding.rule } }),
      },
    };
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
    places: placesOf(context, located),
    wantsReason,
    ...('plan' in one && one.plan.name !== undefined ? { name: one.plan.name } : {}),
    ...('plan' in one && one.plan.into !== undefined ? { into: one.plan.into } : {}),
  };
}

/** The finding, or its cure, is no longer there. */
function gone(context: ServerContext): RefusalResult {
  const code = 'file-changed';
  return { code, reason: context.texts.refusal(undefined, { messageId: code, args: {} }) };
}

function placesOf(context: ServerContext, { folder, finding }: LocatedFinding): PlanCureResult['places'] {
  return [finding, ...finding.related].map(({ file, range }) => ({
    uri: context.folders.uriOf({ folder, file }),
    range,
    label: `${file}:${range.start.line + 1}`,
  }));
}

/** Answers `seamline/buildCure`. */
export async function buildCureRequest(
  context: ServerContext,
  params: BuildCureParams,
  token: CancellationToken,
): Promise<BuildCureResult> {
  const located = findingOf(context, params);
  if (!located) return { refusal: gone(context) };
  const { folder } = located;
  const planned = await folder.live.withSnapshot((workspace) => planCures(workspace, located.finding));
  const one = planned.find(({ cure }) => cure.id === params.cure);
  if (!one) return { refusal: gone(context) };
  const { cure } = one;
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    const built = await build(context, located, cure, choicesOf(context, params), controller.signal);
    if ('refusal' in built) return { refusal: refusalResult(context, folder, cure, built.refusal) };
    const { change, title } = built;
    return {
      title,
      applicability: change.applicability,
      notes: change.notes.map((note) => ({
        message: context.texts.note(cure, note),
        isDoubt: note.isDoubt,
        ...(note.at
          ? { at: { uri: context.folders.uriOf({ folder, file: note.at.file }), range: note.at.range } }
          : {}),
      })),
      edit: workspaceEditOf(context, folder, change, title),
      ...newNameOf(context, folder, change, params.name ?? ('plan' in one ? one.plan.name : undefined)),
      files: change.files.map(({ file, before, after }) => ({
        uri: context.folders.uriOf({ folder, file }),
        ...(before === undefined ? {} : { before }),
        after,
      })),
    };
  } finally {
    listener.dispose();
  }
}

function choicesOf(context: ServerContext, { name, into, reason, places }: BuildCureParams): CureChoices {
  return {
    ...(name === undefined ? {} : { name }),
    ...(into === undefined ? {} : { into }),
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
function newNameOf(
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
