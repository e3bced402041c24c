import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureChoices, CureRequest } from '../../../../core/rule/cure';
import type { Finding, Place } from '../../../../core/rule/finding';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { checkOf, type SiteCheck } from './check';

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

/** Where a site stands, as the finding tells it: counted from one. */
interface SiteData {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly symbol?: string;
}

export interface Sites {
  readonly chosen: readonly Site[];
  /** Chosen places that declare their pattern as the constraint of a field, which no function can stand for. */
  readonly declared: readonly Place[];
  /** How many places the group has. */
  readonly all: number;
}

const MIGRATION = /(?:^|\/)(?:migrations?|alembic\/versions)\/[^/]+\.py$/;

/**
 * Finds the places of a group that the user means: all, or those that were picked.
 * @throws Refusal `unknown-place`, `migration`, `too-few-places`, `not-python`
 */
export async function sitesOf({ finding, choices, snapshot }: CureRequest): Promise<Sites> {
  const data = finding.data.sites as unknown as readonly SiteData[];
  const sites: Site[] = [];
  const declared: Place[] = [];
  for (const one of picked(data, choices)) {
    const document = await snapshot.open(one.file);
    const at = document.source.offsetAt({ line: one.line - 1, character: one.column - 1 });
    const node = nodeAt(document, at, finding);
    const place = { file: one.file, range: document.source.rangeOf(node ?? { startIndex: at, endIndex: at }) };
    if (MIGRATION.test(one.file)) throw new Refusal('migration', { file: one.file, line: one.line }, place);
    if (!node) {
      declared.push(place);
      continue;
    }
    const model = document.semantics as PythonModel;
    const isBody = node.type === 'function_definition';
    sites.push({
      document,
      model,
      symbol: one.symbol ?? '',
      owner: isBody ? node : enclosingDefinition(node),
      check: isBody ? undefined : checkOf(node, document, finding),
      place,
    });
  }
  if (sites.length < 2) {
    const reason = declared.length > 0 ? 'declared-constraint' : 'too-few-places';
    throw new Refusal(reason, { count: sites.length }, declared[0] ?? finding);
  }
  return { chosen: sites, declared, all: data.length };
}

/** @throws Refusal `unknown-place` */
function picked(data: readonly SiteData[], { places }: CureChoices): readonly SiteData[] {
  if (!places) return data;
  for (const { file, line } of places) {
    if (!data.some((one) => one.file === file && one.line === line)) throw new Refusal('unknown-place', { file, line });
  }
  return data.filter((one) => places.some(({ file, line }) => one.file === file && one.line === line));
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

export function textOf({ source }: Document, node: SyntaxNode | { startIndex: number; endIndex: number }): string {
  return source.slice(node.startIndex, node.endIndex);
}

/** The nearest class around a node within the same file. */
export function classAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'class_definition') return at;
    if (at.type === 'function_definition' && at.id !== node.id) return undefined;
  }
  return undefined;
}

/** A place of a node, for refusals and notes. */
export function placeAt(document: Document, node: { startIndex: number; endIndex: number }): Place {
  return { file: document.file, range: document.source.rangeOf(node) };
}
