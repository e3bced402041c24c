import type { IndexEntry } from '../../core/rule/rule';
import { type AnyRule, defineRule, type RuleMeta } from '../../core/rule/rule';
import { collect } from './collector';
import { extractValidator } from './cures/extract-validator/index';
import { driftName } from './drift';
import type { ValidationFact } from './facts';
import { evaluateGroup } from './group';
import { type Options, options } from './options';
import { pl } from './pl';

const meta: RuleMeta = {
  id: 'duplicate-validator',
  title: 'The same validation in several places',
  languages: ['python', 'typescript'],
  severity: { regex: 'warning', body: 'warning', set: 'warning', drift: 'information' },
  profile: 'default',
  messages: {
    regex:
      '{places, plural, one {# place} other {# places}} in {files, plural, one {one file} other {# files}} validate with the pattern {pattern}: one shared validator would do',
    regexAlso: 'also validated here{symbol, select, none {} other {, in {symbol}}}',
    body: '{places, plural, one {# validator} other {# validators}} in {files, plural, one {one file} other {# files}} check the same as {name}: one shared validator would do',
    bodyAlso: 'the same checks{symbol, select, none {} other {, in {symbol}}}',
    set: '{places, plural, one {# place} other {# places}} in {files, plural, one {one file} other {# files}} allow only {members}: one shared constant or validator would do',
    setAlso: 'also checked here{symbol, select, none {} other {, in {symbol}}}',
    drift:
      '{name} validates with {pattern} here and with {count, plural, one {a similar pattern} other {# similar patterns}} elsewhere: make them one, or name the difference',
    driftAlso: 'here {name} validates with {pattern}',
    driftMode:
      '{name} applies its pattern with {mode} here and with {count, plural, one {another method} other {# other methods}} elsewhere: make them one, or name the difference',
    driftModeAlso: 'here {name} applies it with {mode}',
  },
  advice: {
    reason: 'Copies of one rule drift apart: each must be found and changed when the rule changes.',
    recommendation:
      'Write the rule once, as a function or a constant in a module that all places import, and keep the reaction of each place.',
  },
  cures: [extractValidator],
  translations: { pl },
};

/** Reports validations that are written more than once in a workspace, so that they become one before they drift apart. */
export const duplicateValidator: AnyRule = defineRule<readonly ValidationFact[], Options, ValidationFact>({
  meta,
  options,
  collect,
  contribute: ({ facts }) => (facts ?? []).flatMap(entriesOf),
  evaluate: evaluateGroup,
  // A shared function for some of the places leaves fewer.
  weigh: ({ data }) => (data.sites as readonly unknown[]).length,
});

/** A validation meets its equals under its normal form, and those of its name under that. */
function entriesOf(fact: ValidationFact): IndexEntry<ValidationFact>[] {
  const entries: IndexEntry<ValidationFact>[] = [{ key: `${fact.kind}:${fact.key}`, value: fact, line: fact.at[0] }];
  const name = fact.kind === 'regex' && fact.name ? driftName(fact.name) : undefined;
  if (name) entries.push({ key: `drift:${fact.key.slice(0, 2)}:${name}`, value: fact, line: fact.at[0] });
  return entries;
}
