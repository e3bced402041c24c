import { type FindingDraft, fingerprint, normaliseCode } from '../../core/rule/finding';
import { type AnyRule, defineRule, type RuleMeta } from '../../core/rule/rule';
import { collect, type ListFact } from './collect';
import { type Options, options } from './options';
import { pl } from './pl';

const meta: RuleMeta = {
  id: 'sample-rule',
  title: 'Title of the smell',
  languages: ['python', 'typescript'],
  severity: 'warning',
  profile: 'default',
  messages: {
    found: '{count, plural, one {# parameter} other {# parameters}}, more than {limit}: let one object carry them',
  },
  advice: {
    reason: 'Whoever calls it must know the order of all of them, and each new one touches every call.',
    recommendation: 'Give what belongs together a type of its own, and pass that.',
  },
  cures: [],
  translations: { pl },
};

/** Finds definitions with more parameters than a reader can hold: the sample of a rule, to be replaced by yours. */
export const sampleRule: AnyRule = defineRule<readonly ListFact[], Options>({
  meta,
  options,
  collect,
  check: (view, { limit }) =>
    view.facts.filter(({ count }) => count > limit).map((fact) => draft(view.file, fact, limit)),
});

function draft(file: string, { at, count, text }: ListFact, limit: number): FindingDraft {
  const [line, character, endLine, endCharacter] = at;
  return {
    case: 'default',
    severity: 'warning',
    messageId: 'found',
    args: { count, limit },
    file,
    range: { start: { line, character }, end: { line: endLine, character: endCharacter } },
    related: [],
    fingerprint: fingerprint(normaliseCode(text)),
    cures: [],
    data: { count, limit },
  };
}
