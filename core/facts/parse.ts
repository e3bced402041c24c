import type { SemanticModel } from '../semantics/model';
import { buildPythonModel } from '../semantics/python/index';
import { buildTypeScriptModel } from '../semantics/typescript/index';
import { familyOf, type LanguageId } from '../syntax/language';
import type { SyntaxNode } from '../syntax/node';
import type { SourceFile } from '../text/source-file';
import type { ParsedFile } from './parsed-file';

/** A file for collectors; its semantic model is built when the first of them asks for it. Valid while the tree lives. */
export function parsedFile(root: SyntaxNode, source: SourceFile, language: LanguageId): ParsedFile {
  let model: SemanticModel | undefined;
  return {
    language,
    family: familyOf(language),
    source,
    root,
    get semantics() {
      if (!model) model = language === 'python' ? buildPythonModel(root, source) : buildTypeScriptModel(root, source);
      return model;
    },
  };
}
