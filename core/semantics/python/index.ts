import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName, QualifiedName, RangeFlow, Scope, SemanticModel } from '../model';
import { collect } from './collector';
import { rangeFlow } from './flow';
import { qualifiedNameOf } from './names';
import { freeVariables, lookupName, resolve } from './resolver';
import type { PythonBinding, PythonOccurrence, PythonScope } from './scope';
import type { Segment } from './segments';
import { Types } from './types';

export type { PythonBinding, PythonOccurrence, PythonScope } from './scope';

/** The semantic model of a Python file, with what only Python has. */
export interface PythonModel extends SemanticModel {
  readonly root: PythonScope;
  readonly scopes: readonly PythonScope[];
  readonly unresolved: readonly PythonOccurrence[];
  /** Every name in document order, also those that resolve to builtins or to nothing. */
  readonly occurrences: readonly PythonOccurrence[];
  scopeAt(offset: number): PythonScope;
  lookup(name: string, scope: Scope): PythonBinding | undefined;
  bindingAt(offset: number): PythonBinding | undefined;
  /** The occurrence whose identifier spans the offset (its end included), also of builtins and unknown names. */
  occurrenceAt(offset: number): PythonOccurrence | undefined;
  /** Variables of enclosing functions that the scope, or a scope in it, uses; `__class__` stands for zero-argument `super()`. */
  freeVariables(scope: Scope): readonly PythonBinding[];
}

/**
 * Builds the model of one file.
 * @param root root node of the file's tree; the model may look at the tree later, so it is valid while the tree lives.
 */
export function buildPythonModel(root: SyntaxNode, source: SourceFile): PythonModel {
  return new Model(root, source);
}

class Model implements PythonModel {
  readonly root: PythonScope;
  readonly scopes: readonly PythonScope[];
  readonly occurrences: readonly PythonOccurrence[];
  readonly unresolved: readonly PythonOccurrence[];
  readonly imports: readonly ImportedName[];
  private readonly segments: readonly Segment[];
  private types: Types | undefined;

  constructor(
    readonly tree: SyntaxNode,
    readonly source: SourceFile,
  ) {
    const collected = collect(tree, source);
    this.root = collected.root;
    this.scopes = collected.scopes;
    this.occurrences = collected.occurrences;
    this.imports = collected.imports;
    this.segments = collected.segments;
    this.unresolved = resolve(collected);
  }

  scopeAt(offset: number): PythonScope {
    let segment: Segment | undefined = this.segments[lastStartingBy(this.segments, offset)];
    while (segment && segment.end <= offset) segment = segment.outer;
    return segment?.scope ?? this.root;
  }

  lookup(name: string, scope: Scope): PythonBinding | undefined {
    return lookupName(name, scope as PythonScope);
  }

  bindingAt(offset: number): PythonBinding | undefined {
    return this.occurrenceAt(offset)?.symbol.binding;
  }

  occurrenceAt(offset: number): PythonOccurrence | undefined {
    const occurrence = this.occurrences[lastStartingBy(this.occurrences, offset)];
    return occurrence && offset <= occurrence.end ? occurrence : undefined;
  }

  freeVariables(scope: Scope): readonly PythonBinding[] {
    return freeVariables(scope as PythonScope);
  }

  flow(start: number, end: number): RangeFlow {
    return rangeFlow(start, end, this, (from, to) => this.occurrencesIn(from, to));
  }

  qualifiedName(expression: SyntaxNode): QualifiedName | undefined {
    return qualifiedNameOf(expression, this);
  }

  typeOf(expression: SyntaxNode): QualifiedName | undefined {
    this.types ??= new Types(this);
    return this.types.typeOf(expression);
  }

  private occurrencesIn(start: number, end: number): readonly PythonOccurrence[] {
    const first = lastStartingBy(this.occurrences, start - 1) + 1;
    return this.occurrences.slice(first, lastStartingBy(this.occurrences, end - 1) + 1);
  }
}

/** Index of the last element that starts at or before an offset, -1 when all start later; elements are ordered by start. */
function lastStartingBy(elements: readonly { readonly start: number }[], offset: number): number {
  let low = -1;
  let high = elements.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (elements[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
