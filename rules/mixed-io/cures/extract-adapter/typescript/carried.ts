import type { Document } from '../../../../../core/edit/snapshot';
import type { TextSpan } from '../../../../../core/edit/typescript/unused-imports';
import type { Binding } from '../../../../../core/semantics/model';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Obstacle } from '../site';
import { obstacle } from '../site';
import { textOf } from '../subject';
import type { CarriedName } from './blueprint';
import type { Piece } from './piece';
import type { Subject } from './subject';

/** What moves with a piece: all of it but what is handed over, and what its last value is given to. */
export function movedSpans({ start, end, inputs, last, value }: Piece): TextSpan[] {
  const kept = inputs.map(({ node }) => ({ start: node.startIndex, end: node.endIndex }));
  if (last) kept.push({ start: last.startIndex, end: value.startIndex });
  let spans: TextSpan[] = [{ start, end }];
  for (const one of kept)
    spans = spans.flatMap((span) =>
      one.end <= span.start || span.end <= one.start
        ? [span]
        : [
            { start: span.start, end: one.start },
            { start: one.end, end: span.end },
          ].filter((part) => part.start < part.end),
    );
  return spans;
}

/** The names of its module that a piece says, by their local spelling. */
export function carriedBy(piece: Piece, { document }: Subject): CarriedName[] {
  const names = topNames(document);
  const found = new Map<string, CarriedName>();
  for (const node of namesIn(piece, document)) {
    const name = names[textOf(document, node)];
    if (!name || bindingOf(node, document)?.scope !== document.semantics.root) continue;
    const known = found.get(name.local);
    const typeOnly = name.typeOnly || node.type === 'type_identifier';
    found.set(name.local, { ...name, typeOnly: typeOnly && known?.typeOnly !== false });
  }
  return [...found.values()];
}

/** Why a piece can be said in its own module alone; undefined where another one can say it. */
export function boundTo(piece: Piece, subject: Subject): Obstacle | undefined {
  const { document } = subject;
  const names = topNames(document);
  for (const node of namesIn(piece, document)) {
    const text = textOf(document, node);
    const binding = bindingOf(node, document);
    if (!binding && !OF_FILE.test(text)) continue;
    if (binding && binding.scope !== document.semantics.root) continue;
    const name = binding ? names[text] : undefined;
    // A value of the old module would be imported by the new one, which that imports.
    if (name && (name.module !== '' || node.type === 'type_identifier')) continue;
    return obstacle('bound-to-module', subject, node, { name: text });
  }
  const meta = within(piece, document, ['meta_property', 'import']).find(
    (one) => one.type === 'meta_property' || one.parent?.type === 'call_expression',
  );
  return meta && obstacle('bound-to-module', subject, meta, { name: textOf(document, meta) });
}

/** Names of Node that mean something else in each file. */
const OF_FILE = /^(?:__dirname|__filename|require|module|exports)$/;

/**
 * How another module imports each name at the top of a module: `module` is as written there, and empty for what it exports itself;
 * null for what nobody else can import.
 */
export function topNames(document: Document): Readonly<Record<string, CarriedName | null>> {
  const semantics = document.semantics as TypeScriptModel;
  const exported = new Set(
    semantics.exports.flatMap((one) => (one.module === undefined && one.exported === one.local ? [one.exported] : [])),
  );
  const found: Record<string, CarriedName | null> = {};
  for (const [local, binding] of semantics.root.bindings) {
    const { imported } = binding;
    if (!imported) found[local] = exported.has(local) ? { module: '', member: local, local, typeOnly: true } : null;
    else if (isRequireClause(imported.start, document)) found[local] = null;
    else {
      const { module, member = '*', typeOnly } = imported;
      found[local] = { module, member, local, typeOnly };
    }
  }
  return found;
}

/** `import fs = require('fs')`, which cannot be told from `import * as fs` by its names. */
function isRequireClause(start: number, { root }: Document): boolean {
  return root.descendantForIndex(start, start)?.parent?.type === 'import_require_clause';
}

function namesIn(piece: Piece, document: Document): SyntaxNode[] {
  return within(piece, document, ['identifier', 'shorthand_property_identifier', 'type_identifier']);
}

function within(piece: Piece, { root }: Document, types: string[]): SyntaxNode[] {
  const spans = movedSpans(piece);
  const around = root.namedDescendantForIndex(piece.start, piece.end);
  return (around?.descendantsOfType(types) ?? []).filter(({ startIndex, endIndex }) =>
    spans.some(({ start, end }) => start <= startIndex && endIndex <= end),
  );
}

function bindingOf({ startIndex }: SyntaxNode, { semantics }: Document): Binding | undefined {
  return semantics.bindingAt(startIndex);
}
