import type { Place } from '../rule/finding';
import type { Document } from './snapshot';

/** A part of a document: offsets in UTF-16 units, the end exclusive. */
interface Part {
  readonly startIndex: number;
  readonly endIndex: number;
}

/** The text of a node. */
export function textOf({ source }: Pick<Document, 'source'>, { startIndex, endIndex }: Part): string {
  return source.slice(startIndex, endIndex);
}

/** The place of a node, for refusals and notes. */
export function placeAt({ file, source }: Document, node: Part): Place {
  return { file, range: source.rangeOf(node) };
}
