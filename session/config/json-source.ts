import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { ConfigSyntaxError, type KeyPath, type ParsedConfig } from './source';

/**
 * Parses JSON with comments and trailing commas.
 * @param at where the configuration stands inside the text; undefined is returned where nothing does
 * @throws ConfigSyntaxError
 */
export function parseJsonSource(text: string, at: readonly string[]): ParsedConfig | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first) throw new ConfigSyntaxError(`not valid JSON: ${inWords(first)}; correct the syntax`, first.offset);
  const base = root && findNodeAtLocation(root, [...at]);
  if (!base) {
    if (at.length > 0) return undefined;
    throw new ConfigSyntaxError('the file is empty; write at least {}', 0);
  }
  return {
    value: getNodeValue(base),
    offsetOf: (path, ofKey) => {
      const node = deepest(base, path);
      // The parent of a value is its property, whose first child is the key.
      return ofKey && node !== base && node.parent?.type === 'property' ? node.parent.offset : node.offset;
    },
  };
}

function deepest(base: Node, path: KeyPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(base, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return base;
}

/** `CommaExpected` as `comma expected`. */
function inWords(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
