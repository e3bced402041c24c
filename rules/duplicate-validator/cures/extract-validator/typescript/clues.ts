import { singular } from '../../../../../core/text/inflection';
import { VAGUE, words } from '../noun-words';
import { checkClues } from './clues-of-check';
import { ownerName, ownNames } from './names-of-place';
import { saidNames } from './said-names';
import { classAround, type Site, textOf } from './site';

/**
 * What a place says of what it checks and how it asks, as plain data: the facts of a file hold it, so that an offer and the cure are decided
 * alike. What is false, empty or unknown is left out.
 */
export type Clues = {
  readonly kind?: 'pattern' | 'set';
  /** Names of what is checked, in snake case, the most telling first. */
  readonly own: readonly string[];
  /** Names that messages about the check give it: `model_name` of "Model name contains ..." for a place that says `name` alone. */
  readonly told?: readonly string[];
  /** Of what that is a part: `account` of `account.type`. */
  readonly of?: string;
  /** The words of its messages. */
  readonly said: readonly string[];
  /** The words of what its file imports, for a place that says nothing but `name`. */
  readonly imports?: readonly string[];
  /** The words of the class around it: a function is called after what it does, which is not what is checked. */
  readonly around: readonly string[];
  /** The name of the constant that holds the pattern or the set, and what it says of what is checked. */
  readonly held?: string;
  readonly constant?: string;
  /** That constant is its module's, and needed for more than the check. */
  readonly isKept?: true;
  /** What comments say about a constant that would go. */
  readonly note?: string;
  /** How often a constant is named that belongs to a function or a class. */
  readonly reads?: number;
  /** How it can share the check; absent: it cannot. */
  readonly use?: 'predicate' | 'constant';
  /** The function around it, where that asks nothing else. */
  readonly asked?: string;
  /** Whether it rejects what fits the check. */
  readonly rejects?: boolean;
  /** All that its function does is to validate, so that it may be called as a whole. */
  readonly isWhole?: true;
  /** That function can be imported and asked. */
  readonly isThere?: true;
  /** It is not exported yet. */
  readonly isHidden?: true;
  /** All that the function around it does is to answer: by the check alone, so that it would hand the question on, or by more. */
  readonly answers?: 'all' | 'more';
  /** Characters of the pattern or of the members, blanks not counted. */
  readonly size?: number;
  /** One of several conditions about what is checked. */
  readonly isOneOfSeveral?: true;
  /** Its condition asks for another pattern, list or length as well, which stands beside it wherever it is copied. */
  readonly isPart?: true;
  /** What is checked is compared with other values as well. */
  readonly comparesOthers?: true;
  /** The pattern lists words, or looks for markup within a text. */
  readonly isListing?: true;
  readonly looksInside?: true;
  /** The pattern says neither where a text begins nor where it ends. */
  readonly isLoose?: true;
  /** The last part of what is checked. */
  readonly subject?: string;
  /** The members of a set: texts, and paths such as `State.Open`. */
  readonly texts?: readonly string[];
  readonly paths?: readonly string[];
  /** Of a pattern that a library is given: as it shows itself; `isText` where it is given as a text. */
  readonly shown?: string;
  readonly isText?: true;
  /** Its file exports nothing and does something when it is run. */
  readonly isScript?: true;
  /** No cure changes its file: see `unfitFor`. */
  readonly isUnfit?: true;
  /** Packages that its file imports, by name. */
  readonly packages?: readonly string[];
};

/** A place that is judged by what it says. */
export interface SaidPlace {
  readonly file: string;
  /** `Class.method` around it. */
  readonly symbol: string;
  readonly clues: Clues;
}

export function saidPlace(site: Site): SaidPlace {
  return { file: site.document.file, symbol: site.symbol, clues: cluesOf(site) };
}

/** Reads one file alone. */
export function cluesOf(site: Site): Clues {
  const { check, owner, document } = site;
  const holder = owner && classAround(owner);
  const name = holder?.childForFieldName('name');
  const throws = owner && owner.endIndex - owner.startIndex < 5000 ? owner.descendantsOfType('throw_statement') : [];
  const own = ownNames(site);
  const told = saidNames(site, own);
  const of = ownerName(site);
  const imports = own.length > 0 && own.every((one) => VAGUE.test(one)) ? importedWords(document) : [];
  return {
    own,
    ...(told.length > 0 && { told }),
    ...(of && { of }),
    ...(imports.length > 0 && { imports }),
    said: [...new Set(throws.flatMap((one) => words(textOf(document, one))))],
    around: name ? words(textOf(document, name)) : [],
    ...(check && checkClues(site, check)),
  };
}

/** Of `import { ModelRecord } from ...`. */
function importedWords({ semantics }: Site['document']): string[] {
  const names = [...semantics.root.bindings.values()].flatMap(({ imported, name }) => (imported ? words(name) : []));
  return [...new Set(names.flatMap((one) => [one, singular(one)]))].sort();
}
