import { placeAt, textOf } from '../../../../core/edit/places';
import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Finding, Place } from '../../../../core/rule/finding';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { checkOf, type SiteCheck } from './check';
import { refuseClassState } from './class-constant';
import { chosenPlaces } from './group-places';

export { placeAt, textOf };

/** One place of a group, found again in the tree. */
export interface Site {
  readonly document: Document;
  readonly model: PythonModel;
  /** `Class.method` around it, as the finding says. */
  readonly symbol: string;
  /** The function whose check it is; undefined at module level. */
  readonly owner: SyntaxNode | undefined;
  /** The check of a pattern or a set; undefined where the whole body is the place. */
  readonly check: SiteCheck | undefined;
  readonly place: Place;
}

export interface Sites {
  readonly chosen: readonly Site[];
  /** Of those the ones that ask their class for members that it needs for more. */
  readonly shown: ReadonlySet<Site>;
  /** Chosen places that declare their pattern as the constraint of a field, which no function can stand for. */
  readonly declared: readonly Place[];
  /** How many places the group has. */
  readonly all: number;
}

/**
 * Finds the places of a group that the user means: all, or those that were picked.
 * @throws Refusal `unknown-place`, `too-few-places`, `not-python`, `uses-class-state`
 */
export async function sitesOf(request: CureRequest): Promise<Sites> {
  const { finding } = request;
  const sites: Site[] = [];
  const declared: Place[] = [];
  for (const { document, at, symbol } of await chosenPlaces(request)) {
    const node = nodeAt(document, at, finding);
    const place = placeAt(document, node ?? { startIndex: at, endIndex: at });
    if (!node) {
      declared.push(place);
      continue;
    }
    const model = document.semantics as PythonModel;
    const isBody = node.type === 'function_definition';
    sites.push({
      document,
      model,
      symbol,
      owner: isBody ? node : enclosingDefinition(node),
      check: isBody ? undefined : checkOf(node, document, finding),
      place,
    });
  }
  if (sites.length < 2) {
    const reason = declared.length > 0 ? 'declared-constraint' : 'too-few-places';
    throw new Refusal(reason, { count: sites.length }, declared[0] ?? finding);
  }
  const shown = await refuseClassState(sites, request.snapshot);
  return { chosen: sites, shown, declared, all: (finding.data.sites as readonly unknown[]).length };
}

/** The call, comparison or definition that starts at an offset; undefined for a constraint of a field. */
function nodeAt({ root, source }: Document, offset: number, finding: Finding): SyntaxNode | undefined {
  const kind = finding.data.kind;
  let found: SyntaxNode | undefined;
  for (let at = root.descendantForIndex(offset, offset); at && at.startIndex === offset; at = at.parent) {
    if (kind === 'body') {
      if (at.type === 'function_definition') return at;
    } else if (kind === 'set') {
      if (at.type === 'comparison_operator' && at.children.some((one) => one.type === 'not in')) found ??= at;
    } else if (at.type === 'call') {
      const callee = at.childForFieldName('function');
      if (
        callee?.type === 'attribute' &&
        /\.\s*(?:match|fullmatch|search)$/.test(source.slice(callee.startIndex, callee.endIndex))
      )
        found ??= at;
    }
  }
  return found;
}

function enclosingDefinition(node: SyntaxNode): SyntaxNode | undefined {
  let at = enclosingPythonFunction(node);
  while (at && at.type !== 'function_definition') at = enclosingPythonFunction(at);
  return at;
}

/** The nearest class around a node within the same file. */
export function classAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'class_definition') return at;
    if (at.type === 'function_definition' && at.id !== node.id) return undefined;
  }
  return undefined;
}
