import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { lastPart } from '../../../place';
import { words } from '../naming';
import { classAround, FUNCTION, type Site, textOf } from './site';

/** Words of names that say nothing about what is checked. */
const EMPTY =
  /^(?:[a-z]|val|value|values|text|string|str|data|arg|args|input|field|item|element|el|key|obj|object|candidate|raw|new|self|this|given|param|params|req|request|res|response|result|payload|one|each|elem|entry|thing|some|all|any|many|body|content|match|matches|trimmed|normalized|cleaned|current|dto|props|options|opts|event|target|regex|regexp|pattern|re|control|validate|validation|validator|rules|schema|message|output|line|part|parts|source|test|is|check)$/;
/** Words that say something only together with another. */
const VAGUE =
  /^(?:name|id|type|code|status|state|mode|kind|title|path|version|label|number|format|url|lang|language|action|size)$/;
const FUNCTION_NAME =
  /^_*(?:validate|check|verify|ensure|assert|is_valid|is|has|valid|require|normalize|parse|looks_like)_+(?:is_|the_|a_|an_|valid_)?(\w+?)(?:_(?:is_valid|valid|format|validity|or_throw|input|value))?$/;
const CONSTANT =
  /^_*(?:ALLOWED|VALID|SUPPORTED|KNOWN|ACCEPTED|PERMITTED|IS)?_?(\w*?)_*(?:RE|REGEX|REGEXP|REG_EXP|PATTERN|RX|FORMAT|SET|LIST|VALUES)?$/i;
const CLASS_KIND =
  /^(?:request|response|schema|base|create|update|patch|in|out|input|output|dto|data|config|settings|form|payload|params|args|body|model|item|entry|record|service|manager|handler|view|router|controller|resolver|command|event|message|api|new|get|set|delete|add|the|of|and|page|component|modal|validate|check|verify|ensure|assert|is|valid|has)$/;

/**
 * What the places check, as a noun in snake case: `model_name`. Taken from the names of constants, fields, parameters, variables and
 * functions, and only where it is true of every place; undefined where the places name different things or nothing.
 */
export function nounOf(sites: readonly Site[]): string | undefined {
  const owns = sites.map(ownNames);
  const contexts = sites.map(contextOf);
  const votes = new Map<string, number>();
  for (const names of owns) for (const name of names) votes.set(name, (votes.get(name) ?? 0) + 1);
  const ranked = [...votes.keys()].sort(
    (a, b) => words(b).length - words(a).length || votes.get(b)! - votes.get(a)! || b.length - a.length,
  );
  const best = ranked.find((name) => owns.every((names, at) => fits(name, names, contexts[at]!, votes.get(name)! > 1)));
  if (best === undefined) return undefined;
  return VAGUE.test(best) ? enriched(best, sites) : best;
}

/** Whether no place says what it checks: nothing that its shared function could be called contradicts one of them. */
export function areNameless(sites: readonly Site[]): boolean {
  return sites.every((site) => ownNames(site).length === 0);
}

/** Whether a name is true of a place: it is the place's own, or the end of one, or the rest of it is in what stands around. */
function fits(name: string, own: readonly string[], context: ReadonlySet<string>, isAgreed: boolean): boolean {
  const parts = words(name);
  if (own.length === 0) return isAgreed || parts.some((part) => context.has(part) && !VAGUE.test(part));
  return own.some((one) => {
    const others = words(one);
    if (isEnd(parts, others) || isEnd(parts, withoutVagueEnd(others)) || isEnd(withoutVagueEnd(parts), others))
      return true;
    return isEnd(others, parts) && parts.slice(0, -others.length).every((part) => context.has(part));
  });
}

function isEnd(end: readonly string[], list: readonly string[]): boolean {
  const offset = list.length - end.length;
  return offset >= 0 && end.length > 0 && end.every((word, at) => word === list[offset + at]);
}

/** `runtime_id` is about a runtime. */
function withoutVagueEnd(list: readonly string[]): readonly string[] {
  return list.length > 1 && VAGUE.test(list.at(-1)!) ? list.slice(0, -1) : list;
}

/** From the most telling to the least. */
function ownNames(site: Site): string[] {
  const isTelling = (name: string | undefined): name is string =>
    name !== undefined && words(name).some((word) => !EMPTY.test(word));
  const found = [constantName(site), fieldName(site), subjectName(site), resultName(site)].filter(isTelling);
  // What a function is called says less about one of its checks than what is checked.
  const named = functionName(site);
  if (found.length === 0 || !site.check) found.push(...[named].filter(isTelling));
  const snake = found.map((one) => words(one).join('_'));
  return [...new Set(snake)];
}

function constantName({ check }: Site): string | undefined {
  if (!check?.held) return undefined;
  const stem = CONSTANT.exec(words(check.held.name).join('_'))?.[1];
  if (!stem) return undefined;
  return check.kind === 'set' ? singular(stem) : stem;
}

export function singular(stem: string): string {
  if (/ies$/.test(stem)) return stem.replace(/ies$/, 'y');
  if (/(?:sses|xes|ches|shes|statuses)$/.test(stem)) return stem.replace(/es$/, '');
  return stem.replace(/([^su])s$/, '$1');
}

/** The field whose schema, decorator or form rule declares the pattern, or the variable that holds a schema. */
function fieldName({ check, document }: Site): string | undefined {
  if (check?.method !== 'declared' && !isRefinement(check?.node, document)) return undefined;
  const start = check!.node;
  for (let at = start.parent; at; at = at.parent) {
    if (at.type === 'public_field_definition' || at.type === 'field_definition') return nameOf(at, 'name', document);
    if (at.type === 'class_body') {
      // A decorator stands beside its field.
      const field = at.namedChildren.find(
        (one) => one.startIndex > start.startIndex && /field_definition$|^method_definition$/.test(one.type),
      );
      return field && nameOf(field, 'name', document);
    }
    if (at.type === 'pair') {
      const key = nameOf(at, 'key', document)?.replace(/^['"]|['"]$/g, '');
      if (key && !/^(?:pattern|value|rules|validate|validators|formatter|validation)$/.test(key) && at.id !== start.id)
        return key;
    }
    if (at.type === 'variable_declarator')
      return nameOf(at, 'name', document)?.replace(/^[Zz](?=[A-Z])|(?:Schema|Validator|Rules?|Form|Field)$/g, '');
    if (at.type === 'call_expression') {
      const [first] = at.childForFieldName('arguments')?.namedChildren ?? [];
      const name = first?.type === 'string' ? textOf(document, first).slice(1, -1) : '';
      if (/^[\w.-]+$/.test(name) && first!.endIndex < start.startIndex) return lastPart(name);
    }
    if (/^jsx_(?:opening|self_closing)_element$/.test(at.type)) {
      for (const attribute of at.namedChildren) {
        const name = /^name=["'{`]+([\w.-]+)["'}`]+$/.exec(textOf(document, attribute))?.[1];
        if (name) return lastPart(name);
      }
    }
    if (/_statement$|^(?:class_declaration|function_declaration|method_definition)$/.test(at.type)) return undefined;
  }
  return undefined;
}

/** A check within a callback that a schema was given. */
function isRefinement(node: SyntaxNode | undefined, document: Document): boolean {
  for (let at = node?.parent; at; at = at.parent) {
    if (at.type !== 'arrow_function' && at.type !== 'function_expression') continue;
    const call = at.parent?.type === 'arguments' ? at.parent.parent : undefined;
    const callee = call?.childForFieldName('function');
    return callee != null && /\.(?:refine|superRefine|test|custom|check)$/.test(textOf(document, callee));
  }
  return false;
}

type Document = Site['document'];

function nameOf(node: SyntaxNode, field: string, document: Document): string | undefined {
  const name = node.childForFieldName(field) ?? node.childForFieldName('property');
  return name ? textOf(document, name) : undefined;
}

function subjectName({ check, document, owner }: Site): string | undefined {
  if (check) {
    if (!check.subject) return undefined;
    const text = textOf(document, check.subject)
      .replace(/\s+as\s+\w+$/, '')
      .replace(/(?:\??\.(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|normalize)\(\))+$/, '')
      .replace(/\s*(?:\?\?|\|\|)\s*(["'`])\1$/, '')
      .replace(/^String\(([\w.]+)\)$/, '$1')
      .replace(/[?!]/g, '');
    return /^[\w$.#]+$/.test(text) ? lastPart(text).replace(/^[#_]+/, '') : undefined;
  }
  const parameters = owner?.childForFieldName('parameters')?.namedChildren ?? [];
  const [only, other] = parameters;
  const name = only && !other ? (only.childForFieldName('pattern') ?? only) : undefined;
  return name?.type === 'identifier' ? textOf(document, name) : undefined;
}

/** `const isIPv4 = /.../.test(host)` says what is asked. */
function resultName({ check, document }: Site): string | undefined {
  let at = check?.node.parent;
  while (at && /^(?:unary_expression|parenthesized_expression)$/.test(at.type)) at = at.parent;
  if (at?.type !== 'variable_declarator') return undefined;
  const name = nameOf(at, 'name', document) ?? '';
  return FUNCTION_NAME.exec(words(name).join('_'))?.[1];
}

/** Of a function that asks nothing else. */
function functionName({ document, owner, check }: Site): string | undefined {
  let holder = owner;
  while (holder && FUNCTION.test(holder.type) && !typeScriptNameOf(holder, document.source))
    holder = functionAround(holder);
  const name = holder && typeScriptNameOf(holder, document.source);
  if (!name || !holder || (check && isOneOfSeveral(check.node))) return undefined;
  return FUNCTION_NAME.exec(words(name).join('_'))?.[1];
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (FUNCTION.test(at.type)) return at;
  return undefined;
}

/** `a || /b/.test(c)` is one part of what a function asks. */
function isOneOfSeveral(node: SyntaxNode): boolean {
  let at = node.parent;
  while (at && /^(?:unary_expression|parenthesized_expression)$/.test(at.type)) at = at.parent;
  return (
    at?.type === 'binary_expression' &&
    /^(?:return_statement|arrow_function|parenthesized_expression|binary_expression)$/.test(at.parent?.type ?? '')
  );
}

/** The words of the names around a place, its class, function and file, and those of its messages. */
function contextOf({ document, symbol, owner }: Site): ReadonlySet<string> {
  const file = document.file
    .replace(/\.\w+$/, '')
    .split('/')
    .slice(-2)
    .join('_');
  const throws = owner && owner.endIndex - owner.startIndex < 5000 ? owner.descendantsOfType('throw_statement') : [];
  const said = throws.map((one) => textOf(document, one)).join(' ');
  return new Set([symbol, file, said].flatMap(words).flatMap((one) => [one, singular(one)]));
}

/** `name` becomes `model_name` where all places stand in classes or functions whose names speak of a model. */
function enriched(noun: string, sites: readonly Site[]): string {
  const lists = sites.map(({ owner, symbol, document }) => {
    const holder = owner && classAround(owner);
    const name = holder?.childForFieldName('name');
    return words(name ? textOf(document, name) : symbol);
  });
  const [first, ...rest] = lists;
  const shared = first?.findLast(
    (word) => !CLASS_KIND.test(word) && word.length > 2 && word !== noun && rest.every((list) => list.includes(word)),
  );
  return shared ? `${singular(shared)}_${noun}` : noun;
}
