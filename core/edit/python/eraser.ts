import type { ChangeBuilder } from '../change-builder';
import type { Document } from '../snapshot';

interface Taken {
  readonly start: number;
  readonly end: number;
  readonly kind: 'erased' | 'break' | 'code';
}

/**
 * Removes text of one document, however often it is asked to: what has gone already is left out, and so are the blanks at which a line
 * has been broken, at the ends of a range. Where another edit has put code the builder finds the overlap.
 */
export class Eraser {
  private readonly taken: Taken[] = [];

  constructor(
    private readonly document: Document,
    private readonly changes: ChangeBuilder,
  ) {}

  erase(start: number, end: number): void {
    let from = start;
    const known = this.taken.filter(
      (one) => one.kind === 'erased' || (one.kind === 'break' && (one.start <= start || one.end >= end)),
    );
    for (const one of known.sort((a, b) => a.start - b.start)) {
      if (one.end <= from || one.start >= end) continue;
      if (one.start > from) this.changes.remove(this.document, from, one.start);
      from = Math.max(from, one.end);
    }
    if (from < end) this.changes.remove(this.document, from, end);
    this.taken.push({ start, end, kind: 'erased' });
  }

  /**
   * Tells that another edit replaces a range.
   * @param isBreak whether it is only a line break, in place of the `;` or the blank between two statements
   */
  claim(start: number, end: number, isBreak = false): void {
    this.taken.push({ start, end, kind: isBreak ? 'break' : 'code' });
  }

  isFree(start: number, end: number): boolean {
    return !this.taken.some((one) => one.start < end && start < one.end);
  }
}
