import { classUsers } from '../../../../../core/edit/python/class-users';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { decoratorsOf, type Site } from './site';
import type { Subject } from './subject';

/**
 * How a class holds its adapters. `parameter`: the constructor takes one or makes it. `class`: the class has a default that every object
 * sees, however it was made; who wants another sets the attribute.
 */
export type Holding = 'parameter' | 'class' | 'class-var';

/** Bases that leave making an object alone. */
const PLAIN_BASE =
  /^(?:object|(?:abc\.)?ABC|(?:typing\.)?(?:Generic|Protocol)\b.*|(?:contextlib\.)?Abstract(?:Async)?ContextManager\b.*|(?:os\.)?PathLike\b.*)$/;

/** Bases whose classes look at their own attributes. */
const MODEL_BASE = /(?:^|\.)(?:BaseModel|BaseSettings|SQLModel|RootModel)$/;

/** Bases of classes whose attributes are their members. */
const CLOSED_BASE = /(?:^|\.)(?:Enum|IntEnum|StrEnum|Flag|IntFlag|NamedTuple|TypedDict|Structure|Struct)$/;

export function isClosedClass(subject: Subject): boolean {
  return basesOf(subject).some((one) => CLOSED_BASE.test(one));
}

/**
 * The constructor takes adapters where nobody gets round it: no other base, decorator, `**kwargs` or `__new__`, no subclass that does not
 * call it, nothing that patches it or reads its parameters. The files that import the module are looked at.
 */
export async function holdingOf(subject: Subject, sites: readonly Site[], snapshot: Snapshot): Promise<Holding> {
  const bases = basesOf(subject);
  if (bases.some((one) => MODEL_BASE.test(one))) return 'class-var';
  const init = constructorOf(subject);
  const { document, unit } = subject;
  const name = subject.symbol.split('.').at(-1)!;
  if (!init || decoratorsOf(unit).length > 0 || decoratorsOf(init).length > 0) return 'class';
  if (init.firstChild?.type === 'async' || sites.some(({ isOnClass }) => isOnClass)) return 'class';
  if (!(await Promise.all(bases.map((one) => isPlainBase(one, subject, snapshot)))).every(Boolean)) return 'class';
  const body = textOf(document, unit);
  if (
    /\bdef __(?:new|setattr__|getattribute__|getattr__|slots|reduce\w*|getstate|setstate|copy|deepcopy)__?\b|__slots__/.test(
      body,
    )
  )
    return 'class';
  const parameters = init.childForFieldName('parameters')!;
  if (
    parameters.namedChildren.some(
      (one) => /dictionary_splat_pattern/.test(one.type) || /^\*\*/.test(textOf(document, one)),
    )
  )
    return 'class';
  const texts = [document, ...(await usersOf(subject, snapshot))].map(({ source }) => source.text);
  const round = new RegExp(
    `\\b${name}\\s*\\.\\s*__(?:new|init)__|__new__\\s*\\(\\s*${name}\\b|^[ \\t]*class\\s+\\w+\\s*\\([^)]*\\b${name}\\b|Depends\\(\\s*(?:\\w+\\.)*${name}\\b` +
      `|(?:pickle|copyreg)\\b|signature\\(\\s*${name}\\b|spec(?:_set)?\\s*=\\s*(?:\\w+\\.)*${name}\\b|create_autospec\\(\\s*(?:\\w+\\.)*${name}\\b|["'][\\w.]*\\b${name}\\.__init__`,
    'm',
  );
  return texts.some((text) => round.test(text)) ? 'class' : 'parameter';
}

/** Files that name the class of a finding or a subclass of it. */
export function usersOf({ document, symbol }: Subject, snapshot: Snapshot): Promise<Document[]> {
  return classUsers(document, symbol.split('.').at(-1)!, snapshot);
}

/** `__init__` of the class itself. */
export function constructorOf({ unit, document }: Subject): SyntaxNode | undefined {
  for (const member of unit.childForFieldName('body')?.namedChildren ?? []) {
    const definition = member.type === 'decorated_definition' ? member.childForFieldName('definition') : member;
    const name = definition?.type === 'function_definition' ? definition.childForFieldName('name') : undefined;
    if (definition && name && textOf(document, name) === '__init__') return definition;
  }
  return undefined;
}

function basesOf({ unit, document }: Subject): string[] {
  const list = unit.childForFieldName('superclasses');
  return (list?.namedChildren ?? []).filter((one) => one.type !== 'comment').map((one) => textOf(document, one));
}

/** A base of the same file without a constructor or bases of its own, or one that is known to be harmless. */
async function isPlainBase(base: string, { document, model }: Subject, snapshot: Snapshot): Promise<boolean> {
  if (PLAIN_BASE.test(base)) return true;
  const binding = model.root.bindings.get(base);
  if (!binding) return false;
  let file: string | undefined = document.file;
  if (binding.imported) {
    const { module, member } = binding.imported;
    if (member === undefined || member !== base) return false;
    const [target, other] = snapshot.modules.python.resolveMember(document.file, module, member);
    file = other === undefined ? target : undefined;
  }
  if (file === undefined) return false;
  const { source } = file === document.file ? document : ((await snapshot.open(file)) as Document);
  const head = new RegExp(`^class\\s+${base}\\s*(?:\\(([^)]*)\\))?:`, 'm').exec(source.text);
  if (!head) return false;
  const bases = (head[1] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return bases.every((one) => PLAIN_BASE.test(one));
}
