import { Refusal } from '../../../../core/edit/refusal';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { Group } from './groups';
import type { Arranged, Arrangement, Named } from './methods';
import type { Piece } from './piece';

export interface AdapterMethod<P extends Piece = Piece> {
  readonly name: string;
  /** Pieces of equal code, each with the values that it hands over. */
  readonly pieces: readonly P[];
}

export interface Adapter<P extends Piece = Piece, M extends AdapterMethod<P> = AdapterMethod<P>> {
  readonly group: Group<P>;
  readonly className: string;
  readonly methods: readonly M[];
  /** What stays, because the class of an earlier run has no name left for it. */
  readonly unnamed: readonly P[];
  /** The class of that name which an earlier run has made, where there is one. */
  readonly existing: SyntaxNode | undefined;
}

/** Where the classes of adapters go. */
export interface AdapterPlace<P extends Piece, M extends AdapterMethod<P>> {
  readonly file: string;
  /** What may be the name of a class. */
  readonly className: RegExp;
  /** Names for the class of a group, the best first. */
  classNamesOf(group: Group<P>): readonly string[];
  existing(className: string): SyntaxNode | undefined;
  isFree(className: string): boolean;
  /** The methods of a group beside those of the class that an earlier run has made. */
  arrangedIn(group: Group<P>, existing: SyntaxNode): Arrangement<P>;
  methodOf(named: Named<P>): M;
}

/**
 * Gives each group a class.
 * @param name the one that the user wants
 * @throws Refusal `invalid-name`, `name-taken`
 */
export function adaptersOf<P extends Piece, M extends AdapterMethod<P>>(
  groups: readonly Arranged<P>[],
  name: string | undefined,
  place: AdapterPlace<P, M>,
): Adapter<P, M>[] {
  if (name !== undefined && !place.className.test(name)) throw new Refusal('invalid-name', { name });
  const taken = new Set<string>();
  return groups.map((group) => {
    const names = name === undefined ? place.classNamesOf(group) : [name];
    const isUsable = (one: string): boolean =>
      !taken.has(one) && (place.existing(one) !== undefined || place.isFree(one));
    const className = names.find(isUsable);
    if (className === undefined) throw new Refusal('name-taken', { name: names[0]!, file: place.file });
    taken.add(className);
    const existing = place.existing(className);
    const { methods, unnamed } = existing ? place.arrangedIn(group, existing) : { methods: group.methods, unnamed: [] };
    return { group, className, methods: methods.map((one) => place.methodOf(one)), unnamed, existing };
  });
}

/** Whether an earlier run has made the class for a group. */
export function hasClass<P extends Piece, M extends AdapterMethod<P>>(
  group: Group<P>,
  { classNamesOf, existing }: Pick<AdapterPlace<P, M>, 'classNamesOf' | 'existing'>,
): boolean {
  return classNamesOf(group).some((name) => existing(name) !== undefined);
}
