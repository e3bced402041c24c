import { runRecipe } from '../../../../../core/edit/typescript/run-recipe';
import type { Cure } from '../../../../../core/rule/cure';
import { refuseCycles, refuseMocked } from './guards';
import { type Plan, planOf } from './plan';
import { shortName } from './wording';
import { blueprintOf } from './write';

/**
 * `extract-validator` for TypeScript and JavaScript. What goes where, and under which names, is decided here, on the syntax tree; the
 * recipe asks the compiler for the types and for how files import each other.
 */
export const typeScriptExtractValidator: Pick<Cure, 'prepare' | 'build'> = {
  async prepare(request) {
    const plan = await planOf(request);
    const name = mainName(plan);
    const places = plan.sites.length - Number(plan.existing !== undefined && plan.twins !== undefined);
    const args = { places, file: shortName(plan.target.file), name };
    return {
      title: { messageId: plan.existing ? 'reuse' : 'extract', args },
      applicability: 'safe',
      name,
      into: plan.target.file,
    };
  },
  async build(request, changes) {
    const plan = await planOf(request);
    const files = new Set(plan.sites.map(({ document }) => document.file));
    if (plan.target.document) files.add(plan.target.file);
    const blueprint = blueprintOf(plan);
    refuseCycles(blueprint, [...files], request.snapshot);
    await refuseMocked(plan, request.snapshot);
    await runRecipe(request, changes, 'extract-validator', [...files], blueprint);
    const { elsewhere, texts } = plan.left;
    if (elsewhere.length > 0) changes.note('other-package', { count: elsewhere.length }, elsewhere[0]!.place);
    if (texts.length > 0) changes.note('declares-constraint', { count: texts.length }, texts[0]!.place);
  },
};

function mainName({ validator, predicate, constant }: Plan): string {
  return validator ?? predicate ?? constant!.name;
}
