import { calleeText } from '../../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf, typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { alternatives, comparesOthers, isAnchored, isOneOfSeveral, looksForMarkup } from '../meaning';
import { words } from '../noun-words';
import type { HeldConstant } from './check';
import type { Clues } from './clues';
import { isTop, readsOf, staysInUse } from './constant-reads';
import { isScript } from './effects';
import { answeringFunction, existingPredicate } from './existing';
import { commentText, linesOf, statementOf } from './left-behind';
import { constantName, EMPTY } from './names-of-place';
import { sharedUse } from './shared-use';
import { type Site, textOf } from './site';
import { bodyUnit, isUnit } from './unit';
import { rejectsFitting } from './use';

/** What a check says. */
export function checkClues(site: Site, check: NonNullable<Site['check']>): Partial<Clues> {
  const { owner, document } = site;
  const { source } = document;
  const found = sharedUse(site);
  // What remembers where it stopped would do so for all places.
  const use = found?.kind === 'constant' && /[gy]/.test(check.flags) ? undefined : found;
  const constant = constantName(site);
  const subject = check.subject && textOf(document, check.subject);
  const rejects = use && rejectsFitting(use, source);
  const asked = askedBy(site);
  const there = use && existingPredicate(site, use);
  const answering = answeringFunction(site);
  return {
    kind: check.kind,
    ...(check.held && { held: check.held.name }),
    ...(constant && { constant }),
    ...(check.held && heldClues(check.held, site)),
    ...(use && { use: use.kind }),
    ...(asked && { asked }),
    ...(isUnit(bodyUnit(site)) && { isWhole: true as const }),
    ...(there && { isThere: true as const, ...(there.hidden && { isHidden: true as const }) }),
    ...(isScript(document) && { isScript: true as const }),
    ...(answering && { answers: answering.isAll ? ('all' as const) : ('more' as const) }),
    ...(isPart(site, check) && { isPart: true as const }),
    size: textOf(document, check.literal).replace(/\s+/g, '').length,
    ...(rejects === undefined ? {} : { rejects }),
    ...(subject !== undefined && {
      subject: /([\w$]+)$/.exec(subject)?.[1] ?? '',
      ...((isOneOfSeveral(owner, subject, source) || isOneOfRefinements(site)) && { isOneOfSeveral: true as const }),
    }),
    ...(check.kind === 'pattern' ? patternClues(site, check) : setClues(site, check)),
  };
}

function isPart({ document: { source } }: Site, { node, subject }: NonNullable<Site['check']>): boolean {
  let top = node;
  while (/^(?:unary|binary|parenthesized)_expression$/.test(top.parent?.type ?? '')) top = top.parent!;
  const others = top.id === node.id ? [] : top.descendantsOfType(['regex', 'array', 'member_expression']);
  const checked = subject && source.slice(subject.startIndex, subject.endIndex);
  return others.some(({ type, startIndex, endIndex }) => {
    const isOutside = endIndex <= node.startIndex || startIndex >= node.endIndex;
    return isOutside && (type !== 'member_expression' || source.slice(startIndex, endIndex) === `${checked}.length`);
  });
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
    ...(pattern !== undefined && !isAnchored(pattern) && { isLoose: true as const }),
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
