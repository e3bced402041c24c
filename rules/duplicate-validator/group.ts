import {
  type CureOffer,
  compareText,
  type FindingDraft,
  fingerprint,
  type RelatedPlace,
} from '../../core/rule/finding';
import type { GroupMember } from '../../core/rule/rule';
import { languageOfPath } from '../../core/syntax/language';
import type { Range } from '../../core/text/source-file';
import { mayBeExtracted } from './cures/extract-validator/typescript/offer';
import { driftOf } from './drift';
import type { At, BodyFact, RegexFact, SetFact, ValidationFact } from './facts';
import type { Options } from './options';

/** One place of a group. */
export interface Member<F extends ValidationFact = ValidationFact> {
  readonly file: string;
  readonly value: F;
}

/** A database migration must stay as it was, whatever it copies. */
const MIGRATION = /(?:^|\/)(?:migrations?|alembic\/versions)\/[^/]+\.(?:py|[cm]?[jt]s)$/;

/** Judges all validations of one normal form, or all of one name. */
export function evaluateGroup(
  key: string,
  all: readonly GroupMember<ValidationFact, Options>[],
): readonly FindingDraft[] {
  const members = all
    .filter(({ file, enabled, isTest }) => enabled && !isTest && !MIGRATION.test(file) && !isBuilt(file, all))
    .sort(byPlace);
  const options = members[0]?.options;
  if (!options || members.length < 2) return [];
  if (key.startsWith('drift:')) return options.drift ? driftOf(members as readonly Member<RegexFact>[], options) : [];
  if (members.length < options.minPlaces || sources(members) < 2) return [];
  const [first] = members;
  if (first!.value.kind === 'regex') return regexFinding(members as readonly Member<RegexFact>[], options);
  return first!.value.kind === 'set'
    ? setFinding(members as readonly Member<SetFact>[])
    : bodyFinding(members as readonly Member<BodyFact>[], options);
}

/** `lib/build/url.js` beside `lib/ts/url.ts`: JavaScript that was made of the TypeScript beside it. */
function isBuilt(file: string, all: readonly Member[]): boolean {
  if (!/\.[cm]?js$/.test(file)) return false;
  const parts = partsOf(file);
  return all.some((other) => {
    if (!/\.[cm]?tsx?$/.test(other.file)) return false;
    const others = partsOf(other.file);
    return (
      others.length === parts.length &&
      others.filter((one, at) => one !== parts[at]).length === 1 &&
      others.at(-1) === parts.at(-1)
    );
  });
}

const partsOf = (file: string): string[] => file.replace(/\.\w+$/, '').split('/');

function byPlace(a: Member, b: Member): number {
  return compareText(a.file, b.file) || a.value.at[0] - b.value.at[0] || a.value.at[1] - b.value.at[1];
}

/** How often the rule itself is written down: places that go through one constant share it already, so do those of one function. */
function sources(members: readonly Member[]): number {
  return new Set(
    members.map(({ file, value }, index) => {
      const source = (value.kind !== 'body' && value.via) || value.scope;
      return source === undefined ? index : `${file}\u0000${source}`;
    }),
  ).size;
}

function regexFinding(members: readonly Member<RegexFact>[], options: Options): readonly FindingDraft[] {
  const { pattern, flags, mode, atoms, key } = members[0]!.value;
  if (atoms < options.minAtoms) return [];
  return [finding('regex', key, members, { pattern: shorten(pattern) }, { kind: 'regex', pattern, flags, mode })];
}

function setFinding(members: readonly Member<SetFact>[]): readonly FindingDraft[] {
  const { members: values, key } = members[0]!.value;
  return [finding('set', key, members, { members: shorten(values.join(', ')) }, { kind: 'set', members: values })];
}

function bodyFinding(members: readonly Member<BodyFact>[], options: Options): readonly FindingDraft[] {
  const { name, key } = members[0]!.value;
  if (isToldAlready(members, options)) return [];
  return [finding('body', key, members, { name }, { kind: 'body', name })];
}

/** The bodies hold a pattern or a set that is reported on its own. */
function isToldAlready(members: readonly Member<BodyFact>[], options: Options): boolean {
  return members[0]!.value.covers.some(([, , atoms], index) => {
    if (atoms < options.minAtoms) return false;
    const holders = members.map(({ file, value }, place) => {
      const via = value.covers[index]?.[1];
      return via ? `${file}\u0000${via}` : place;
    });
    return new Set(holders).size > 1;
  });
}

function finding(
  kind: 'regex' | 'set' | 'body',
  key: string,
  members: readonly Member[],
  args: Readonly<Record<string, string>>,
  data: FindingDraft['data'],
): FindingDraft {
  const [first, ...others] = members;
  return {
    case: kind,
    severity: 'warning',
    messageId: kind,
    args: { places: members.length, files: new Set(members.map(({ file }) => file)).size, ...args },
    file: first!.file,
    range: rangeOf(first!.value.at),
    extentEndLine: first!.value.at[2],
    ...(first!.value.symbol ? { symbol: first!.value.symbol } : {}),
    related: others.map((one) => related(one, `${kind}Also`)),
    fingerprint: fingerprint(kind, key),
    cures: offers(members),
    data: { ...data, sites: members.map(site) },
  };
}

/** Two places can share a function; in TypeScript the constraint of a field can share the pattern, if what they say allows it. */
function offers(members: readonly Member[]): CureOffer[] {
  const offer: CureOffer = { id: 'extract-validator', applicability: 'safe' };
  const said = members.flatMap(({ file, value: { clues, symbol = '' } }) => (clues ? [{ file, symbol, clues }] : []));
  if (said.length === members.length) return mayBeExtracted(said, members[0]!.value.kind === 'body') ? [offer] : [];
  if (!members.some(({ file }) => languageOfPath(file) === 'python')) return [offer];
  const callable = members.filter(({ value }) => value.kind !== 'regex' || value.scope !== undefined);
  return callable.length < 2 ? [] : [offer];
}

export function related(
  { file, value }: Member,
  messageId: string,
  args: Readonly<Record<string, string>> = {},
): RelatedPlace {
  return { file, range: rangeOf(value.at), messageId, args: { symbol: value.symbol ?? 'none', ...args } };
}

/** A place as reports show it: lines and columns count from one. */
export function site({ file, value }: Member) {
  return {
    file,
    line: value.at[0] + 1,
    column: value.at[1] + 1,
    ...(value.symbol ? { symbol: value.symbol } : {}),
    ...(value.kind === 'regex' ? { pattern: value.pattern } : {}),
  };
}

export function rangeOf([line, character, endLine, endCharacter]: At): Range {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

/** Messages stay on one line. */
export function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > 80 ? `${flat.slice(0, 77)}...` : flat;
}
