import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { ConfigSyntaxError, type ParsedConfig } from './source';

const TABLE = ['tool', 'seamline'];

/**
 * Parses the table `[tool.seamline]` of a TOML text; undefined where there is none.
 * @throws ConfigSyntaxError
 */
export function parseTomlSource(text: string): ParsedConfig | undefined {
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ConfigSyntaxError(`not valid TOML: ${error.message.replace(/\.$/, '')}; correct the syntax`, error.index);
  }
  let value: unknown = getStaticTOMLValue(program);
  for (const key of TABLE) value = isTable(value) ? value[key] : undefined;
  if (value === undefined) return undefined;
  const places = placesOf(program);
  return {
    value,
    offsetOf: (path, ofKey) => {
      for (let length = path.length; length >= 0; length--) {
        const place = places.get(idOf([...TABLE, ...path.slice(0, length)]));
        if (place) return ofKey ? place.key : place.value;
      }
      return 0;
    },
  };
}

interface Offsets {
  readonly key: number;
  readonly value: number;
}

const idOf = (path: readonly PropertyKey[]): string => path.map(String).join('\u0000');

/** Where every key of the document stands, with the dotted ones and the table heads taken apart. */
function placesOf(program: AST.TOMLProgram): Map<string, Offsets> {
  const places = new Map<string, Offsets>();
  const note = (path: readonly PropertyKey[], key: number, value: number) => {
    if (!places.has(idOf(path))) places.set(idOf(path), { key, value });
  };
  const visitKey = (base: readonly PropertyKey[], key: AST.TOMLKey, value: number): readonly PropertyKey[] => {
    let path = base;
    for (const part of key.keys) {
      path = [...path, part.type === 'TOMLBare' ? part.name : part.value];
      const isLast = part === key.keys.at(-1);
      note(path, part.range[0], isLast ? value : part.range[0]);
    }
    return path;
  };
  const visitValue = (path: readonly PropertyKey[], node: AST.TOMLContentNode): void => {
    if (node.type === 'TOMLInlineTable') for (const pair of node.body) visitPair(path, pair);
    if (node.type !== 'TOMLArray') return;
    for (const [index, element] of node.elements.entries()) {
      note([...path, index], element.range[0], element.range[0]);
      visitValue([...path, index], element);
    }
  };
  const visitPair = (base: readonly PropertyKey[], pair: AST.TOMLKeyValue): void => {
    visitValue(visitKey(base, pair.key, pair.value.range[0]), pair.value);
  };
  for (const entry of program.body[0].body) {
    if (entry.type === 'TOMLKeyValue') visitPair([], entry);
    else {
      visitKey([], entry.key, entry.range[0]);
      note(entry.resolvedKey, entry.range[0], entry.range[0]);
      for (const pair of entry.body) visitPair(entry.resolvedKey, pair);
    }
  }
  return places;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
