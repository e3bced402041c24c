import type { IoApi, IoKind } from './kinds';
import type { IoTable } from './table';

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** An alternation of the modules in which the APIs of a table live, longest first. */
export function moduleAlternation(apis: readonly IoApi[], moduleOf: (under: string) => string | undefined): string {
  const modules = new Set<string>();
  for (const api of apis) {
    for (const under of api.under.split(' ')) {
      const module = moduleOf(under);
      if (module) modules.add(module);
    }
  }
  return [...modules]
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join('|');
}

/** Adds the kinds of the modules that a pattern finds in a text. */
export function addModuleKinds(kinds: Set<IoKind>, text: string, pattern: RegExp, table: IoTable): void {
  for (const match of text.matchAll(pattern)) for (const kind of table.kindsOfModule(match[1]!) ?? []) kinds.add(kind);
}
