import { placeAt, textOf } from '../../../../../core/edit/places';
import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { Finding, Place } from '../../../../../core/rule/finding';
import { isField } from '../../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../../core/syntax/typescript';
import { chosenPlaces } from '../group-places';
import { checkOf, type SiteCheck } from './check';

export { placeAt, textOf };

/** One place of a group, found again in the tree. */
export interface Site {
  readonly document: Document;
  /** `Class.method` around it, as the finding says. */
  readonly symbol: string;
  /** The nearest function around it, callbacks included; of a body the function itself. Undefined at module level. */
  readonly owner: SyntaxNode | undefined;
  /** The check of a pattern or a set; undefined where the whole body is the place. */
  readonly check: SiteCheck | undefined;
  readonly place: Place;
}

export const FUNCTION =
  /^(?:function_declaration|function_expression|arrow_function|method_definition|generator_function(?:_declaration)?)$/;

/**
 * Finds the places of a group that the user means: all, or those that were picked.
 * @throws Refusal `unknown-place`, `too-few-places`, and what {@link checkOf} throws
 */
export async function sitesOf(request: CureRequest): Promise<Site[]> {
  const { finding } = request;
  const sites: Site[] = [];
  for (const { document, at, line, symbol } of await chosenPlaces(request)) {
    const node = nodeAt(document, at, finding);
    const place = placeAt(document, node ?? { startIndex: at, endIndex: at });
    if (!node) throw new Refusal('pattern-not-constant', { file: document.file, line }, place);
    const isBody = FUNCTION.test(node.type);
    sites.push({
      document,
      symbol,
      owner: isBody ? node : enclosingTypeScriptFunction(node),
      check: isBody ? undefined : checkOf(node, document),
      place,
    });
  }
  if (sites.length < 2) throw new Refusal('too-few-places', { count: sites.length }, finding);
  return sites;
}

/** The call, name of a constraint, pair of a form rule or function that starts at an offset. */
function nodeAt({ root, source }: Document, offset: number, { data: { kind } }: Finding): SyntaxNode | undefined {
  const methods = kind === 'set' ? /\.\s*(?:includes|has|indexOf)$/ : /\.\s*(?:test|exec|match|search)$/;
  let declared: SyntaxNode | undefined;
  for (let at = root.descendantForIndex(offset, offset); at && at.startIndex === offset; at = at.parent) {
    if (kind === 'body') {
      const inner = FUNCTION.test(at.type) ? at : (at.childForFieldName('value') ?? at.childForFieldName('right'));
      if (inner && FUNCTION.test(inner.type)) return inner;
      continue;
    }
    if (at.type === 'call_expression') {
      const callee = at.childForFieldName('function');
      if (callee?.type === 'member_expression' && methods.test(source.slice(callee.startIndex, callee.endIndex)))
        return at;
    }
    const isName = /^(?:identifier|property_identifier)$/.test(at.type);
    if (kind === 'regex' && (at.type === 'pair' || (isName && isCalled(at)))) declared ??= at;
  }
  return declared;
}

/** `regex` of `.regex(...)`, `Matches` of `@Matches(...)`. */
function isCalled(name: SyntaxNode): boolean {
  const callee = name.parent?.type === 'member_expression' ? name.parent : name;
  return callee.parent?.type === 'call_expression' && isField(callee.parent, 'function', callee);
}

/** The nearest class around a node. */
export function classAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (/^(?:abstract_class_declaration|class_declaration|class)$/.test(at.type)) return at;
  return undefined;
}
