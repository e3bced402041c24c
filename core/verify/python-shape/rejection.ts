/** One thing that CPython's compiler would reject although tree-sitter accepts it. */
export interface ShapeError {
  /** Kebab-case and stable, for example `return-outside-function`; `syntax` for what the grammar has no better word for. */
  readonly code: string;
  /** CPython's own wording where practical. */
  readonly message: string;
  /** UTF-16 offsets into the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Ends the check at the first error, as CPython does: what follows an error is guesswork. Never leaves `checkPythonShape`. */
export class Rejection extends Error {
  constructor(readonly error: ShapeError) {
    super(error.message);
    this.name = 'Rejection';
  }
}

/** @throws Rejection always. */
export function reject(code: string, message: string, start: number, end: number): never {
  throw new Rejection({ code, message, start, end });
}
