import { pythonStringValue } from '../../../../core/syntax/python';
import { enumerationNoun } from './members';
import { type Site, textOf } from './site';

/** Patterns that say themselves what they are of, without their anchors, as they are mostly written. */
const KNOWN: readonly (readonly [string, readonly string[]])[] = [
  ['hex_digest', ['[0-9a-f]{64}', '[a-f0-9]{64}', '[0-9a-fA-F]{64}', '[a-fA-F0-9]{64}']],
  ['hex_digest', ['[0-9a-f]{40}', '[a-f0-9]{40}', '[0-9a-fA-F]{40}', '[a-fA-F0-9]{40}']],
  [
    'uuid',
    ['[0-9a-f]', '[a-f0-9]', '[0-9a-fA-F]', '[a-fA-F0-9]'].map(
      (one) => `${one}{8}-${`${one}{4}-`.repeat(3)}${one}{12}`,
    ),
  ],
  ['iso_date', ['\\d{4}-\\d{2}-\\d{2}', '[0-9]{4}-[0-9]{2}-[0-9]{2}']],
  ['identifier', ['[A-Za-z_][A-Za-z0-9_]*', '[a-zA-Z_][a-zA-Z0-9_]*', '[A-Za-z_]\\w*', '[a-zA-Z_]\\w*']],
  ['slug', ['[a-z][a-z0-9-]*', '[a-z0-9-]+', '[a-z0-9]+(?:-[a-z0-9]+)*', '[a-z0-9]+(-[a-z0-9]+)*']],
  ['email_address', ['[^@\\s]+@[^@\\s]+\\.[^@\\s]+', '[^@]+@[^@]+\\.[^@]+', '[^\\s@]+@[^\\s@]+\\.[^\\s@]+']],
  ['hex_color', ['#[0-9a-fA-F]{6}', '#[0-9A-Fa-f]{6}', '#[a-fA-F0-9]{6}']],
];

/**
 * What places check that have no name in common: told by a pattern that everybody knows, by the
 * enumeration that they compare with, or by the one question whether a text is blank.
 * @returns undefined where the check does not tell either
 */
export function spareNoun(sites: readonly Site[]): string | undefined {
  const [first] = sites;
  if (first?.check) return patternNoun(first) ?? enumerationNoun(first);
  return sites.every(asksForBlank) ? 'non_blank_text' : undefined;
}

function patternNoun({ check, document }: Site): string | undefined {
  if (!check || check.mode === undefined) return undefined;
  const pattern = pythonStringValue(check.literal, document.source)?.value;
  const isAnchored = check.mode === 'fullmatch' || /(?:\$|\\[zZ])$/.test(pattern ?? '');
  // What is looked for somewhere in a text says nothing of the text.
  if (pattern === undefined || !isAnchored || (check.mode === 'search' && !/^(?:\^|\\A)/.test(pattern)))
    return undefined;
  const bare = pattern.replace(/^(?:\^|\\A)/, '').replace(/(?:\$|\\[zZ])$/, '');
  return KNOWN.find(([, patterns]) => patterns.includes(bare))?.[0];
}

/** `if not value.strip(): raise ...` and nothing else. */
function asksForBlank({ owner, document }: Site): boolean {
  const body = owner?.childForFieldName('body');
  const conditions = body
    ?.descendantsOfType('if_statement')
    .map((one) => textOf(document, one.childForFieldName('condition')!));
  return (
    conditions?.length === 1 &&
    /^\(?(?:\w+ is not None and |\w+ is None or )?not \w+\.strip\(\)\)?$/.test(conditions[0]!)
  );
}
