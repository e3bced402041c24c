import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import { IMPORTS_ID, type ImportFact } from '../../../../../core/facts/imports';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Site } from './site';
import type { Subject } from './subject';

/**
 * How a class holds its adapters. `parameter`: the constructor, which declares fields by its parameters, takes one or makes it. `field`:
 * a field with a default. `injected`: a framework makes the adapter and hands it over. `static`: a field of the class, which is there for objects that no constructor made too. `local`: a constant
 * at the start of the function.
 */
export type Holding = 'parameter' | 'field' | 'injected' | 'static' | 'local';

/** Bases whose constructors leave the methods of a subclass alone. */
const HARMLESS_BASE =
  /^(?:(?:events\.)?EventEmitter|(?:vscode\.)?Disposable|Error|Map|Set|Array|(?:React\.)?(?:Pure)?Component|(?:stream\.)?(?:Readable|Writable|Duplex|Transform|PassThrough))$/;

/** Decorators that make objects by the constructor and look at none of their fields. */
const HARMLESS_DECORATOR =
  /^@(?:Injectable|Controller|Resolver|Service|singleton|injectable|autoInjectable|scoped|Processor|Catch|WebSocketGateway|Module|Global|Command|Component|Directive|Pipe|JsonController|provide|Apply\w*|Api\w+|Use\w+|Version)\b/;

/** Classes that hand on all that they hold, or whose fields are columns or properties of somebody else. */
export function isClosedClass({ document, unit }: Subject): boolean {
  const decorators = decoratorsOf(unit).map((one) => textOf(document, one));
  if (decorators.some((one) => !HARMLESS_DECORATOR.test(one))) return true;
  return /\b(?:JSON\.stringify|structuredClone|Object\.(?:keys|values|entries|assign|freeze|seal|getOwnPropertyNames))\((?:\s*\{\s*\}\s*,)?\s*this\s*[,)]|\.\.\.this\b(?![.[])|\b(?:in|of)\s+this\s*\)|return\s+new\s+Proxy\(\s*this\b/.test(
    textOf(document, unit),
  );
}

export function decoratorsOf(unit: SyntaxNode): readonly SyntaxNode[] {
  const around = unit.parent?.type === 'export_statement' ? unit.parent.children : [];
  return [...around, ...unit.children].filter(({ type }) => type === 'decorator');
}

/** The files that decide how a class may hold something: those that import its module, and those of its bases. */
export interface Relatives {
  readonly users: readonly Document[];
  /** Nothing is known of a base's constructor, or it calls methods of the object. */
  readonly isBaseOpen: boolean;
  /** The files of the bases. */
  readonly bases: readonly Document[];
}

export async function relativesOf(subject: Subject, snapshot: Snapshot): Promise<Relatives> {
  const users: Document[] = [];
  const { file } = subject.document;
  const name = nameOf(subject);
  for (const other of snapshot.files) {
    if (users.length >= MAX_USERS || other === file || !importsFile(other, file, snapshot)) continue;
    const document = await snapshot.open(other);
    if (name === undefined || document.source.text.includes(name)) users.push(document);
  }
  const bases: Document[] = [];
  const isBaseOpen = await isOpenBase(subject.unit, subject.document, snapshot, bases, 0);
  return { users, isBaseOpen, bases };
}

/** A class that is used in more files than these is looked at in these. */
const MAX_USERS = 200;

export function nameOf({ unit, document }: Subject): string | undefined {
  const name = unit.childForFieldName('name');
  return name ? textOf(document, name) : undefined;
}

function importsFile(file: string, target: string, snapshot: Snapshot): boolean {
  const stem = target
    .split('/')
    .at(-1)!
    .replace(/(?:\.d)?\.\w+$/, '');
  const facts = (snapshot.facts(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
  return facts.some(
    ({ module }) =>
      (stem === 'index' || module.includes(stem)) && snapshot.modules.resolve(file, module).includes(target),
  );
}

async function isOpenBase(
  definition: SyntaxNode,
  document: Document,
  snapshot: Snapshot,
  seen: Document[],
  depth: number,
): Promise<boolean> {
  const value = baseOf(definition);
  if (!value) return false;
  const name = textOf(document, value);
  if (HARMLESS_BASE.test(name)) return false;
  if (value.type !== 'identifier' || depth > 4) return true;
  const found = await definitionOf(value, document, snapshot);
  if (!found) return true;
  if (found.document !== document) seen.push(found.document);
  const text = textOf(found.document, found.definition);
  const made = /\bconstructor\s*\(/.exec(text);
  const initial = made && found.document.root.descendantForIndex(found.definition.startIndex + made.index)?.parent;
  if (
    made &&
    (!initial || /\bthis\s*(?:\.\s*[\w#$]+|\[[^\]]+\])\s*\(|\bthis\s*[,)]/.test(textOf(found.document, initial)))
  )
    return true;
  // Fields with initial values may ask the object as well.
  if (
    /^[ \t]*(?:(?:private|public|protected|readonly|override)\s+)*[\w#$]+\s*(?::[^=\n]+)?=\s*this\.[\w#$]+\(/m.test(
      text,
    )
  )
    return true;
  return isOpenBase(found.definition, found.document, snapshot, seen, depth + 1);
}

async function definitionOf(
  name: SyntaxNode,
  document: Document,
  snapshot: Snapshot,
): Promise<{ document: Document; definition: SyntaxNode } | undefined> {
  const binding = document.semantics.bindingAt(name.startIndex);
  if (!binding) return undefined;
  const { imported } = binding;
  if (!imported) return classIn(document, binding.name);
  const [file, other] = snapshot.modules.resolve(document.file, imported.module);
  if (file === undefined || other !== undefined) return undefined;
  const home = await snapshot.open(file);
  return classIn(home, imported.member === 'default' || imported.member === undefined ? undefined : imported.member);
}

/** @param name undefined for the default export */
function classIn(
  document: Document,
  name: string | undefined,
): { document: Document; definition: SyntaxNode } | undefined {
  const definition = document.root
    .descendantsOfType(['class_declaration', 'abstract_class_declaration', 'class'])
    .find((one) => {
      const own = one.childForFieldName('name');
      const isDefault =
        one.parent?.type === 'export_statement' && one.parent.children.some(({ type }) => type === 'default');
      return name === undefined ? isDefault : own !== null && textOf(document, own) === name;
    });
  return definition && { document, definition };
}

export function holdingOf(subject: Subject, sites: readonly Site[], { users, isBaseOpen }: Relatives): Holding {
  const { isClass, document, unit } = subject;
  if (!isClass) return 'local';
  const name = nameOf(subject);
  const isForced = sites.some(({ isStatic }) => isStatic);
  if (name === undefined) return 'field';
  // Of what has nothing, or of another class by its name, no object of this class is made.
  const round = new RegExp(
    `\\b${name}\\.prototype\\b|createMockFromModule|\\bsetPrototypeOf\\([^)]*\\b${name}\\b|\\bObject\\.create\\((?!\\s*(?:null|\\{|[A-Z]\\w*\\.prototype))`,
  );
  const isMadeOtherwise = [document, ...users].some(({ source }) => round.test(source.text));
  if (isForced || isBaseOpen || isMadeOtherwise) return 'static';
  const initial = constructorOf(subject);
  const isTyped = !isJavaScript(document.file);
  if (!isTyped || !initial || decoratorsOf(unit).length > 0) return 'field';
  const parameters = initial.childForFieldName('parameters')!;
  const declares = parameters.namedChildren.some((one) =>
    one.children.some(({ type }) => type === 'accessibility_modifier'),
  );
  const isOpen = parameters.namedChildren.every(
    (one) =>
      /^(?:required_parameter|optional_parameter)$/.test(one.type) &&
      one.childForFieldName('pattern')?.type === 'identifier' &&
      !one.children.some(({ type }) => type === 'decorator'),
  );
  const isAlone = !textOf(document, parameters).includes('//') && constructorsOf(subject) === 1;
  return declares && isOpen && isAlone ? 'parameter' : 'field';
}

/** Whether a class writes its own fields with a hash. */
export function hidesFields({ unit, document }: Subject): boolean {
  const text = textOf(document, unit);
  const hasPlain =
    !isJavaScript(document.file) && /\bprivate\s+(?:readonly\s+|static\s+)*[a-zA-Z_]\w*\s*[:=;!?]/.test(text);
  return /\bthis\.#\w/.test(text) && !hasPlain;
}

/**
 * Whether nobody could give the objects of a class another adapter, as far as its own file tells: its fields are hidden, or the class itself
 * holds the adapter, for static methods or under a base of a package.
 */
export function isOutOfReach(subject: Subject, sites: readonly Site[]): boolean {
  const { unit, document } = subject;
  if (sites.some(({ isStatic }) => isStatic) || hidesFields(subject)) return true;
  const base = baseOf(unit);
  if (!base || HARMLESS_BASE.test(textOf(document, base))) return false;
  const root = base.type === 'member_expression' ? base.descendantsOfType('identifier')[0] : base;
  const imported = root && document.semantics.bindingAt(root.startIndex)?.imported;
  return imported !== undefined && !/^(?:[.~#]|@\/)/.test(imported.module);
}

/** What a class extends. */
function baseOf(definition: SyntaxNode): SyntaxNode | undefined {
  const heritage = definition.children.find(({ type }) => type === 'class_heritage');
  const clause = heritage?.namedChildren.find(({ type }) => type === 'extends_clause') ?? heritage;
  if (!clause || clause.type === 'implements_clause') return undefined;
  const value = clause.childForFieldName('value') ?? clause.firstNamedChild;
  return value && value.type !== 'implements_clause' ? value : undefined;
}

export function constructorOf({ unit, document }: Subject): SyntaxNode | undefined {
  return unit.childForFieldName('body')?.namedChildren.find((one) => {
    const name = one.type === 'method_definition' ? one.childForFieldName('name') : undefined;
    return name && textOf(document, name) === 'constructor';
  });
}

/** Its own and those that only say how it can be called. */
function constructorsOf({ unit, document }: Subject): number {
  const members = unit.childForFieldName('body')?.namedChildren ?? [];
  return members.filter((one) => {
    const name = one.childForFieldName('name');
    return /^method_(?:definition|signature)$/.test(one.type) && name && textOf(document, name) === 'constructor';
  }).length;
}
