import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { singular } from '../../../../../core/text/inflection';
import { lastPart } from '../../../place';
import { areRelated, CLASS_KIND, commonName, VAGUE, withoutListWords, words, wordsAround } from '../noun-words';
import { classAround, FUNCTION, type Site, textOf } from './site';

/** Words of names that say nothing about what is checked. */
export const EMPTY =
  /^(?:[a-z]|val|value|values|text|string|str|data|arg|args|input|field|item|element|el|key|obj|object|candidate|raw|new|self|this|given|param|params|req|request|res|response|result|payload|one|each|elem|entry|thing|some|all|any|many|body|content|match|matches|trimmed|normalized|cleaned|current|dto|props|options|opts|event|target|regex|regexp|pattern|re|control|validate|validation|validator|rules|schema|message|output|line|part|parts|source|test|is|check)$/;
const FUNCTION_NAME =
  /^_*(?:validate|check|verify|ensure|assert|is_valid|is|has|valid|require|normalize|parse|looks_like)_+(?:is_|the_|a_|an_|valid_)?(\w+?)(?:_(?:is_valid|valid|format|validity|or_throw|input|value))?$/;
const CONSTANT =
  /^_*(?:ALLOWED|VALID|SUPPORTED|KNOWN|ACCEPTED|PERMITTED|IS)?_?(\w*?)_*(?:RE|REGEX|REGEXP|REG_EXP|PATTERN|RX|FORMAT|SET|LIST|VALUES)?$/i;

/**
 * What the places check, as a noun in snake case: `model_name`. Taken from the names of constants, fields, parameters, variables and
 * functions, and only where it is true of every place; `value` where no place says anything, undefined where they name different things.
 * @param told what the places are called in common, for the case that nothing else says it
 */
export function nounOf(sites: readonly Site[], told: string | undefined): string | undefined {
  const places = sites.map((site) => ({ own: ownNames(site), context: contextOf(site) }));
  // What all places call the pattern that they ask is no matter of votes.
  const [held, ...others] = sites.map((site) => constantName(site));
  const isHeld = held !== undefined && !EMPTY.test(held) && others.every((one) => one === held);
  const best = isHeld ? held : commonName(places, false);
  const name = best !== undefined && VAGUE.test(best) ? enriched(best, sites) : best;
  // Patterns that are equal where nothing but "name" is said may be so by chance.
  const isPattern = sites.every(({ check }) => check?.kind === 'pattern');
  if (name !== undefined) return isPattern && VAGUE.test(name) && !areRelated(sites) ? undefined : name;
  // Where no place says what it checks, no name contradicts one; but who allows the same few values may do so by chance.
  const isSet = sites.some(({ check }) => check?.kind === 'set');
  return told ?? (!isSet && places.every(({ own }) => own.length === 0) ? 'value' : undefined);
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
  return check.kind === 'set' ? withoutListWords(singular(stem)) : stem;
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
      if (
        key &&
        !/^(?:pattern|value|rules|validate|validators|formatter|validation|is|not|then|otherwise)$/.test(key) &&
        at.id !== start.id
      )
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
  const throws = owner && owner.endIndex - owner.startIndex < 5000 ? owner.descendantsOfType('throw_statement') : [];
  return wordsAround(document.file, [symbol, ...throws.map((one) => textOf(document, one))]);
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
