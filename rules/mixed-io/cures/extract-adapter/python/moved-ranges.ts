import type { TextRange } from '../../../../../core/edit/python/imports/still-named';
import type { Piece } from './piece';

/** What of a piece goes to its method: all but what is handed over. */
export function movedRanges({ start, end, inputs }: Piece): TextRange[] {
  const places = inputs.flatMap((one) => one.places).sort((a, b) => a.startIndex - b.startIndex);
  const found: TextRange[] = [];
  let from = start;
  for (const { startIndex, endIndex } of places) {
    found.push({ start: from, end: startIndex });
    from = endIndex;
  }
  found.push({ start: from, end });
  return found.filter((one) => one.start < one.end);
}
