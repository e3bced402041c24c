import type { SyntaxEngine } from '../../../core/syntax/engine';
import { SourceFile } from '../../../core/text/source-file';
import type { ShapeError } from '../../../core/verify/python-shape';
import { checkPythonShape } from '../../../core/verify/python-shape';

export interface Verdict {
  readonly errors: readonly ShapeError[];
  /** tree-sitter could not read the text: the first of the errors says no more than that. */
  readonly isUnparsed: boolean;
  /** What the checker found by itself: this is compared with CPython, so that tree-sitter's errors hide none of its gaps. */
  readonly own: ShapeError | undefined;
}

export function verdictOn(text: string, engine: SyntaxEngine): Verdict {
  const tree = engine.parse(text, 'python');
  try {
    const isUnparsed = tree.rootNode.hasError;
    const errors = checkPythonShape(new SourceFile(text), tree.rootNode);
    return { errors, isUnparsed, own: isUnparsed ? errors[1] : errors[0] };
  } finally {
    tree.delete();
  }
}
