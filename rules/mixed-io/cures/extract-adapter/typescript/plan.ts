import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import { aligned, classNamesOf, type Group, groupsOf, methodNameFor } from './adapters';
import { piecesToMove, worthwhile } from './choice';
import { isClosedClass } from './holding';
import { shapeOf } from './method-code';
import type { Piece } from './piece';
import { type Subject, subjectOf } from './subject';

export interface AdapterMethod {
  readonly name: string;
  /** Pieces of equal code, each with the values that it hands over. */
  readonly pieces: readonly Piece[];
}

export interface Adapter {
  readonly group: Group;
  readonly className: string;
  readonly methods: readonly AdapterMethod[];
  /** The class of that name which an earlier run has made, where there is one. */
  readonly existing: SyntaxNode | undefined;
}

export interface Plan {
  readonly subject: Subject;
  readonly adapters: readonly Adapter[];
  readonly obstacles: readonly Obstacle[];
  readonly snapshot: Snapshot;
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
    const isPicked = this.request.choices.places !== undefined;
    const { pieces, obstacles } = piecesToMove(subject, isPicked, this.unsaid);
    const all = this.groups(pieces);
    const hasClass = (group: Group): boolean =>
      classNamesOf(group, subject).some((name) => this.existing(name) !== undefined);
    const { groups, obstacles: tiny } = isPicked ? { groups: all, obstacles: [] } : worthwhile(all, subject, hasClass);
    const taken = new Set<string>();
    const adapters = groups.map((group) => this.adapter(group, taken));
    return { subject, adapters, obstacles: [...obstacles, ...tiny], snapshot: this.request.snapshot };
  }

  private groups(pieces: readonly Piece[]): Group[] {
    const groups = groupsOf(pieces, this.subject);
    const { name } = this.request.choices;
    if (name === undefined || groups.length === 1) return groups;
    // Calls of one kind may share an adapter where the user gives it its name.
    const [first] = groups;
    if (groups.some(({ kind }) => kind !== first!.kind))
      throw new Refusal('several-adapters', { name, count: groups.length });
    return [{ kind: first!.kind, service: undefined, pieces }];
  }

  private adapter(group: Group, taken: Set<string>): Adapter {
    const { name } = this.request.choices;
    if (name !== undefined && !/^[A-Za-z_$][\w$]*$/.test(name)) throw new Refusal('invalid-name', { name });
    for (const className of name === undefined ? classNamesOf(group, this.subject) : [name]) {
      const existing = this.existing(className);
      if (taken.has(className) || (!existing && !this.isFree(className))) continue;
      taken.add(className);
      return { group, className, methods: this.methods(group, existing), existing };
    }
    const { file } = this.subject.document;
    throw new Refusal('name-taken', { name: name ?? classNamesOf(group, this.subject)[0]!, file });
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

  private methods(group: Group, existing: SyntaxNode | undefined): AdapterMethod[] {
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
      const pieces = aligned(alike);
      const name = methodNameFor(pieces, group, this.subject, taken);
      taken.add(name);
      return { name, pieces };
    });
  }
}
