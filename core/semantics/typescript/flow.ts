import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { RangeFlow } from '../model';
import type { BoundFile } from './binder';
export function flowOf(_t: SyntaxNode, _s: SourceFile, _b: BoundFile, _start: number, _end: number): RangeFlow {
  return { reads: [], writes: [], maybeWrites: [], readAfter: [] };
}
