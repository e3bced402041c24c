import { Pathless } from '../../../../core/edit/pathless';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import type { WorthAdapter } from '../../collect';
import { symbolOf } from '../../units';
import { MAKES_ADAPTER } from './groups';
import { isClosedClass } from './python/holder';
import { leastOf as pythonLeastOf } from './python/method-names';
import { reachesOf as pythonReaches } from './python/reach';
import { mayBeWorthAdapter } from './reach';
import { leastOf } from './typescript/least';
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
  if (file.family === 'python') {
    const typed = { ...subject, model: file.semantics as PythonModel };
    return (
      !(isClass && isClosedClass(typed)) &&
      mayBeWorthAdapter(calls, pythonReaches(typed), isClass, (kind) => pythonLeastOf(kind, typed))
    );
  }
  const typed = { ...subject, model: file.semantics as TypeScriptModel };
  return mayBeWorthAdapter(calls, typeScriptReaches(typed), isClass, (kind) => leastOf(kind, typed));
};
