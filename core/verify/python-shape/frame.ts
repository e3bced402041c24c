/** What code is evaluated in, as far as it decides what may stand there. */
export type FrameKind =
  | 'module'
  | 'class'
  | 'function'
  | 'async-function'
  | 'lambda'
  /** Annotations, bounds, aliases and generic headers (PEP 649, 695): evaluated later, so no `yield`, `await` or `:=`. */
  | 'deferred';

export const ANNOTATION = 'an annotation';
export const GENERIC = 'the definition of a generic';

/** A token at which something happened whose meaning its surroundings decide. */
export interface Mark {
  readonly token: number;
  readonly what: 'yield' | 'await' | 'async-comprehension' | 'walrus';
  /** Name that a walrus binds. */
  readonly name?: string;
  /** The walrus stands in a comprehension and binds outside of the frame. */
  readonly isOuter?: boolean;
}

/** A function, class or other code that is evaluated on its own, and what was read in it so far. */
export class Frame {
  /** In the order in which they were read. A comprehension takes those that stand in it, when it ends. */
  readonly marks: Mark[] = [];
  /** Loops and `except*` handlers around the statement. */
  readonly blocks: ('loop' | 'except-star')[] = [];
  isGenerator = false;
  /** Token of a `return` with a value. */
  valuedReturn: number | undefined;

  /** @param label of deferred code: `an annotation`, `a type alias`, ... */
  constructor(
    readonly kind: FrameKind,
    readonly label = '',
    readonly parent?: Frame,
  ) {}

  get isAnnotation(): boolean {
    return this.kind === 'deferred' && this.label === ANNOTATION;
  }

  /** The frame in which a walrus of a comprehension binds: annotations pass it on. */
  get binder(): Frame {
    let frame: Frame = this;
    while (frame.isAnnotation && frame.parent) frame = frame.parent;
    return frame;
  }

  get isFunction(): boolean {
    return this.kind === 'function' || this.kind === 'async-function' || this.kind === 'lambda';
  }
}
