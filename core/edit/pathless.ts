import type { ParsedFile } from '../facts/parsed-file';
import type { Document } from './snapshot';
import { type CodeStyle, styleOf } from './style';

/** A file as a document: facts depend on its text alone, so that nothing may ask for its path or hash. */
export class Pathless implements Document {
  readonly file = '';
  readonly hash = '';
  readonly language;
  readonly family;
  readonly source;
  readonly root;
  private ownStyle: CodeStyle | undefined;

  constructor(private readonly parsed: ParsedFile) {
    this.language = parsed.language;
    this.family = parsed.family;
    this.source = parsed.source;
    this.root = parsed.root;
  }

  get semantics(): Document['semantics'] {
    return this.parsed.semantics;
  }

  get pythonImports(): Document['pythonImports'] {
    return this.parsed.pythonImports;
  }

  get style(): Document['style'] {
    this.ownStyle ??= styleOf(this.source, this.family);
    return this.ownStyle;
  }
}
