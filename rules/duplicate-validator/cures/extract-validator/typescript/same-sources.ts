import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { IMPORTS_ID, type ImportFact } from '../../../../../core/facts/imports';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Cluster } from '../unify';
import { placeAt, type Site, textOf } from './site';
import type { Unit } from './unit';

/**
 * Names that are spelled alike must mean one thing: two modules may have a `maxLength` each, and two enumerations a `State.Open`.
 * @throws Refusal `messages-would-change`, `other-io` for what a module defines itself
 */
export function refuseOtherSources(
  sites: readonly Site[],
  cluster: Cluster<Unit> | undefined,
  snapshot: Snapshot,
): void {
  const ofUnits = (cluster?.units ?? []).map(({ site, free }) => ({ site, nodes: free }));
  const ofSets = sites.flatMap((site) => {
    const members = site.check?.kind === 'set' ? site.check.literal.descendantsOfType('member_expression') : [];
    return members.length > 0 ? [{ site, nodes: members.flatMap((one) => one.descendantsOfType('identifier')) }] : [];
  });
  for (const group of [ofUnits, ofSets]) {
    const known = new Map<string, { source: string; site: Site; node: SyntaxNode }>();
    for (const { site, nodes } of group) {
      for (const node of nodes) {
        const name = textOf(site.document, node);
        const source = sourceOf(site.document, node, snapshot);
        const first = known.get(name) ?? { source, site, node };
        known.set(name, first);
        if (first.source === source) continue;
        const isOwn = first.source === `${first.site.document.file}#${name}`;
        const place = isOwn ? placeAt(first.site.document, first.node) : site.place;
        const args = { line: place.range.start.line + 1, file: place.file };
        throw isOwn
          ? new Refusal('other-io', { ...args, name }, place)
          : new Refusal('messages-would-change', args, place);
      }
    }
  }
}

/** Where a name is defined, as far as imports and what hands them on tell. */
function sourceOf({ semantics, file }: Document, node: SyntaxNode, snapshot: Snapshot): string {
  const binding = semantics.bindingAt(node.startIndex);
  if (!binding) return '';
  const { imported, name } = binding;
  if (!imported) return `${file}#${name}`;
  const member = imported.member ?? '*';
  let at = snapshot.modules.resolve(file, imported.module)[0];
  if (at === undefined) return `${imported.module}#${member}`;
  for (const seen = new Set<string>(); !seen.has(at); ) {
    seen.add(at);
    const next: string | undefined = handedOn(at, member, snapshot);
    if (next !== undefined) at = next;
  }
  return `${at}#${member}`;
}

/** The file from which a module takes what it only hands on. */
function handedOn(file: string, member: string, snapshot: Snapshot): string | undefined {
  const facts = (snapshot.facts(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
  const handed = facts.filter(({ reexport, names }) => reexport && (names.includes(member) || names.includes('*')));
  const [only, other] = handed.filter(({ names }) => names.includes(member)).concat(handed);
  return only && (!other || other === only || only.names.includes(member))
    ? snapshot.modules.resolve(file, only.module)[0]
    : undefined;
}
