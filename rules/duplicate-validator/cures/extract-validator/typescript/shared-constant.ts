import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import { cycleOf } from '../../../../../core/edit/typescript/new-module/target';
import type { HeldConstant } from './check';
import { saidPlace } from './clues';
import { isExportedConstant, isTop, staysInUse } from './constant-reads';
import { runsWhenImported } from './effects';
import { constantName } from './names-of-place';
import { nounOf } from './noun';
import { type Site, textOf } from './site';
import { isNear } from './target';

/** A constant that is needed for more than the checks: the places share it as it is, and no function comes beside it. */
export interface KeptConstant {
  readonly name: string;
  /** The place whose definition is kept, or moves. */
  readonly site: Site;
  /** It can be imported where it stands. */
  readonly isThere: boolean;
}

/**
 * The constant of which a definition would stay at its place beside a shared function; undefined where none would.
 * @throws Refusal `keeps-list` where the places cannot have it in common
 */
export function keptConstant(sites: readonly Site[], snapshot: Snapshot): KeptConstant | undefined {
  const staying = sites.filter(({ check, document }) => check?.held && staysInUse(check.held, sites, document));
  const [first] = staying;
  // In one file the function asks the constant where it stands.
  const isOneFile = sites.every(({ document }) => document === first?.document);
  if (!first || (isOneFile && staying.every(({ check, document }) => isTop(check!.held!, document)))) return undefined;
  const shown = staying.filter(isExported);
  const there = shown.find(
    ({ document }) =>
      !runsWhenImported(document) &&
      sites.every(
        ({ document: { file } }) =>
          file === document.file || (isNear(file, document.file) && !cycleOf(document.file, file, snapshot)),
      ),
  );
  const site = there ?? first;
  const held = site.check!.held!;
  const isPlain = held.declarator.childForFieldName('value')?.id === site.check!.literal.id;
  const fits = sites.every((one) => {
    const other = one.check!.held;
    if (other && isShareable(other, one.document)) {
      const isSame = definitionOf(other, one.document) === definitionOf(held, site.document);
      return isSame && other.name === held.name;
    }
    // A list of another type, or a set asked like a list, would be asked in vain.
    return (
      !other &&
      isTrueOf(site, one) &&
      isPlain &&
      !held.declarator.childForFieldName('type') &&
      isSetOf(one) === isSetOf(site) &&
      !binds(one.document, held.name)
    );
  });
  if (fits && isShareable(held, site.document) && shown.length < 2 && (there || shown.length === 0))
    return { name: held.name, site, isThere: there !== undefined };
  const { place } = first;
  throw new Refusal('keeps-list', { line: place.range.start.line + 1, file: place.file }, place);
}

const isExported = ({ check }: Site): boolean => isExportedConstant(check!.held!);

/** One `const` of a module, alone in its statement, whose type any module can write. */
function isShareable(held: HeldConstant, document: Document): boolean {
  const { declarator, isField } = held;
  if (isField || !isTop(held, document) || isCommonJs(document)) return false;
  const type = declarator.childForFieldName('type');
  const statement = declarator.parent!;
  return (
    statement.namedChildren.filter((one) => one.type === 'variable_declarator').length === 1 &&
    (!type || /^:\s*(?:readonly\s+)?(?:(?:Readonly)?(?:Array|Set)<\w+>|\w+\[\])$/.test(textOf(document, type))) &&
    !/\bsatisfies\b/.test(textOf(document, statement))
  );
}

/** What stands behind the name, in one spelling: two definitions of it are the same. */
function definitionOf({ declarator }: HeldConstant, document: Document): string {
  const name = declarator.childForFieldName('name')!;
  const text = document.source.slice(name.endIndex, declarator.endIndex).replace(/^\s*=\s*/, '');
  return text
    .replace(/"/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/([[(]) | (?=[\])])|,(?= ?[\])])/g, '$1');
}

/** Whether what one place calls its constant is what another one checks. */
function isTrueOf(held: Site, other: Site): boolean {
  const name = constantName(held);
  return name !== undefined && nounOf([held, other].map(saidPlace), undefined) === name;
}

const isSetOf = ({ check, document }: Site): boolean => /^new\s+Set\b/.test(textOf(document, check!.literal));

function binds({ semantics, source }: Document, name: string): boolean {
  return (
    semantics.root.bindings.has(name) ||
    semantics.unresolved.some(({ start, end }) => source.slice(start, end) === name)
  );
}
