import type { ImportedName } from '../../../semantics/model';
import { Refusal } from '../../refusal';
import type { Document } from '../../snapshot';
import type { ImportRequest } from './imports';
import type { Meanings } from './meaning';
import { importAround } from './statement';
import { conditionAround, verdictOn } from './visible';

export type Existing =
  | { readonly expression: string; readonly imported: ImportedName }
  | { readonly isTypeOnly: boolean };

interface Candidate {
  readonly imported: ImportedName;
  readonly expression: string;
}

/**
 * Looks for an import that gives a place what it needs: under its name, under another, or through its module.
 * @throws Refusal `import-too-late`, `import-conditional` when there is one, but not for this place, and another would do harm
 */
export function existingImport(
  request: ImportRequest,
  document: Document,
  meanings: Meanings,
  isRemoved: (imported: ImportedName) => boolean,
): Existing {
  const candidates = candidatesFor(request, document, meanings);
  const verdicts = candidates.map((one) => verdictOn(one.imported, request.at, document, meanings));
  const isUsable = (_: Candidate, index: number): boolean => verdicts[index] === 'usable';
  const usable = candidates.filter(isUsable);
  const [best] = usable.filter(({ imported }) => !isRemoved(imported)).concat(usable);
  if (best) return best;
  const local = request.as ?? request.member ?? request.module;
  for (const [index, { imported, expression }] of candidates.entries()) {
    // Only what a new import would be called is in its way.
    if (expression !== local) continue;
    const args = { name: local, file: document.file };
    if (verdicts[index] === 'late' && !imported.lazy)
      throw new Refusal('import-too-late', { ...args, line: document.source.lineAt(request.at) + 1 });
    if (verdicts[index] === 'conditional') throw new Refusal('import-conditional', args);
  }
  if (isOptional(request.module, document, meanings))
    throw new Refusal('import-conditional', { name: request.module, file: document.file });
  return { isTypeOnly: verdicts.includes('type-only') };
}

/** Whether the file takes care that a package from outside, or a module, may be missing: it imports it under conditions only. */
function isOptional(module: string, document: Document, meanings: Meanings): boolean {
  const key = meanings.module(module);
  const top = (name: string): string => name.split('.', 1)[0]!;
  const related = document.semantics.imports.filter(
    (one) =>
      !one.typeOnly &&
      !one.lazy &&
      (meanings.module(one.module) === key ||
        (key.startsWith('name ') && !module.startsWith('.') && top(one.module) === top(module))),
  );
  const isConditional = (one: ImportedName): boolean => {
    const statement = importAround(document.root, one.start);
    return statement !== undefined && conditionAround(statement) !== undefined;
  };
  return related.length > 0 && related.every(isConditional);
}

/** What the import of a module brings without being named, by its documentation. */
const BESIDES: Readonly<Record<string, string>> = { os: 'os.path' };

/** The imports that mean what is wanted, those of the very name first. */
function candidatesFor({ module, member }: ImportRequest, document: Document, meanings: Meanings): Candidate[] {
  const moduleKey = meanings.module(module);
  const wanted = member === undefined ? moduleKey : meanings.member(module, member);
  const direct: Candidate[] = [];
  const throughModule: Candidate[] = [];
  for (const imported of document.semantics.imports) {
    if (imported.member === '*' || imported.local === '') continue;
    if (meanings.imported(imported) === wanted) direct.push({ imported, expression: imported.local });
    if (member !== undefined && meanings.imported(imported) === moduleKey)
      throughModule.push({ imported, expression: `${imported.local}.${member}` });
    if (imported.member === undefined && module === BESIDES[imported.module]) {
      const path = `${imported.local}${module.slice(imported.module.length)}`;
      direct.push(...(member === undefined ? [{ imported, expression: path }] : []));
      throughModule.push(...(member === undefined ? [] : [{ imported, expression: `${path}.${member}` }]));
    }
    if (!meanings.isWhole(imported)) continue;
    // `import a.b.c` makes `a.b` and `a.b.c` there as well.
    const parts = imported.module.split('.');
    for (let count = 2; count <= parts.length; count++) {
      const path = parts.slice(0, count).join('.');
      const key = meanings.module(path);
      if (key === wanted) direct.push({ imported, expression: path });
      else if (key === moduleKey && member !== undefined)
        throughModule.push({ imported, expression: `${path}.${member}` });
    }
  }
  return [...direct, ...throughModule];
}
