import type { FindingDraft } from '../../core/rule/finding';
import type { RegexFact } from './facts';
import type { Member } from './group';
import type { Options } from './options';

/** Validators of one name whose patterns are similar but not the same. */
export function driftOf(_members: readonly Member<RegexFact>[], _options: Options): readonly FindingDraft[] {
  return [];
}
