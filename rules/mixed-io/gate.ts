import { literalPattern } from '../../core/text/pattern';
import type { IoApi } from './kinds';

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
    .map(literalPattern)
    .join('|');
}
