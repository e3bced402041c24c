import { calleeText } from '../../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf, typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { singular } from '../../../../../core/text/inflection';
import { alternatives, comparesOthers, isOneOfSeveral, looksForMarkup } from '../meaning';
import { VAGUE, words } from '../noun-words';
import type { HeldConstant } from './check';
import { isTop, readsOf, staysInUse } from './constant-reads';
import { answersAtOnce, existingPredicate, wouldHandOn } from './existing';
import { commentText, linesOf, statementOf } from './left-behind';
import { constantName, EMPTY, ownNames } from './names-of-place';
import { saidNames } from './said-names';
import { sharedUse } from './shared-use';
import { classAround, type Site, textOf } from './site';
import { rejectsFitting } from './use';

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
  /** The words of its messages. */
  readonly said: readonly string[];
  /** The words of what its file imports, for a place that says nothing but `name`. */
  readonly imports?: readonly string[];
  /** The words of the class around it, else of its function. */
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
  /** That function can be imported and asked. */
  readonly isThere?: true;
  /** A function that asks nothing else, and would hand the question on to a shared one. */
  readonly handsOn?: true;
  /** A named function whose one statement is its answer, of which the check is a part. */
  readonly isAnswer?: true;
  /** Characters of the pattern or of the members, blanks not counted. */
  readonly size?: number;
  /** One of several conditions about what is checked. */
  readonly isOneOfSeveral?: true;
  /** Its condition asks for another pattern or list as well, which stands beside it wherever it is copied. */
  readonly isPart?: true;
  /** What is checked is compared with other values as well. */
  readonly comparesOthers?: true;
  /** The pattern lists words, or looks for markup within a text. */
  readonly isListing?: true;
  readonly looksInside?: true;
  /** The last part of what is checked. */
  readonly subject?: string;
  /** The members of a set: texts, and paths such as `State.Open`. */
  readonly texts?: readonly string[];
  readonly paths?: readonly string[];
  /** Of a pattern that a library is given: as it shows itself; `isText` where it is given as a text. */
  readonly shown?: string;
  readonly isText?: true;
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
  const imports = own.length > 0 && own.every((one) => VAGUE.test(one)) ? importedWords(document) : [];
  return {
    own,
    ...(told.length > 0 && { told }),
    ...(imports.length > 0 && { imports }),
    said: [...new Set(throws.flatMap((one) => words(textOf(document, one))))],
    around: words(name ? textOf(document, name) : site.symbol),
    ...(check && checkClues(site, check)),
  };
}

/** Of `import { ModelRecord } from ...`. */
function importedWords({ semantics }: Site['document']): string[] {
  const names = [...semantics.root.bindings.values()].flatMap(({ imported, name }) => (imported ? words(name) : []));
  return [...new Set(names.flatMap((one) => [one, singular(one)]))].sort();
}

function checkClues(site: Site, check: NonNullable<Site['check']>): Partial<Clues> {
  const { owner, document } = site;
  const { source } = document;
  const found = sharedUse(site);
  // What remembers where it stopped would do so for all places.
  const use = found?.kind === 'constant' && /[gy]/.test(check.flags) ? undefined : found;
  const constant = constantName(site);
  const subject = check.subject && textOf(document, check.subject);
  const rejects = use && rejectsFitting(use, source);
  const asked = askedBy(site);
  return {
    kind: check.kind,
    ...(check.held && { held: check.held.name }),
    ...(constant && { constant }),
    ...(check.held && heldClues(check.held, site)),
    ...(use && { use: use.kind }),
    ...(asked && { asked }),
    ...(use && existingPredicate(site, use) && { isThere: true as const }),
    ...(wouldHandOn(site) !== undefined && { handsOn: true as const }),
    ...(check.subject &&
      answersAtOnce(owner) &&
      owner &&
      typeScriptNameOf(owner, source) && { isAnswer: true as const }),
    ...(isPart(check.node) && { isPart: true as const }),
    size: textOf(document, check.literal).replace(/\s+/g, '').length,
    ...(rejects === undefined ? {} : { rejects }),
    ...(subject !== undefined && {
      subject: /([\w$]+)$/.exec(subject)?.[1] ?? '',
      ...((isOneOfSeveral(owner, subject, source) || isOneOfRefinements(site)) && { isOneOfSeveral: true as const }),
    }),
    ...(check.kind === 'pattern' ? patternClues(site, check) : setClues(site, check)),
  };
}

function isPart(node: SyntaxNode): boolean {
  let top = node;
  while (/^(?:unary|binary|parenthesized)_expression$/.test(top.parent?.type ?? '')) top = top.parent!;
  const others = top.id === node.id ? [] : top.descendantsOfType(['regex', 'array']);
  return others.some(({ startIndex, endIndex }) => endIndex <= node.startIndex || startIndex >= node.endIndex);
}

function heldClues(held: HeldConstant, site: Site): Partial<Clues> {
  const { document } = site;
  const statement = statementOf(held);
  const note = statement ? commentText({ document, ...linesOf(statement, document) }) : '';
  const said = note === '' ? {} : { note };
  if (!isTop(held, document)) return { ...said, reads: readsOf(held, document).length };
  return staysInUse(held, [site], document) ? { isKept: true } : said;
}

/** `.refine(a).refine(b)`: a schema that refuses for several reasons. */
function isOneOfRefinements({ check, document }: Site): boolean {
  let chain: SyntaxNode | undefined;
  for (let at = check!.node.parent; at && !/_(?:statement|declarator)$/.test(at.type); at = at.parent)
    if (at.type === 'call_expression' && /\.(?:refine|superRefine)$/.test(calleeText(at, document.source))) chain = at;
  while (chain?.parent?.type === 'member_expression' && chain.parent.parent?.type === 'call_expression')
    chain = chain.parent.parent;
  return chain !== undefined && (textOf(document, chain).match(/\.(?:refine|superRefine)\(/g)?.length ?? 0) > 1;
}

/** A function whose answer the check is. */
function askedBy({ check, owner, document }: Site): string | undefined {
  const parent = check!.node.parent;
  const isAnswer = parent?.type === 'return_statement' || parent?.type === 'arrow_function';
  return isAnswer && owner ? typeScriptNameOf(owner, document.source) : undefined;
}

function patternClues({ document }: Site, { literal, method, flags }: NonNullable<Site['check']>): Partial<Clues> {
  const pattern = /^\/(.+)\/\w*$/s.exec(textOf(document, literal))?.[1];
  const isText = typeScriptStringValue(literal, document.source) !== undefined;
  return {
    ...(pattern !== undefined && alternatives(pattern) && { isListing: true as const }),
    ...(pattern !== undefined && looksForMarkup(pattern, true) && { looksInside: true as const }),
    ...(method === 'declared' && {
      shown: shownBy(document, literal, flags),
      ...(isText && { isText: true as const }),
    }),
  };
}

/** A pattern as the object of it shows itself. */
function shownBy(document: Site['document'], literal: NonNullable<Site['check']>['literal'], flags: string): string {
  const inner =
    literal.type === 'regex' ? literal : (literal.childForFieldName('arguments')?.firstNamedChild ?? literal);
  const text = typeScriptStringValue(inner, document.source);
  if (text === undefined) return textOf(document, inner).replace(/[a-z]*$/, flags);
  // A slash outside of a class is shown with a backslash.
  const escaped = text.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\//g, (part) => (part === '/' ? '\\/' : part));
  return literal === inner ? text : `/${escaped}/${flags}`;
}

function setClues({ document, owner }: Site, { literal, subject }: NonNullable<Site['check']>): Partial<Clues> {
  const { source } = document;
  const paths = literal.descendantsOfType('member_expression').map((one) => textOf(document, one));
  const texts = literal.descendantsOfType('string').map((one) => source.slice(one.startIndex + 1, one.endIndex - 1));
  const name = subject && /([\w$]+)$/.exec(textOf(document, subject))?.[1];
  const own = owner ? textOf(document, owner) : '';
  // What another function calls a value is another value.
  const text = EMPTY.test(words(name ?? '').join('_')) ? own : source.text;
  return {
    texts,
    ...(paths.length > 0 && { paths }),
    ...(name !== undefined && comparesOthers(text, own, name, texts) && { comparesOthers: true as const }),
  };
}
