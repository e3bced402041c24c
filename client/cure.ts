import type { Services } from './extension';
import { applyEdit } from './preview/apply';
import type { Built } from './preview/previews';
import { staleFile } from './preview/stale';
import { fileChanged, showRefusal, whyNoFix } from './refusal';
import { chooseCure, type Subject } from './subject';

/**
 * Cures a finding of the Refactor Plan. What is safe is done at once; what is for review is previewed instead, because a change with
 * doubts must be seen.
 * @returns whether the change was made
 */
export async function applyCure(services: Services, subject: Subject): Promise<boolean> {
  const cure = await chooseCure(subject);
  if (!cure) {
    if ((subject.cures ?? []).length < 2) await whyNoFix(services, subject);
    return false;
  }
  const built = await services.previews.build(cure);
  if (!built) return false;
  if (built.result.applicability === 'safe') return applyBuilt(services, built);
  await services.previews.show(built);
  return false;
}

/** Makes a change, unless a file of it changed since it was built. */
export async function applyBuilt({ server }: Services, { result }: Built): Promise<boolean> {
  if ((await staleFile(result)) === undefined) return applyEdit(server.client, result);
  await showRefusal(fileChanged());
  return false;
}
