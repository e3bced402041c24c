import type { FactCollector } from '../../core/facts/parsed-file';

/** One parameter list; options never enter facts, so that the cache serves every configuration. */
export type ListFact = {
  /** Line and character of start and end, 0-based; the end is exclusive. */
  readonly at: readonly [number, number, number, number];
  readonly count: number;
  /** The list without its layout: what the finding is recognised by when the code moves. */
  readonly text: string;
};

/** Bump `version` whenever the same text can give other facts. */
export const collect: FactCollector<readonly ListFact[]> = {
  id: 'sample-rule',
  version: 1,
  families: ['python', 'typescript'],
  kinds: (family) => (family === 'python' ? ['parameters'] : ['formal_parameters']),
  start: ({ source }) => {
    const facts: ListFact[] = [];
    return {
      visit: (node) => {
        const { start, end } = source.rangeOf(node);
        facts.push({
          at: [start.line, start.character, end.line, end.character],
          count: node.namedChildren.filter(({ type }) => !NO_PARAMETERS.has(type)).length,
          text: source.slice(node.startIndex, node.endIndex),
        });
      },
      finish: () => (facts.length > 0 ? facts : undefined),
    };
  },
};

/** What stands in a list besides parameters: comments, and Python's bare `*` and `/`. */
const NO_PARAMETERS = new Set(['comment', 'keyword_separator', 'positional_separator']);
