import type { Snapshot } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { literalPattern } from '../../../../../core/text/pattern';
import {
  type AdapterPlace,
  type Adapter as AnyAdapter,
  type AdapterMethod as AnyAdapterMethod,
  adaptersOf,
  hasClass,
} from '../adapters';
import { named, withMethods, worthwhile } from '../choice';
import { underName } from '../groups';
import { aligned, arranged } from '../methods';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import { classNamesOf, groupsOf } from './adapters';
import { piecesToMove, withoutPlaces } from './choice';
import { type Elsewhere, elsewhereOf } from './elsewhere';
import { refuseUnfit } from './fitness';
import { ARRANGING, roleOf } from './method-names';
import type { Piece } from './piece';
import type { Site } from './site';
import { type Subject, subjectOf } from './subject';

export type AdapterMethod = AnyAdapterMethod<Piece>;
export type Adapter = AnyAdapter<Piece>;

export interface Plan {
  readonly subject: Subject;
  readonly elsewhere: Elsewhere | undefined;
  readonly adapters: readonly Adapter[];
  readonly obstacles: readonly Obstacle[];
  readonly snapshot: Snapshot;
}

/** The calls that move. */
export function sitesOf({ adapters }: Plan): Site[] {
  return adapters.flatMap((one) => one.methods.flatMap(({ pieces }) => pieces.map(({ site }) => site)));
}

/**
 * What becomes of the calls of a finding, as far as the tree tells.
 * @param unsaid what the compiler found to have no name that an adapter could say: those calls stay
 * @throws Refusal
 */
export async function planOf(request: CureRequest, unsaid: readonly Obstacle[] = []): Promise<Plan> {
  const subject = subjectOf(request);
  refuseUnfit(subject);
  const elsewhere = await elsewhereOf(subject.document, request.choices.into, request.snapshot);
  return new Planner(request, subject, elsewhere, unsaid).plan();
}

class Planner {
  constructor(
    private readonly request: CureRequest,
    private readonly subject: Subject,
    private readonly elsewhere: Elsewhere | undefined,
    private readonly unsaid: readonly Obstacle[],
  ) {}

  plan(): Plan {
    const { subject } = this;
    const { places, name } = this.request.choices;
    const isPicked = places !== undefined;
    const found = piecesToMove(subject, isPicked, this.unsaid, this.elsewhere !== undefined);
    const said = named(underName(groupsOf(found.pieces, subject), name), subject, ARRANGING);
    const place = this.place();
    const before = [...found.obstacles, ...said.obstacles];
    const { groups, obstacles } = isPicked
      ? { groups: said.groups, obstacles: [] }
      : worthwhile(said.groups, before, subject, ARRANGING, (group) => hasClass(group, place));
    const { adapters, obstacles: unnamed } = withMethods(adaptersOf(groups, name, place), subject);
    const { elsewhere, request } = this;
    const stays = [...before, ...obstacles, ...unnamed];
    const hasFiles = adapters.some(({ group }) => group.kind === 'file');
    return {
      subject,
      elsewhere,
      adapters,
      obstacles: hasFiles || isPicked ? stays : withoutPlaces(stays, subject),
      snapshot: request.snapshot,
    };
  }

  private place(): AdapterPlace<Piece, AdapterMethod> {
    return {
      file: this.elsewhere?.file ?? this.subject.document.file,
      className: /^[A-Za-z_$][\w$]*$/,
      classNamesOf: (group) => classNamesOf(group, this.subject),
      existing: (className) => this.existing(className),
      isFree: (className) => this.isFree(className),
      arrangedIn: ({ pieces, service }, existing) =>
        arranged(pieces, service, this.subject, ARRANGING, this.membersOf(existing)),
      methodOf: ({ name, pieces }) => ({ name, pieces: aligned(pieces, () => false, roleOf) }),
    };
  }

  /** Whether nothing in the files says the name: as a type, a global or a property of something else it would only confuse. */
  private isFree(name: string): boolean {
    const said = new RegExp(`(?<![\\w$])${literalPattern(name)}(?![\\w$])`);
    return ![this.subject.document, this.elsewhere?.document].some((one) => one && said.test(one.source.text));
  }

  /** A class without constructor, base or decorator, as this cure makes them. */
  private existing(className: string): SyntaxNode | undefined {
    const { document: own, unit } = this.subject;
    const { elsewhere } = this;
    const document = elsewhere ? elsewhere.document : own;
    const found = document?.root
      .descendantsOfType('class_declaration')
      .find((one) => textOf(document, one.childForFieldName('name')!) === className);
    const isExported = found?.parent?.type === 'export_statement';
    const holder = isExported ? found.parent.parent : found?.parent;
    if (!document || !found || holder?.id !== document.root.id) return undefined;
    if (elsewhere ? !isExported && !elsewhere.isCommonJs : found.id === unit.id || found.startIndex > unit.startIndex)
      return undefined;
    const members = found.childForFieldName('body')!.namedChildren.filter(({ type }) => type !== 'comment');
    const isPlain = members.length > 0 && members.every(({ type }) => type === 'method_definition');
    const hasHead = found.children.some(({ type }) => /^(?:class_heritage|decorator|type_parameters)$/.test(type));
    return isPlain && !hasHead && !/\bconstructor\s*\(|\bstatic\b/.test(textOf(document, found)) ? found : undefined;
  }

  private membersOf(existing: SyntaxNode): ReadonlySet<string> {
    const document = this.elsewhere?.document ?? this.subject.document;
    const methods = existing.descendantsOfType('method_definition');
    return new Set(methods.map((one) => textOf(document, one.childForFieldName('name')!)));
  }
}
