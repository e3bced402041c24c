import { type CodeTarget, canImport } from '../../../../core/edit/python/new-module/target';
import type { Snapshot } from '../../../../core/edit/snapshot';
import { isTestPath } from '../../../../core/rule/test-path';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { stemOf } from './naming';
import { words } from './noun-words';
import { type Site, textOf } from './site';
import { truthPlace } from './truth-place';
import type { Cluster } from './unify';

/** A function of a module that is what would be made. */
export interface Existing {
  readonly site: Site;
  readonly name: string;
}

interface Search {
  readonly sites: readonly Site[];
  readonly cluster: Cluster | undefined;
  readonly target: CodeTarget;
  /** What all places check. */
  readonly noun: string;
  readonly snapshot: Snapshot;
}

/**
 * The place among the others that is a function of its own for just this check, so that no second one is needed: a predicate wherever it
 * stands, as long as it is the only one; a validator in the module of validators. It must be about what all places check.
 */
export function existingFunction(search: Search): Existing | undefined {
  const { sites, cluster, target } = search;
  const predicates = sites.filter(isPredicate);
  const [predicate] = predicates;
  const isCovered = predicates.length === 1 && (!cluster || cluster.units.some(({ site }) => site === predicate));
  if (predicate && isCovered) return named(predicate, search);
  if (!cluster || cluster.parameters.length > 0 || cluster.units.length !== sites.length) return undefined;
  const validators = cluster.units.filter(({ site, kind, inputs }) => {
    const names = kind === 'body' && site.document.file === target.file ? parametersOf(site) : undefined;
    return names !== undefined && names.join(' ') === inputs.join(' ');
  });
  return validators.length === 1 ? named(validators[0]!.site, search) : undefined;
}

function named(site: Site, { sites, noun, snapshot }: Search): Existing | undefined {
  const { file } = site.document;
  const name = textOf(site.document, site.owner!.childForFieldName('name')!);
  const others = [...new Set(sites.map(({ document }) => document))].filter((one) => one.file !== file);
  const { python } = snapshot.modules;
  const isWithinReach = others.every(
    (one) =>
      !name.startsWith('_') &&
      (!isTestPath(file) || isTestPath(one.file)) &&
      canImport(one.file, file, snapshot) &&
      python.wouldCloseCycle(one.file, file) === undefined,
  );
  const isFree = sites.every((one) => {
    if (one === site) return true;
    const model = one.document.semantics as PythonModel;
    const at = one.check?.node.startIndex ?? one.owner?.childForFieldName('body')?.startIndex ?? 0;
    const binding = model.lookup(name, model.scopeAt(at));
    if (one.document.file === file) return binding?.scope.kind === 'module';
    return !binding && !model.root.bindings.has(name);
  });
  return isWithinReach && isFree && isAbout(name, noun) ? { site, name } : undefined;
}

/** `is_codex_user_agent` is about a user agent, `check_address` about a contract address. */
function isAbout(name: string, noun: string): boolean {
  const [own, all] = [words(stemOf(name)), words(noun)];
  const count = Math.min(own.length, all.length);
  return own.slice(-count).join(' ') === all.slice(-count).join(' ');
}

/** `def is_code(code): return re.match(..., code) is not None`, with whatever docstring. */
function isPredicate(site: Site): boolean {
  const { owner, check, document } = site;
  const [only, other] = parametersOf(site) ?? [];
  if (!owner || !check || only === undefined || other !== undefined || textOf(document, check.subject) !== only)
    return false;
  const place = truthPlace(check.node, document.source);
  const answer = place && !place.isNegated ? outOfBrackets(place.node).parent : undefined;
  if (answer?.type !== 'return_statement') return false;
  const statements = owner.childForFieldName('body')!.namedChildren.filter(({ type }) => type !== 'comment');
  const isDescribed =
    statements[0]?.type === 'expression_statement' && statements[0].firstNamedChild?.type === 'string';
  return statements.length === (isDescribed ? 2 : 1) && statements.at(-1)!.id === answer.id;
}

/** The names of the parameters of a function of the module that can be called with them alone; undefined for any other. */
function parametersOf({ owner, document }: Site): string[] | undefined {
  if (owner?.parent?.type !== 'module' || /^async\b/.test(textOf(document, owner).slice(0, 6))) return undefined;
  const names: string[] = [];
  for (const one of owner.childForFieldName('parameters')?.namedChildren ?? []) {
    if (one.type === 'comment') continue;
    const name = one.type === 'identifier' ? one : one.type === 'typed_parameter' ? one.firstNamedChild : null;
    if (name?.type !== 'identifier') return undefined;
    names.push(textOf(document, name));
  }
  return names;
}

function outOfBrackets(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent?.type === 'parenthesized_expression') at = at.parent;
  return at;
}
