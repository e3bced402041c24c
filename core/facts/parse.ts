import type { SemanticModel } from '../semantics/model';
import { buildPythonModel } from '../semantics/python/index';
import { buildTypeScriptModel } from '../semantics/typescript/index';
import { familyOf, type LanguageFamily, type LanguageId } from '../syntax/language';
import type { SyntaxNode } from '../syntax/node';
import type { SourceFile } from '../text/source-file';
import { type ImportLines, pythonImportLines } from './import-lines';
import type { ParsedFile } from './parsed-file';

/** A file for collectors; its semantic model is built when the first of them asks for it. Valid while the tree lives. */
export function parsedFile(root: SyntaxNode, source: SourceFile, language: LanguageId): ParsedFile {
  return new LazyFile(root, source, language);
}

/** A class, because V8 keeps what a getter of an object literal closes over (here the tree) until a major collection. */
class LazyFile implements ParsedFile {
  readonly family: LanguageFamily;
  private model: SemanticModel | undefined;
  private lines: ImportLines | undefined;

  constructor(
    readonly root: SyntaxNode,
    readonly source: SourceFile,
    readonly language: LanguageId,
  ) {
    this.family = familyOf(language);
  }

  get semantics(): SemanticModel {
    this.model ??=
      this.language === 'python'
        ? buildPythonModel(this.root, this.source)
        : buildTypeScriptModel(this.root, this.source);
    return this.model;
  }

  get pythonImports(): ImportLines {
    this.lines ??= pythonImportLines(this.source.text);
    return this.lines;
  }
}
