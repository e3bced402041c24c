import type { Json } from '../rule/finding';
import type { LanguageFamily, LanguageId } from '../syntax/language';
import type { SyntaxNode } from '../syntax/node';
import { brokenRanges, isInside } from './broken';
import type { FactCollector, FactVisitor, ParsedFile } from './parsed-file';
import { areKeywordKinds, pythonStatements } from './python-statements';

/** All that is remembered of one file. Serialisable; computed from its text and language alone. */
export interface FileFacts {
  readonly language: LanguageId;
  /** Physical lines as `wc -l` counts them, plus one for an unterminated last line. */
  readonly lines: number;
  /** 0-based line of the first syntax error; definitions around errors were left out. */
  readonly syntaxErrorLine?: number;
  readonly byCollector: Readonly<Record<string, Json>>;
}

/**
 * Computes the facts of one file for all collectors in one pass over its tree: a single walk over the nodes of the union of
 * their kinds, dispatched by type.
 */
export function collectFacts(file: ParsedFile, collectors: readonly FactCollector<Json>[]): FileFacts {
  const visitors = new Map<string, FactVisitor<Json>>();
  const byKind = new Map<string, FactVisitor<Json>[]>();
  for (const collector of collectors) {
    if (!applies(collector, file)) continue;
    const visitor = collector.start(file);
    visitors.set(collector.id, visitor);
    for (const kind of collector.kinds(file.family)) {
      const listeners = byKind.get(kind);
      if (listeners) listeners.push(visitor);
      else byKind.set(kind, [visitor]);
    }
  }
  const errorOffset = dispatch(file, byKind);
  const byCollector: Record<string, Json> = {};
  for (const [id, visitor] of visitors) {
    const facts = visitor.finish();
    if (facts !== undefined) byCollector[id] = facts;
  }
  return {
    language: file.language,
    lines: file.source.physicalLines,
    ...(errorOffset === undefined ? {} : { syntaxErrorLine: file.source.lineAt(errorOffset) }),
    byCollector,
  };
}

function applies(collector: FactCollector<Json>, file: ParsedFile): boolean {
  if (!collector.families.includes(file.family)) return false;
  const trigger = triggerOf(collector, file.family);
  return !trigger || trigger.test(file.source.text);
}

const triggers = new WeakMap<FactCollector<Json>, Map<LanguageFamily, RegExp | undefined>>();

function triggerOf(collector: FactCollector<Json>, family: LanguageFamily): RegExp | undefined {
  let known = triggers.get(collector);
  if (!known) {
    known = new Map();
    triggers.set(collector, known);
  }
  if (!known.has(family)) known.set(family, collector.trigger?.(family));
  return known.get(family);
}

/** Returns the offset of the first syntax error, if any. */
function dispatch(file: ParsedFile, byKind: ReadonlyMap<string, readonly FactVisitor<Json>[]>): number | undefined {
  const errors = file.root.hasError ? brokenRanges(file.root) : undefined;
  for (const node of nodesOf(file, byKind, errors !== undefined)) {
    if (errors && (isInside(node.startIndex, errors.ranges) || node.hasError)) continue;
    for (const visitor of byKind.get(node.type) ?? []) visitor.visit?.(node);
  }
  return errors?.firstOffset;
}

/** All nodes of the kinds in document order. After an error a node may begin anywhere, so that only the engine's walk finds them all. */
function nodesOf(file: ParsedFile, kinds: ReadonlyMap<string, unknown>, hasErrors: boolean): readonly SyntaxNode[] {
  if (kinds.size === 0) return [];
  if (file.family === 'python' && !hasErrors && areKeywordKinds(kinds.keys()))
    return pythonStatements(file.root, file.pythonImports.keywords, kinds);
  return file.root.descendantsOfType([...kinds.keys()]);
}
