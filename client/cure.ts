import type { Services } from './extension';
import { applyEdit } from './preview/apply';
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
  const { result } = built;
  if (result.applicability !== 'safe') {
    await services.previews.show(built);
    return false;
  }
  if ((await staleFile(result)) !== undefined) {
    await showRefusal(fileChanged());
    return false;
  }
  return applyEdit(services.server.client, result);
}
