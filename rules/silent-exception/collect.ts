import { brokenRanges, isInside } from '../../core/facts/broken';
import type { FactCollector, FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { OwnNames } from './cures/own-names';
import type { HandlerFact } from './handler';
import { pythonHandler, pythonSuppress } from './python';
import { catchClause, PROMISE_HANDLERS, promiseHandler } from './typescript';
import { Narrowing } from './typescript-narrow';

/** Collects the silent handlers of a file. Clauses come from the shared pass; calls are found in the text, as calls are many. */
export const collect: FactCollector<readonly HandlerFact[]> = {
  id: 'silent-exception',
  version: 14,
  families: ['python', 'typescript'],
  kinds: (family) => (family === 'python' ? ['except_clause'] : ['catch_clause']),
  trigger: (family) => (family === 'python' ? /\bexcept\b|\bsuppress\s*\(/ : /\bcatch(?:Error)?\b/),
  start: (file) => (file.family === 'python' ? pythonVisitor(file) : typeScriptVisitor(file)),
};

function pythonVisitor(file: ParsedFile): FactVisitor<readonly HandlerFact[]> {
  const found: HandlerFact[] = [];
  const own = new OwnNames(file.source.text);
  return {
    visit: (clause) => keep(found, pythonHandler(file, clause, own)),
    finish: () => {
      for (const call of callsAt(file, /\bsuppress\s*\(\s*(?=[\w., \t\r\n]*Exception\b)/g, 'call'))
        keep(found, pythonSuppress(file, call, own));
      return sorted(found);
    },
  };
}

function typeScriptVisitor(file: ParsedFile): FactVisitor<readonly HandlerFact[]> {
  const found: HandlerFact[] = [];
  const narrowing = new Narrowing(file);
  return {
    visit: (clause) => keep(found, catchClause(file, clause, narrowing)),
    finish: () => {
      for (const call of callsAt(file, PROMISE_HANDLERS, 'call_expression')) keep(found, promiseHandler(file, call));
      return sorted(found);
    },
  };
}

/** The calls whose name stands where a pattern matches the text; not in comments, strings and broken definitions. */
function callsAt({ source, root }: ParsedFile, pattern: RegExp, type: string): SyntaxNode[] {
  const calls: SyntaxNode[] = [];
  const broken = root.hasError ? brokenRanges(root).ranges : [];
  for (const match of source.text.matchAll(pattern)) {
    if (isInside(match.index, broken)) continue;
    const name = root.descendantForIndex(match.index + 1);
    let call = name?.parent ?? null;
    while (call && (call.type === 'member_expression' || call.type === 'attribute')) call = call.parent;
    if (call?.type === type && !call.hasError) calls.push(call);
  }
  return calls;
}

function keep(found: HandlerFact[], handler: HandlerFact | undefined): void {
  if (handler) found.push(handler);
}

function sorted(found: HandlerFact[]): readonly HandlerFact[] | undefined {
  return found.length > 0 ? found.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]) : undefined;
}
