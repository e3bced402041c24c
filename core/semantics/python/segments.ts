import type { PythonScope } from './scope';

/** A stretch of text whose expressions are evaluated in one scope; the innermost segment around an offset counts. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly scope: PythonScope;
  /** The segment around this one. */
  readonly outer: Segment | undefined;
}

export type PlannedSegment = Omit<Segment, 'outer'>;

/** The segments around a place that moves through the text from its start to its end. */
export class SegmentStack {
  /** All segments entered so far, ordered by start, an outer one before the inner. */
  readonly entered: Segment[] = [];
  private current: Segment;
  /** Segments that begin later, the next one last. */
  private readonly planned: PlannedSegment[] = [];

  constructor(root: PythonScope) {
    this.current = { start: 0, end: Number.POSITIVE_INFINITY, scope: root, outer: undefined };
    this.entered.push(this.current);
  }

  get scope(): PythonScope {
    return this.current.scope;
  }

  enter(segment: PlannedSegment): void {
    this.current = { ...segment, outer: this.current };
    this.entered.push(this.current);
  }

  /**
   * Plans segments that begin later, in document order, an outer one before the inner. They must lie within the current
   * segment: so they all come before whatever was planned earlier.
   */
  plan(...segments: PlannedSegment[]): void {
    for (let at = segments.length - 1; at >= 0; at--) this.planned.push(segments[at]!);
  }

  /** Leaves the segments that ended before an offset and enters those that have begun. */
  advance(offset: number): void {
    for (let next = this.planned.at(-1); next && next.start <= offset; next = this.planned.at(-1)) {
      this.planned.pop();
      this.leave(next.start);
      this.enter(next);
    }
    this.leave(offset);
  }

  private leave(offset: number): void {
    while (this.current.end <= offset) this.current = this.current.outer!;
  }
}
