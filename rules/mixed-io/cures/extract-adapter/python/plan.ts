import { type CarriedName, carriedNames } from '../../../../../core/edit/python/new-module/carried-names';
import { isFreeName, type UsePlace } from '../../../../../core/edit/python/new-module/free-name';
import { type CodeTarget, type TargetKind, targetFor } from '../../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { patchesOfModule } from '../../../../../core/facts/patched-names';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { type AdapterPlace, adaptersOf, hasClass } from '../adapters';
import { named, withMethods, worthwhile } from '../choice';
import { type Group, underName } from '../groups';
import { aligned, arranged, type Named } from '../methods';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import { type Adapter, type AdapterMethod, classNamesOf, groupsOf } from './adapters';
import { piecesToMove } from './choice';
import { isClosedClass } from './holder';
import { isLargeModule } from './large-module';
import { type MethodCode, methodBody } from './method-code';
import { ARRANGING, roleOf } from './method-names';
import { movedRanges } from './moved-ranges';
import type { Input, Piece } from './piece';
import { type Subject, subjectOf } from './subject';
import { goesBack } from './target';
import { returnTypeOf, typeOfInput } from './types';

export interface Plan {
  readonly subject: Subject;
  readonly target: CodeTarget;
  readonly adapters: readonly Adapter[];
  readonly obstacles: readonly Obstacle[];
  /** Names of the module that the adapters need in another one. */
  readonly carried: readonly CarriedName[];
  readonly snapshot: Snapshot;
}

export async function planOf(request: CureRequest): Promise<Plan> {
  const subject = subjectOf(request);
  const { document } = subject;
  if (subject.isClass && isClosedClass(subject))
    throw new Refusal('closed-class', { name: subject.symbol, file: document.file });
  const { into } = request.choices;
  if (into === undefined ? !isLargeModule(document) : into === document.file)
    return new Planner(request, subject, false).plan();
  try {
    return await new Planner(request, subject, true).plan();
  } catch (error) {
    if (into !== undefined || !(error instanceof Refusal) || !goesBack(error)) throw error;
    // What cannot be said elsewhere is said here.
    return new Planner(request, subject, false).plan();
  }
}

class Planner {
  private readonly snapshot: Snapshot;

  constructor(
    private readonly request: CureRequest,
    private readonly subject: Subject,
    private readonly isElsewhere: boolean,
  ) {
    this.snapshot = request.snapshot;
  }

  async plan(): Promise<Plan> {
    const { subject, snapshot } = this;
    const { choices } = this.request;
    const found = piecesToMove(subject, this.isElsewhere, choices.places !== undefined);
    const said = named(underName(groupsOf(found.pieces, subject), choices.name), subject, ARRANGING);
    const first = await this.target(said.groups);
    const hasOne = (group: Group<Piece>): boolean => hasClass(group, this.place(first));
    const before = [...found.obstacles, ...said.obstacles];
    // Whoever picks calls means them.
    const worth =
      choices.places === undefined
        ? worthwhile(said.groups, before, subject, ARRANGING, hasOne)
        : { groups: said.groups, obstacles: [] };
    const { groups } = worth;
    const target = groups.length === said.groups.length ? first : await this.target(groups);
    const uses = groups.flatMap((one) =>
      one.pieces.map(({ start }): UsePlace => ({ document: subject.document, at: start })),
    );
    const { adapters, obstacles: unnamed } = withMethods(
      adaptersOf(groups, choices.name, this.place(target, uses)),
      subject,
    );
    const obstacles = [...before, ...worth.obstacles, ...unnamed];
    const pieces = adapters.flatMap(({ methods }) => methods.flatMap((one) => one.pieces));
    const carried = this.isElsewhere ? this.carried(pieces, adapters, target) : [];
    return { subject, target, adapters, obstacles, carried, snapshot };
  }

  private target(groups: readonly Group<Piece>[]): Promise<CodeTarget> | CodeTarget {
    const { document } = this.subject;
    if (!this.isElsewhere) return { file: document.file, document };
    const path = document.file.split('/');
    const own = path.at(-1)!.replace(/\.py$/, '');
    const stem = /^__\w+__$/.test(own) ? '' : `${own}_`;
    const areClients = groups.every(({ kind }) => kind === 'http' || kind === 'cloud');
    const names = areClients ? ['clients', 'adapters'] : ['adapters', 'clients'];
    const folder = path.slice(0, -1).join('/');
    const escaped = (folder === '' ? '' : `${folder}/`).replace(/[.+]/g, '\\$&');
    const kind: TargetKind = {
      existing: new RegExp(`^${escaped}(?:${stem}(?:clients|adapters)${areClients ? '|clients' : ''}|adapters)\\.py$`),
      best: new RegExp(`/${stem}(?:clients|adapters)\\.py$`),
      fits: ({ root }) => root.namedChildren.some(({ type }) => type === 'class_definition'),
      newNames: names.map((one) => `${stem}${one}.py`),
    };
    return targetFor([document.file], this.request.choices.into, kind, this.snapshot);
  }

  /** The names that moved code says, without what is handed over, and those of type hints. */
  private carried(pieces: readonly Piece[], adapters: readonly Adapter[], target: CodeTarget): CarriedName[] {
    const { document } = this.subject;
    const ranges = pieces.flatMap((piece) => movedRanges(piece));
    for (const { startIndex, endIndex } of adapters.flatMap(({ methods }) => methods.flatMap(({ code }) => code.hints)))
      ranges.push({ start: startIndex, end: endIndex });
    const replaced = new Set(
      patchesOfModule(this.snapshot, document.file).flatMap(({ name, inside }) => (inside.length === 0 ? [name] : [])),
    );
    const carriage = { document, ranges, target, importsTarget: true, snapshot: this.snapshot };
    // A patch of what is inside a module that both import works for both; one of the name itself does not.
    return carriedNames({ ...carriage, keepsForPatches: (name) => !replaced.has(name) && !replaced.has(undefined) });
  }

  /** Whether a type hint names builtins and imports only. */
  private isCommon(hint: SyntaxNode): boolean {
    const { model, document } = this.subject;
    return hint.descendantsOfType('identifier').every((one) => {
      const binding = model.lookup(textOf(document, one), model.root);
      return (
        !binding ||
        (binding.imported !== undefined &&
          binding.writes.length === 1 &&
          !binding.imported.lazy &&
          !binding.imported.typeOnly)
      );
    });
  }

  /** Annotations that nobody evaluates may say what this Python cannot: not where they would be evaluated. */
  private isEvaluable(hint: string, target: CodeTarget): boolean {
    if (/["']/.test(hint)) return false;
    const isPostponed = ({ semantics }: Document): boolean =>
      semantics.imports.some(({ module, member }) => module === '__future__' && member === 'annotations');
    return (
      !isPostponed(this.subject.document) || !target.document || isPostponed(target.document) || /^[\w.]+$/.test(hint)
    );
  }

  /** @param uses where the class is named from */
  private place(target: CodeTarget, uses: readonly UsePlace[] = []): AdapterPlace<Piece, AdapterMethod> {
    return {
      file: target.file,
      className: /^[A-Za-z_]\w*$/,
      classNamesOf: (group) => classNamesOf(group, this.subject),
      existing: (className) => this.existing(className, target),
      isFree: (className) => isFreeName(className, target, uses),
      arrangedIn: ({ pieces, service }, existing) =>
        arranged(pieces, service, this.subject, ARRANGING, new Set(memberNames(existing, target))),
      methodOf: (named) => this.method(named, target),
    };
  }

  /** A class without constructor, base or decorator, as this cure makes them. */
  private existing(className: string, { document }: CodeTarget): SyntaxNode | undefined {
    const found = document?.root.namedChildren.find(
      (one) =>
        one.type === 'class_definition' &&
        !one.childForFieldName('superclasses') &&
        textOf(document, one.childForFieldName('name')!) === className,
    );
    return found && !/\bdef __\w+__\b/.test(textOf(document!, found)) && found.id !== this.subject.unit.id
      ? found
      : undefined;
  }

  private method({ name, pieces: alike }: Named<Piece>, target: CodeTarget): AdapterMethod {
    const pieces = aligned(alike, ({ isConstant }: Input) => isConstant === true, roleOf);
    return { name, pieces, code: this.code(pieces, target) };
  }

  private code(pieces: readonly Piece[], target: CodeTarget): MethodCode {
    const { subject } = this;
    const { document } = subject;
    const [piece] = pieces;
    const sources: SyntaxNode[] = [];
    const parameters = parametersOf(pieces).map(({ name, inputs, otherwise }) => {
      if (otherwise !== undefined)
        return `${name}${/^(?:True|False)$/.test(otherwise) ? ': bool ' : ''}=${/^(?:True|False)$/.test(otherwise) ? ' ' : ''}${otherwise}`;
      const hints = inputs.map((one) => typeOfInput(one, subject));
      const [hint] = hints;
      const isOne = hint && hints.every((one) => one?.text === hint.text);
      if (!isOne || (hint.source && !this.isCommon(hint.source)) || !this.isEvaluable(hint.text, target)) return name;
      if (hint.source) sources.push(hint.source);
      return `${name}: ${hint.text}`;
    });
    return {
      parameters,
      hints: sources,
      returns: returnTypeOf(piece!, subject),
      isAsync: piece!.isAsync,
      body: methodBody(piece!, document, new Map(), []),
    };
  }
}

/** The values that pieces of one method hand over, by the names of its parameters; what may be left out comes last. */
function parametersOf(pieces: readonly Piece[]): { name: string; inputs: Input[]; otherwise: string | undefined }[] {
  const found = new Map<string, { name: string; inputs: Input[]; otherwise: string | undefined }>();
  for (const input of pieces.flatMap(({ inputs }) => inputs)) {
    const known = found.get(input.name);
    if (known) known.inputs.push(input);
    else found.set(input.name, { name: input.name, inputs: [input], otherwise: input.otherwise });
  }
  return [...found.values()].sort((a, b) => Number(a.otherwise !== undefined) - Number(b.otherwise !== undefined));
}

function memberNames(definition: SyntaxNode, { document }: CodeTarget): string[] {
  return definition
    .descendantsOfType('function_definition')
    .map((one) => textOf(document!, one.childForFieldName('name')!));
}
