import { Refusal } from '../../../../../core/edit/refusal';
import type { MessageArgs, Place } from '../../../../../core/rule/finding';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Hole } from '../shape';
import { readShape } from './shape';
import type { Site } from './site';

/** The whole body of a function that does nothing but validate: it can become one call. */
export interface Unit {
  readonly site: Site;
  readonly owner: SyntaxNode;
  readonly statements: readonly SyntaxNode[];
  /** The statement among them that holds the pattern for the check, and for nothing else. */
  readonly heldBy: SyntaxNode | undefined;
  /** Names of the owner's parameters that the body uses, in the order of the parameters. */
  readonly inputs: readonly string[];
  /** Where each input is declared. */
  readonly declared: readonly SyntaxNode[];
  /** Every place of an input within the statements: which input, and where; `{ name }` names a property as well. */
  readonly inputPlaces: readonly {
    readonly input: number;
    readonly start: number;
    readonly end: number;
    readonly isShort: boolean;
  }[];
  /** Equal for units that differ in limits and messages only. */
  readonly shape: string;
  readonly holes: readonly Hole[];
  /** Names from outside that the code needs where it goes. */
  readonly free: readonly SyntaxNode[];
  readonly returns: 'value' | 'boolean' | 'nothing';
}

/** Why statements cannot become a call of a shared function. */
export interface Obstacle {
  readonly code: 'no-validator' | 'uses-class-state' | 'other-io' | 'messages-would-change';
  readonly at: Place;
  readonly args?: MessageArgs;
}

export type UnitOrObstacle = Unit | Obstacle;

export function isUnit(one: UnitOrObstacle): one is Unit {
  return 'shape' in one;
}

export function refusalOf({ code, at, args }: Obstacle): Refusal {
  return new Refusal(code, { line: at.range.start.line + 1, file: at.file, ...args }, at);
}

/** The body of the function around a place, where it does nothing but validate. */
export function bodyUnit(site: Site): UnitOrObstacle {
  const { owner, document } = site;
  const none: Obstacle = { code: 'no-validator', at: site.place };
  const body = owner?.childForFieldName('body');
  if (!owner || body?.type !== 'statement_block' || owner.hasError) return none;
  const head = document.source.slice(owner.startIndex, body.startIndex);
  if (/^(?:\w+\s+)*async\b|^(?:\w+\s+)*(?:function\s*)?\*/.test(head) || owner.childForFieldName('type_parameters'))
    return none;
  const statements = body.namedChildren.filter(({ type }) => type !== 'comment');
  const [first] = statements;
  if (!first || document.source.lineAt(first.startIndex) === document.source.lineAt(body.startIndex)) return none;
  return readShape(site, owner, statements);
}
