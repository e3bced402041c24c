import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { IMPORTS_ID, type ImportFact } from '../../../../../core/facts/imports';
import type { Place } from '../../../../../core/rule/finding';
import { isTestPath } from '../../../../../core/rule/test-path';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { constructorOf, decoratorsOf, nameOf } from './holding';
import type { Subject } from './subject';

/** How a framework makes the objects of a class, and what has to be told of one more class that it is to hand over. */
export interface Injection {
  readonly framework: 'nest' | 'angular';
  /** A field asks for the adapter by `inject(...)`, as the class's other fields do. */
  readonly isAsked: boolean;
  /** Lists of providers that have the class; Angular needs none. */
  readonly lists: readonly ProviderList[];
  /** Places that make an object themselves, and hand over all that the constructor takes. */
  readonly made: readonly Made[];
}

export interface ProviderList {
  readonly document: Document;
  /** The array of `providers`; undefined where the object has none beside its `controllers`. */
  readonly array: SyntaxNode | undefined;
  /** The property that names the class. */
  readonly pair: SyntaxNode;
}

export interface Made {
  readonly document: Document;
  /** The list of arguments. */
  readonly args: SyntaxNode;
}

const FRAMEWORKS = [
  ['nest', /^@nestjs\//, /^(?:Injectable|Controller|Resolver|Processor|Catch|WebSocketGateway)$/],
  ['angular', /^@angular\/core$/, /^(?:Injectable|Component|Directive|Pipe)$/],
] as const;

/** The framework that makes the objects of a class; undefined where there is none that injects. */
export function frameworkOf({ unit, document }: Subject): Injection['framework'] | undefined {
  for (const decorator of decoratorsOf(unit)) {
    const name = decorator.firstNamedChild?.childForFieldName('function') ?? decorator.firstNamedChild;
    const imported = name && document.semantics.bindingAt(name.startIndex)?.imported;
    const found = FRAMEWORKS.find(
      ([, module, member]) => imported && module.test(imported.module) && member.test(imported.member ?? ''),
    );
    if (found) return found[0];
  }
  return undefined;
}

/**
 * What it takes to inject adapters into a class.
 * @throws Refusal `subclassed-provider`, `no-constructor`, `optional-parameter`, `made-by-hand`, `unregistered-provider`
 */
export async function injectionOf(
  subject: Subject,
  framework: Injection['framework'],
  snapshot: Snapshot,
): Promise<Injection> {
  const { document, unit } = subject;
  const name = nameOf(subject)!;
  const initial = constructorOf(subject);
  const parameters = initial?.childForFieldName('parameters')?.namedChildren.filter(isCode) ?? [];
  if (!initial && /\bextends\b/.test(headOf(unit, document)))
    throw new Refusal('no-constructor', { name, file: document.file });
  const last = parameters.at(-1);
  if (last && (last.type !== 'required_parameter' || last.childForFieldName('pattern')?.type === 'rest_pattern'))
    throw new Refusal('optional-parameter', { name, file: document.file });
  const isAsked =
    framework === 'angular' &&
    parameters.length === 0 &&
    document.semantics.imports.some(({ module, member }) => module === '@angular/core' && member === 'inject');
  const lists: ProviderList[] = [];
  const made: Made[] = [];
  for (const user of [document, ...(await usersOf(document.file, name, snapshot))]) {
    for (const node of user.root.descendantsOfType('identifier')) {
      if (textOf(user, node) !== name || !meansClass(node, user, document)) continue;
      const parent = node.parent!;
      if (parent.type === 'extends_clause' || parent.type === 'class_heritage')
        throw new Refusal('subclassed-provider', at(node, user, name), placeOf(node, user));
      if (parent.type === 'new_expression') {
        const args = parent.childForFieldName('arguments');
        const given = args?.namedChildren.filter(isCode) ?? [];
        const isWhole = given.length === parameters.length && given.every(({ type }) => type !== 'spread_element');
        if (!args || !isWhole || isAsked) throw new Refusal('made-by-hand', at(node, user, name), placeOf(node, user));
        made.push({ document: user, args });
      }
      const list = framework === 'nest' ? listAround(node, user) : undefined;
      if (list && !lists.some(({ pair }) => pair.id === list.pair.id)) lists.push(list);
    }
  }
  if (framework === 'nest' && !lists.some((one) => !isTestPath(one.document.file)))
    throw new Refusal('unregistered-provider', { name, file: document.file });
  return { framework, isAsked, lists, made };
}

/** Files that import a class: from its own module, or from one that hands it on. */
async function usersOf(file: string, name: string, snapshot: Snapshot): Promise<Document[]> {
  const sources = new Set([file]);
  const users = new Map<string, Document>();
  for (const source of sources) {
    for (const other of snapshot.files) {
      if (other === file) continue;
      const facts = (snapshot.facts(other)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
      const found = facts.filter(({ module }) => snapshot.modules.resolve(other, module).includes(source));
      if (found.some(({ reexport }) => reexport)) sources.add(other);
      if (found.length === 0 || users.has(other)) continue;
      const document = await snapshot.open(other);
      if (document.source.text.includes(name)) users.set(other, document);
    }
  }
  return [...users.values()];
}

function meansClass(node: SyntaxNode, user: Document, home: Document): boolean {
  const binding = user.semantics.bindingAt(node.startIndex);
  return user === home ? binding?.scope === user.semantics.root : binding?.imported !== undefined;
}

/** The list of providers or controllers in which a name stands, itself or as the class behind a token. */
function listAround(name: SyntaxNode, document: Document): ProviderList | undefined {
  const own = name.parent!;
  const keyOf = (pair: SyntaxNode): string => textOf(document, pair.childForFieldName('key')!);
  const item = own.type === 'pair' && keyOf(own) === 'useClass' ? own.parent : name;
  const array = item?.parent;
  const pair = array?.type === 'array' ? array.parent : undefined;
  if (pair?.type !== 'pair') return undefined;
  const key = keyOf(pair);
  if (key === 'providers') return { document, array: array!, pair };
  if (key !== 'controllers') return undefined;
  const others = pair.parent!.namedChildren.filter(({ type }) => type === 'pair');
  const providers = others.find((one) => keyOf(one) === 'providers');
  if (!providers) return { document, array: undefined, pair };
  const value = providers.childForFieldName('value')!;
  return value.type === 'array' ? { document, array: value, pair: providers } : undefined;
}

const isCode = ({ type }: SyntaxNode): boolean => type !== 'comment';

function headOf(unit: SyntaxNode, document: Document): string {
  return document.source.slice(unit.startIndex, unit.childForFieldName('body')!.startIndex);
}

function placeOf({ startIndex, endIndex }: SyntaxNode, { file, source }: Document): Place {
  return { file, range: source.rangeOf({ startIndex, endIndex }) };
}

function at(
  { startIndex }: SyntaxNode,
  { file, source }: Document,
  name: string,
): { line: number; file: string; name: string } {
  return { line: source.lineAt(startIndex) + 1, file, name };
}
