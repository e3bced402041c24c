import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { TYPESCRIPT_RESERVED } from '../../../../../core/syntax/reserved-words';
import { camelOf as camel, pascalOf as pascal } from '../../../../../core/text/words';
import { driftName } from '../../../drift';
import type { ValidationFact } from '../../../facts';
import { words } from '../noun-words';
import type { Site } from './site';
import type { Target } from './target';

export { camel, pascal };

/** Reserved words, and words that a reader takes for types or values of the language. */
const RESERVED = new Set([
  ...TYPESCRIPT_RESERVED,
  ...'async of NaN Infinity string number boolean object symbol bigint any unknown never type'.split(' '),
]);

export function upper(snake: string): string {
  return words(snake).join('_').toUpperCase();
}

/** Looks names up where they would be defined and where they would be used. */
export class NameFinder {
  private readonly taken = new Set<string>();

  constructor(
    private readonly target: Target,
    private readonly sites: readonly Site[],
    private readonly snapshot: Snapshot,
    /** The package of the places. */
    private readonly home: string,
  ) {}

  /**
   * The first of some names that means nothing yet; none of them is given twice.
   * @param isShared the places use it, so that it must mean nothing there either
   * @param holdsPattern it will stand for the pattern, and must not look like a changed copy of another one's name
   */
  first(candidates: readonly string[], isShared: boolean, holdsPattern = false): string | undefined {
    const found = candidates.find((name) => this.isFree(name, isShared) && !(holdsPattern && this.drifts(name)));
    if (found !== undefined) this.taken.add(found);
    return found;
  }

  /** @throws Refusal `invalid-name`, `name-taken` */
  wanted(name: string): string {
    if (!/^[A-Za-z_$][\w$]*$/.test(name) || RESERVED.has(name)) throw new Refusal('invalid-name', { name });
    if (!this.isFree(name, true)) throw new Refusal('name-taken', { name, file: this.target.file });
    this.taken.add(name);
    return name;
  }

  /** Whether places of the package allow other values for what has this name. */
  hasOthers(noun: string): boolean {
    const [site] = this.sites;
    if (site?.check?.kind !== 'set') return false;
    const { line, character } = site.place.range.start;
    const isOwn = ({ at }: ValidationFact): boolean => at[0] === line && at[1] === character;
    const own = factsOf(site.document.file, this.snapshot).find(isOwn)?.key;
    const folder = this.home === '' ? '' : `${this.home}/`;
    return this.snapshot.files.some(
      (file) =>
        file.startsWith(folder) &&
        factsOf(file, this.snapshot).some(
          ({ kind, key, clues }) => kind === 'set' && key !== own && clues?.own.includes(noun),
        ),
    );
  }

  private isFree(name: string, isShared: boolean): boolean {
    if (this.taken.has(name) || RESERVED.has(name) || !/^[A-Za-z_$][\w$]*$/.test(name)) return false;
    if (this.target.document && isKnown(name, this.target.document)) return false;
    return (
      !isShared ||
      this.sites.every(({ document, place }) => {
        const { semantics, source } = document;
        return (
          !isKnown(name, document) && !semantics.lookup(name, semantics.scopeAt(source.offsetAt(place.range.start)))
        );
      })
    );
  }

  private drifts(name: string): boolean {
    const own = driftName(name);
    const [site] = this.sites;
    if (own === undefined || site?.check?.kind !== 'pattern') return false;
    const { line, character } = site.place.range.start;
    const key = factsOf(site.document.file, this.snapshot).find(({ at }) => at[0] === line && at[1] === character)?.key;
    return this.snapshot.files.some((file) =>
      factsOf(file, this.snapshot).some(
        (one) => one.kind === 'regex' && one.key !== key && one.name !== undefined && driftName(one.name) === own,
      ),
    );
  }
}

function factsOf(file: string, snapshot: Snapshot): readonly ValidationFact[] {
  return (snapshot.facts(file)?.byCollector['duplicate-validator'] ?? []) as unknown as readonly ValidationFact[];
}

/** Whether a module binds a name, or expects it from elsewhere. */
function isKnown(name: string, { semantics, source }: Document): boolean {
  return (
    semantics.root.bindings.has(name) ||
    semantics.unresolved.some(({ start, end }) => source.slice(start, end) === name)
  );
}

/** What a shared function calls its argument: the last word of the noun where that can be a name. */
export function argumentName(noun: string, taken: ReadonlySet<string>): string {
  const last = words(noun).at(-1) ?? 'value';
  return (
    [last, camel(noun), 'value', 'given'].find(
      (one) => /^[a-z]\w+$/.test(one) && !RESERVED.has(one) && !taken.has(one),
    ) ?? 'input'
  );
}

/** `orderCode` of `isValidOrderCode` or `validateOrderCode`, in snake case. */
export function stemOf(name: string): string {
  const stem = words(name)
    .join('_')
    .replace(/^(?:validate|check|verify|ensure|is_valid|is_invalid|is|has)_/, '')
    .replace(/_(?:pattern|regex|re)$/, '');
  return stem === '' ? 'value' : stem;
}
