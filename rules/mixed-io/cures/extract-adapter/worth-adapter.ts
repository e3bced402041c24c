import type { Document } from '../../../../core/edit/snapshot';
import { styleOf } from '../../../../core/edit/style';
import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import type { WorthAdapter } from '../../collect';
import { symbolOf } from '../../units';
import { MAKES_ADAPTER } from './groups';
import { reachesOf as pythonReaches } from './python/reach';
import { mayBeWorthAdapter } from './reach';
import { reachesOf as typeScriptReaches } from './typescript/reach';

/**
 * Whether calls of a class or function may be worth an adapter, asked of one file alone and at every edit. What is no finding of any limits
 * is not asked.
 */
export const isWorthAdapter: WorthAdapter = (all, unit, file) => {
  const { node, start, end, isClass } = unit;
  // To a class that an earlier run has made goes what alone would not be worth one.
  if (MAKES_ADAPTER.test(file.source.slice(start, end))) return true;
  const calls = all.filter(({ kind }) => kind !== 'database');
  const subject = { document: new Pathless(file), unit: node, isClass, symbol: symbolOf(unit, file) ?? '', calls, all };
  const reaches =
    file.family === 'python'
      ? pythonReaches({ ...subject, model: file.semantics as PythonModel })
      : typeScriptReaches({ ...subject, model: file.semantics as TypeScriptModel });
  return mayBeWorthAdapter(calls, reaches, isClass);
};

/** A file as a document: facts depend on its text alone, so that nothing may ask for its path or hash. */
class Pathless implements Document {
  readonly file = '';
  readonly hash = '';
  readonly language;
  readonly family;
  readonly source;
  readonly root;

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
    return styleOf(this.source, this.family);
  }
}
