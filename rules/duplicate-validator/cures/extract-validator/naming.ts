import type { SyntaxNode } from '../../../../core/syntax/node';
import { PYTHON_KEYWORDS } from '../../../../core/syntax/reserved-words';
import { singular } from '../../../../core/text/inflection';
import { lastPart } from '../../place';
import { areRelated, CLASS_KIND, commonName, NO_KIND, VAGUE, withoutListWords, words, wordsAround } from './noun-words';
import { classAround, type Site, textOf } from './site';

/** Words of names that say nothing about what is checked. */
export const EMPTY =
  /^(?:[a-z]|val|value|values|text|string|str|data|arg|input|field|item|element|key|obj|candidate|raw|new|self|cls|given|param|req|request|payload|one|each|elem|entry|thing|some|all|any|many)$/;
const VERB =
  /^_*(?:validate|check|verify|ensure|assert|is_valid|is|has|valid|require|normalize|parse)_+(?:is_|the_)?(\w+?)(?:_(?:is_valid|valid|format|must_be_valid|value|or_raise))?$/;
const CONSTANT = /^_*(?:ALLOWED|VALID|SUPPORTED|KNOWN|ACCEPTED|PERMITTED)?_?(\w*?)_*(?:RE|REGEX|REGEXP|PATTERN|RX)?$/i;

/**
 * What the places check, as a noun in snake case: `model_name`. Taken from the names of constants, fields, parameters and validators,
 * and only where it is true of every place; `value` where no place says anything, undefined where they name different things.
 */
export function nounOf(sites: readonly Site[], kind: string): string | undefined {
  // Who allows the same few words means the same; numbers may be equal by chance.
  const areTold =
    kind === 'set' && (sites[0]?.check?.literal.descendantsOfType(['string', 'attribute']).length ?? 0) > 0;
  const places = sites.map((site) => ({ own: ownNames(site), context: contextOf(site) }));
  const owns = places.map(({ own }) => own);
  // Numbers that are equal say nothing where one of the places does not name what it counts.
  if (kind === 'set' && !areTold && owns.some((names) => names.length === 0)) return undefined;
  const best = commonName(places, areTold);
  const noun = best ?? (owns.every((names) => names.length > 0) ? commonEnd(owns.flat()) : undefined);
  // Where no place says what it checks, no name contradicts one; but who allows the same few values may do so by chance.
  const spare = kind !== 'set' && owns.every((names) => names.length === 0) ? 'value' : undefined;
  if (noun === undefined) return ofOneKind(sites) ?? spare;
  const name = nameOf(noun, sites);
  // Patterns that are equal where nothing but "name" is said may be so by chance.
  return kind === 'regex' && VAGUE.test(name) && !areRelated(sites) ? undefined : name;
}

function nameOf(noun: string, sites: readonly Site[]): string {
  const said = words(noun).length === 1 ? (ownerNoun(noun, sites) ?? saidNoun(noun, sites)) : undefined;
  return said ?? (VAGUE.test(noun) ? enriched(noun, sites) : noun);
}

/**
 * `value` of `AssetStateResponse` and of `TaskStateResponse`, which says nothing alone, is a `state_value`; a whole body with two
 * parameters is about both.
 */
function ofOneKind(sites: readonly Site[]): string | undefined {
  const [pair, ...rest] = sites.map(pairOf);
  if (pair !== undefined && rest.every((one) => one === pair)) return pair;
  const [name, ...others] = sites.map((site) => fieldName(site) ?? (site.check ? undefined : subjectName(site)));
  if (name === undefined || /^\w?$/.test(name) || others.some((one) => one !== name)) return undefined;
  const noun = enriched(name, sites);
  return noun === name ? undefined : noun;
}

function pairOf({ check, owner, document }: Site): string | undefined {
  const names = check || !owner ? [] : parameterNames(owner, document);
  return names.length === 2 && names.every((one) => one.length > 2) ? names.join('_and_') : undefined;
}

/** `kind` is a `dtype_kind` where all places ask the kind of some dtype. */
function ownerNoun(noun: string, sites: readonly Site[]): string | undefined {
  if (!VAGUE.test(noun)) return undefined;
  const owners = sites.map(({ check, document }) => {
    const path = check ? bare(textOf(document, check.subject)).split('.') : [];
    return path.at(-1)?.toLowerCase() === noun ? path.at(-2)?.toLowerCase() : undefined;
  });
  const [owner] = owners;
  const isTelling = owner !== undefined && /^[a-z]\w{2,}$/.test(owner) && !EMPTY.test(owner) && !CLASS_KIND.test(owner);
  return isTelling && owners.every((one) => one === owner) ? `${owner}_${noun}` : undefined;
}

/** `address` is a `contract_address` where the messages of all places speak of a contract address. */
function saidNoun(noun: string, sites: readonly Site[]): string | undefined {
  const found = sites.map(({ document, owner, check }) => {
    const around = check ? raiseAround(check.node) : owner?.descendantsOfType('raise_statement')[0];
    const text = around ? textOf(document, around) : '';
    return new RegExp(`([a-z]+)[ _]${noun}\\b`).exec(text.toLowerCase())?.[1];
  });
  const [kind] = found;
  if (kind === undefined || NO_KIND.test(kind) || found.some((one) => one !== kind)) return undefined;
  // An adjective is in messages alone.
  const isNamed = sites.some((site) => words(subjectName(site) ?? '').includes(kind));
  return isNamed ? `${kind}_${noun}` : undefined;
}

/** What is raised where the check fails. */
function raiseAround(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at && !/^(?:if_statement|elif_clause)$/.test(at.type)) at = at.parent;
  return at?.childForFieldName('consequence')?.namedChildren.find(({ type }) => type === 'raise_statement');
}

/** From the most telling to the least. */
function ownNames(site: Site): string[] {
  const isTelling = (name: string | undefined): name is string =>
    name !== undefined && words(name).some((word) => !EMPTY.test(word));
  const said = [constantName(site), fieldName(site), subjectName(site)].map((one) => one?.replace(/^_+|_+$/g, ''));
  const found = [...new Set(said.filter(isTelling))];
  // What a function is called says less about one of its checks than what is checked.
  const isEnough = found.length > 0 && site.check !== undefined;
  return isEnough ? found : [...new Set([...found, functionName(site)].filter(isTelling))];
}

function constantName({ check }: Site): string | undefined {
  if (!check?.held || !/[A-Z]/.test(check.held.name)) return undefined;
  const stem = CONSTANT.exec(check.held.name)?.[1]?.toLowerCase();
  if (!stem) return undefined;
  return check.mode === undefined ? withoutListWords(singular(stem)) : stem;
}

/** `name` of `@field_validator("name")`. */
function fieldName(site: Site): string | undefined {
  const outer = site.owner?.parent;
  if (outer?.type !== 'decorated_definition') return undefined;
  for (const decorator of outer.children) {
    if (decorator.type !== 'decorator') continue;
    const [, field, other] =
      /validat\w*\s*\(\s*["'](\w+)["']\s*(,\s*["'])?/.exec(textOf(site.document, decorator)) ?? [];
    if (field && !other) return field;
  }
  return undefined;
}

function subjectName({ check, document, owner }: Site): string | undefined {
  if (check) {
    const text = bare(textOf(document, check.subject));
    const key = /(?:\[|\.get\()["']([A-Za-z]\w*)["'][\])]$/.exec(text)?.[1];
    if (key !== undefined) return key.toLowerCase();
    // `urlparse(uri).scheme` and `rows[0].kind` are a scheme and a kind.
    return (
      /[\])]\.([A-Za-z]\w*)$/.exec(text)?.[1] ?? (/^[\w.]+$/.test(text) ? lastPart(text) : undefined)
    )?.toLowerCase();
  }
  const own = owner ? parameterNames(owner, document) : [];
  return own.length === 1 ? own[0]!.toLowerCase() : undefined;
}

function parameterNames(owner: SyntaxNode, document: Site['document']): string[] {
  const parameters = owner.childForFieldName('parameters')?.namedChildren ?? [];
  return parameters
    .filter((one) => !/^(?:comment|keyword_separator|positional_separator)$/.test(one.type))
    .map((one) =>
      textOf(document, one.type === 'identifier' ? one : (one.childForFieldName('name') ?? one.firstNamedChild ?? one)),
    )
    .filter((one) => !/^(?:self|cls)$/.test(one));
}

/** A subject without what only trims it. */
function bare(subject: string): string {
  return subject.replace(/(?:\.(?:strip|lower|upper|casefold)\(\))+$/, '');
}

function functionName({ document, owner }: Site): string | undefined {
  const name = owner?.childForFieldName('name');
  return name ? VERB.exec(textOf(document, name))?.[1] : undefined;
}

/** The words of the names around a place, its class, function and file, and those of its messages. */
function contextOf({ document, symbol, owner }: Site): ReadonlySet<string> {
  const raises = owner && owner.endIndex - owner.startIndex < 5000 ? owner.descendantsOfType('raise_statement') : [];
  return wordsAround(document.file, [symbol, ...raises.map((one) => textOf(document, one))]);
}

/** `name` becomes `model_name` where all places stand in classes or functions whose names speak of a model. */
function enriched(noun: string, sites: readonly Site[]): string {
  const lists = sites.map((site) => {
    const owner = site.owner && classAround(site.owner) ? site.symbol.split('.').slice(0, -1).join('_') : site.symbol;
    return words(owner);
  });
  const [first, ...rest] = lists;
  const shared = first?.find((word, at) => {
    const isKind = CLASS_KIND.test(word) && !(word === 'model' && at === 0 && first.length > 1);
    return (
      !isKind &&
      word.length > 2 &&
      word !== noun &&
      !/^(?:validate|check|verify|ensure|is|valid|has)$/.test(word) &&
      rest.every((list) => list.includes(word))
    );
  });
  return shared ? `${shared}_${noun}` : noun;
}

/** The last words that all names end with. */
function commonEnd(names: readonly string[]): string | undefined {
  const lists = names.map(words);
  const [first, ...rest] = lists;
  if (!first) return undefined;
  let count = 0;
  while (count < first.length && rest.every((list) => list.at(-1 - count) === first.at(-1 - count))) count++;
  return count === 0 ? undefined : first.slice(-count).join('_');
}

/** Keywords, and builtins that a parameter would hide. */
const RESERVED = new Set([
  ...PYTHON_KEYWORDS,
  ...(
    'match case type id input format str int float bool bytes list dict set hash len min max re object file dir all any filter map next ' +
    'range slice sum vars zip'
  ).split(' '),
]);

/** What the shared function calls its argument: the last word of the noun where that can be a name. */
export function argumentName(noun: string, taken: ReadonlySet<string>): string {
  const last = words(noun).at(-1) ?? 'value';
  return (
    [last, noun, 'value', 'given'].find((one) => /^[a-z]\w+$/.test(one) && !RESERVED.has(one) && !taken.has(one)) ??
    'value_'
  );
}

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** Words that are spelled out from a vowel on: an HTTP method, an SQL name. */
const SPELLED = /^(?:ftp|html|http|https|lun|md5|mfa|nfs|rgb|rpc|rss|s3|smtp|sms|sql|ssh|ssl|svg|xml)\b/;

/** `a model name`, `an email`, `the value of weights`, `low and high`. */
export function withArticle(noun: string): string {
  const text = words(noun).join(' ');
  if (/ and /.test(text)) return text;
  if (/[^aisu]s$/.test(text)) return `the value of ${text}`;
  const isAn = /^(?:[aeio]|u(?!ni|s[aeu]|rl|t[ei]))/.test(text) || SPELLED.test(text);
  return `${isAn ? 'an' : 'a'} ${text}`;
}

/** What a name says beside that it validates: `model_name` of `validate_model_name`. */
export function stemOf(name: string): string {
  const stem = words(name)
    .join('_')
    .replace(/^(?:validate|check|verify|ensure|is_valid|is|has)_/, '');
  return stem === '' ? 'value' : stem;
}
