import type { SemanticModel } from '../semantics/model';
import { buildTypeScriptModel } from '../semantics/typescript/index';
import type { SyntaxNode } from '../syntax/node';
import type { ParsedFile } from './parsed-file';

/** A file as seen from one of its functions. */
export interface FunctionView extends ParsedFile {
  /** Knows what the function and those in it bind; names of the module are unresolved. */
  readonly semantics: SemanticModel;
  readonly whole: ParsedFile;
}

/**
 * A TypeScript file as seen from one of its functions: its model costs what the function costs, not what the file does. Built on first
 * use.
 */
export function withinFunction(file: ParsedFile, fn: SyntaxNode): FunctionView {
  return new FunctionFile(file, fn);
}

class FunctionFile implements FunctionView {
  readonly language: ParsedFile['language'];
  readonly family: ParsedFile['family'];
  readonly source: ParsedFile['source'];
  readonly root: ParsedFile['root'];
  private model: SemanticModel | undefined;

  constructor(
    readonly whole: ParsedFile,
    private readonly fn: SyntaxNode,
  ) {
    this.language = whole.language;
    this.family = whole.family;
    this.source = whole.source;
    this.root = whole.root;
  }

  get semantics(): SemanticModel {
    this.model ??= buildTypeScriptModel(this.fn, this.source);
    return this.model;
  }

  get pythonImports(): ParsedFile['pythonImports'] {
    return this.whole.pythonImports;
  }
}
