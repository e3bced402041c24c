import type { ChangeNote } from '../edit/change-set';
import type { CureMeta } from './cure';
import type { CureOffer, Finding, Message, Place } from './finding';

/** What became of one finding that was to be cured: what `fix` tells and a report shows. */
export interface CureOutcome {
  readonly finding: Finding;
  readonly cure: CureMeta | undefined;
  /** In the cure's messages; undefined where it was refused before it had a plan. */
  readonly title: Message | undefined;
  /** `applied` means verified; `failed` that the change did not pass. */
  readonly outcome: 'applied' | 'refused' | 'failed';
  readonly written: boolean;
  readonly refusal?: Message & { readonly at?: Place };
  readonly applicability: CureOffer['applicability'];
  readonly notes: readonly ChangeNote[];
  /** Texts before (undefined: created) and after. */
  readonly files: readonly { readonly file: string; readonly before: string | undefined; readonly after: string }[];
}
