import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import {
  type AdapterPlace,
  type Adapter as AnyAdapter,
  type AdapterMethod as AnyAdapterMethod,
  adaptersOf,
  hasClass,
} from '../adapters';
import { worthwhile } from '../choice';
import { type Group, underName } from '../groups';
import { aligned } from '../methods';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import { classNamesOf, groupsOf, nameFor, SHARED_INPUTS } from './adapters';
import { isTiny, kindsLeft, piecesToMove } from './choice';
import { isClosedClass } from './holding';
import { shapeOf } from './method-code';
import type { Piece } from './piece';
import type { Site } from './site';
import { type Subject, subjectOf } from './subject';

export type AdapterMethod = AnyAdapterMethod<Piece>;
export type Adapter = AnyAdapter<Piece>;

export interface Plan {
  readonly subject: Subject;
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
export function planOf(request: CureRequest, unsaid: readonly Obstacle[] = []): Plan {
  const subject = subjectOf(request);
  const { document, isClass, symbol } = subject;
  const { into } = request.choices;
  if (into !== undefined && into !== document.file) throw new Refusal('stays-in-module', { file: document.file });
  if (isClass && isClosedClass(subject)) throw new Refusal('closed-class', { name: symbol, file: document.file });
  if (!isClass && isComponent(subject)) throw new Refusal('component', { name: symbol, file: document.file });
  return new Planner(request, subject, unsaid).plan();
}

/** Components and hooks of React run whenever something is drawn. */
function isComponent({ symbol, unit, document }: Subject): boolean {
  const name = symbol.split('.').at(-1)!;
  return (
    /^use[A-Z]/.test(name) ||
    (/^[A-Z]/.test(name) && unit.descendantsOfType(['jsx_element', 'jsx_self_closing_element']).length > 0) ||
    /\buse(?:State|Effect|Memo|Callback|Ref)\(/.test(textOf(document, unit))
  );
}

class Planner {
  constructor(
    private readonly request: CureRequest,
    private readonly subject: Subject,
    private readonly unsaid: readonly Obstacle[],
  ) {}

  plan(): Plan {
    const { subject } = this;
    const { places, name } = this.request.choices;
    const isPicked = places !== undefined;
    const found = piecesToMove(subject, isPicked, this.unsaid);
    const all = underName(groupsOf(found.pieces, subject), name);
    const place = this.place();
    const isLittle = (group: Group<Piece>): boolean => isTiny(group, subject) && !hasClass(group, place);
    const { groups, obstacles } = isPicked
      ? { groups: all, obstacles: [] }
      : worthwhile(all, kindsLeft(found, subject), subject, isLittle);
    const adapters = adaptersOf(groups, name, place);
    return { subject, adapters, obstacles: [...found.obstacles, ...obstacles], snapshot: this.request.snapshot };
  }

  private place(): AdapterPlace<Piece, AdapterMethod> {
    return {
      file: this.subject.document.file,
      className: /^[A-Za-z_$][\w$]*$/,
      classNamesOf: (group) => classNamesOf(group, this.subject),
      existing: (className) => this.existing(className),
      isFree: (className) => this.isFree(className),
      methodsOf: (group, existing) => this.methods(group, existing),
    };
  }

  /** Whether nothing in the file says the name: as a type, a global or a property of something else it would only confuse. */
  private isFree(name: string): boolean {
    return !new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(this.subject.document.source.text);
  }

  /** A class without constructor, base or decorator, as this cure makes them. */
  private existing(className: string): SyntaxNode | undefined {
    const { document, unit } = this.subject;
    const found = document.root
      .descendantsOfType('class_declaration')
      .find((one) => textOf(document, one.childForFieldName('name')!) === className);
    const holder = found?.parent?.type === 'export_statement' ? found.parent.parent : found?.parent;
    if (!found || holder?.id !== document.root.id || found.id === unit.id || found.startIndex > unit.startIndex)
      return undefined;
    const members = found.childForFieldName('body')!.namedChildren.filter(({ type }) => type !== 'comment');
    const isPlain = members.length > 0 && members.every(({ type }) => type === 'method_definition');
    const hasHead = found.children.some(({ type }) => /^(?:class_heritage|decorator|type_parameters)$/.test(type));
    return isPlain && !hasHead && !/\bconstructor\s*\(|\bstatic\b/.test(textOf(document, found)) ? found : undefined;
  }

  private methods(group: Group<Piece>, existing: SyntaxNode | undefined): AdapterMethod[] {
    const { document } = this.subject;
    const byShape = new Map<string, Piece[]>();
    for (const piece of group.pieces) {
      const shape = shapeOf(piece, document);
      byShape.set(shape, [...(byShape.get(shape) ?? []), piece]);
    }
    const taken = new Set(
      existing?.descendantsOfType('method_definition').map((one) => textOf(document, one.childForFieldName('name')!)),
    );
    return [...byShape.values()].map((alike) => {
      const pieces = aligned(alike, SHARED_INPUTS);
      const name = nameFor(pieces, group, this.subject, taken);
      taken.add(name);
      return { name, pieces };
    });
  }
}
