import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Piece } from './blueprint';
import { bodyPieces } from './body';
import { type Draft, spanOf } from './draft';
import { exportsArrows } from './habits';
import { camel } from './names';
import { sharedUse } from './shared-use';
import { textOf } from './site';
import type { Unit } from './unit';
import { jsDoc, sourcesText, validatorText } from './wording';

/** The definition of the shared validator. */
export function validatorCode(draft: Draft): Piece[] {
  const { plan } = draft;
  const { cluster, target, validator } = plan;
  const [unit] = cluster!.units;
  const inputs = unit!.inputs.length === 1 ? [plan.argument] : [...unit!.inputs];
  const types = inputs.map((_, at) => {
    const places = cluster!.units.map(({ declared, site }) => spanOf(site.document, declared[at]!));
    return draft.question({ kind: 'declared', places });
  });
  const from = sourcesText(
    cluster!.units.map(({ site }) => site),
    target.file,
  );
  const lines = [validatorText(plan), ...(from ? ['', from] : [])];
  const own = inputs.map((name, at): Parameter => ({ name, type: { type: types[at]! } }));
  const extra = cluster!.parameters.map(
    ({ name, kind }): Parameter => ({ name: camel(name), type: kind === 'number' ? 'number' : 'string' }),
  );
  const all = [...own, ...extra];
  const returns = unit!.returns;
  const documented = draft.isJavaScript ? typedDoc(lines, all, returns === 'boolean') : [jsDoc(lines)];
  const parameters = all.flatMap(({ name, type }, at): Piece[] => [
    at > 0 ? ', ' : '',
    name,
    ...(draft.isJavaScript ? [] : [': ', type]),
  ]);
  const result: Piece[] = draft.isJavaScript
    ? []
    : { boolean: [': boolean'], nothing: [': void'], value: returnType(draft, types[0]!) }[returns];
  const word = draft.isShown ? draft.exportWord : '';
  const isArrow = exportsArrows(draft.near);
  const head = isArrow ? `${word}const ${validator!} = (` : `${word}function ${validator!}(`;
  const replaced = replacedCheck(draft, unit!);
  const body = bodyPieces(unit!, cluster!, draft.comments!, inputs, replaced, draft.near.style);
  return [
    ...documented,
    head,
    ...parameters,
    ')',
    ...result,
    `${isArrow ? ' =>' : ''} {\n`,
    ...body,
    `\n}${isArrow ? draft.end : ''}`,
  ];
}

interface Parameter {
  readonly name: string;
  readonly type: Piece;
}

/** JSDoc that says the types, as JavaScript has them. */
function typedDoc(lines: readonly string[], parameters: readonly Parameter[], isQuestion: boolean): Piece[] {
  const head = jsDoc([...lines, '']).replace(/ \*\/\n$/, '');
  const tags = parameters.flatMap(({ name, type }): Piece[] => [' * @param {', type, `} ${name}\n`]);
  return [head, ...tags, ...(isQuestion ? [' * @returns {boolean}\n'] : []), ' */\n'];
}

/** As all copies say it; else the compiler infers it. */
function returnType(draft: Draft, input: number): Piece[] {
  const [first, ...others] = draft.plan.cluster!.units.map(({ owner, site, declared }) => {
    const type = owner.childForFieldName('return_type');
    const own = declared.length === 1 ? declared[0]!.parent?.childForFieldName('type') : undefined;
    const text = type ? textOf(site.document, type).replace(/^:\s*/, '') : '';
    return own && text === textOf(site.document, own).replace(/^:\s*/, '') ? 'input' : text;
  });
  if (first === '' || others.some((one) => one !== first)) return [];
  if (first === 'input') return [': ', { type: input }];
  return /^(?:string|number|boolean|void|null|undefined|\||\s)+$/.test(first!) ? [`: ${first!}`] : [];
}

/** What the check of a unit becomes in the shared function. */
function replacedCheck(
  draft: Draft,
  { site }: Unit,
): { readonly node: SyntaxNode; readonly before: readonly Piece[]; readonly after: readonly Piece[] } | undefined {
  const { check } = site;
  const { predicate, constant } = draft.plan;
  if (!check) return undefined;
  const use = sharedUse(site);
  if (predicate !== undefined && use?.kind === 'predicate')
    return { node: use.node, before: [`${use.isNegated ? '!' : ''}${predicate}(`], after: [')'] };
  if (!constant) return check.held ? { node: check.given, before: draft.literal(), after: [] } : undefined;
  return { node: check.given, before: [constant.name], after: [] };
}
