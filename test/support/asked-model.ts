import type { ParsedFile } from '../../core/facts/parsed-file';

/** A file that is known already, as somebody sees it who may have no need of its semantic model, and whether he asked for it. */
export function askedModel(known: ParsedFile): { readonly file: ParsedFile; isAsked(): boolean } {
  let isAsked = false;
  const { language, family, source, root, pythonImports } = known;
  const file: ParsedFile = {
    language,
    family,
    source,
    root,
    pythonImports,
    get semantics() {
      isAsked = true;
      return known.semantics;
    },
  };
  return { file, isAsked: () => isAsked };
}
