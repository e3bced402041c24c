import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { Obstacle } from './obstacle';
import { type Hole, readShape } from './shape';
import { classAround, type Site, textOf } from './site';

/** Statements that only validate: a whole body, or one `if` that raises. They can become one call. */
export interface Unit {
  readonly site: Site;
  readonly kind: 'body' | 'statement';
  readonly statements: readonly SyntaxNode[];
  /** Parameters of the owner that the body uses, or the one expression that the statement checks, as written. */
  readonly inputs: readonly string[];
  /** Every place of an input within the statements: which input, and where. */
  readonly inputPlaces: readonly { readonly input: number; readonly start: number; readonly end: number }[];
  /** Names of the body's own variables. */
  readonly locals: ReadonlySet<string>;
  /** Equal for units that differ in limits, messages and exceptions only. */
  readonly shape: string;
  readonly holes: readonly Hole[];
  /** Names from outside that the code needs where it goes. */
  readonly free: readonly FreeName[];
  /** An input's name is part of a message (`f"{v=}"`), so it must stay. */
  readonly keepsNames: boolean;
  /** It gives a value back. */
  readonly returns: 'value' | 'boolean' | 'nothing';
}

/** A name that is imported where the unit stands. */
export interface FreeName {
  readonly name: string;
  readonly start: number;
  /** As an import in the site's file says. */
  readonly module: string;
  readonly member: string | undefined;
}

/** Either a unit, or why the statements cannot move. */
export type UnitOrObstacle = Unit | Obstacle;

/** The whole body of a function, where it does nothing but validate. */
export function bodyUnit(site: Site): UnitOrObstacle {
  const { owner, document } = site;
  const body = owner?.childForFieldName('body');
  if (!owner || !body || owner.hasError) return { code: 'no-validator', at: site.place };
  const statements = body.namedChildren.filter(
    (one, index) => one.type !== 'comment' && !(index === 0 && isDocstring(one)),
  );
  const [first] = statements;
  const isInline =
    document.source.lineAt(body.startIndex) ===
    document.source.lineAt((owner.childForFieldName('parameters') ?? owner).endIndex);
  if (!first || isInline) return { code: 'no-validator', at: site.place };
  return readShape(site, 'body', statements, parametersOf(owner, document));
}

/** The `if` around a check, where it does nothing but raise. */
export function statementUnit(site: Site): UnitOrObstacle {
  const none: Obstacle = { code: 'no-validator', at: site.place };
  const { check, document } = site;
  if (!check || !/^(?:identifier|attribute)$/.test(check.subject.type)) return none;
  let at: SyntaxNode | null = check.node.parent;
  while (at && at.type !== 'if_statement' && !/_(?:statement|definition)$|^(?:block|lambda|module)$/.test(at.type))
    at = at.parent;
  if (at?.type !== 'if_statement' || at.childForFieldName('alternative')) return none;
  const condition = at.childForFieldName('condition');
  if (!condition || check.node.startIndex < condition.startIndex || check.node.endIndex > condition.endIndex)
    return none;
  const body = (at.childForFieldName('consequence')?.namedChildren ?? []).filter((one) => one.type !== 'comment');
  const isInline =
    document.source.lineAt(at.startIndex) === document.source.lineAt(body[0]?.startIndex ?? at.startIndex);
  if (body.length !== 1 || body[0]!.type !== 'raise_statement' || isInline) return none;
  return readShape(site, 'statement', [at], [textOf(document, check.subject)]);
}

export function isUnit(one: UnitOrObstacle): one is Unit {
  return 'shape' in one;
}

function isDocstring(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && statement.firstNamedChild?.type === 'string';
}

/** Names of the parameters without the one that stands for the object or class. */
function parametersOf(owner: SyntaxNode, document: Document): string[] {
  const names: string[] = [];
  for (const parameter of owner.childForFieldName('parameters')?.namedChildren ?? []) {
    if (
      /^(?:comment|keyword_separator|positional_separator|list_splat_pattern|dictionary_splat_pattern)$/.test(
        parameter.type,
      )
    )
      continue;
    const name =
      parameter.type === 'identifier' ? parameter : (parameter.childForFieldName('name') ?? parameter.firstNamedChild);
    if (name?.type === 'identifier') names.push(textOf(document, name));
  }
  return isMethod(owner, document) ? names.slice(1) : names;
}

/** Whether the first parameter is the object or the class. */
export function isMethod(owner: SyntaxNode, document: Document): boolean {
  if (!classAround(owner)) return false;
  const outer = owner.parent?.type === 'decorated_definition' ? owner.parent : undefined;
  return !outer?.children.some((one) => one.type === 'decorator' && /^@\s*staticmethod\b/.test(textOf(document, one)));
}
