import { Fragment } from '../../../../../core/edit/fragment';
import type { Recipe } from '../../../../../core/edit/typescript/recipe';
import type { HandlerArgs } from './args';
import { classCode } from './class-code';
import { refuseSharedComments } from './comments';
import { refusal } from './nodes';
import { Outside } from './outside';
import { writeModule } from './own-module';
import { parametersOf } from './parameters';
import { classPlace } from './place';
import { type Plan, planOf } from './plan';
import { siteOf } from './site';
import { Types } from './types';
import { refuseUntyped } from './untyped';
import { checkWorth } from './worth';

/** Makes a class of callbacks and their state, in front of the statement that holds them. Runs where the compiler is. */
export const extractStreamingHandlerRecipe: Recipe = {
  id: 'extract-streaming-handler',
  async run(context) {
    const { file, into, isWanted } = context.args as HandlerArgs;
    const site = siteOf(context);
    await context.step();
    const plan = planOf(site);
    const types = new Types(site);
    const parameters = parametersOf(plan, types);
    refuseTwins(
      plan,
      parameters.map(({ name }) => name),
    );
    if (!isWanted) {
      checkWorth(plan, parameters, types);
      refuseUntyped(plan, parameters);
      refuseSharedComments(plan);
    }
    const code = classCode(plan, parameters, types);
    await context.step();
    if (into === undefined) {
      const place = classPlace(site);
      context.edits.insert(file, place, Fragment.of(isBehindCode(site.source.text, place) ? '\n' : '', code, '\n\n'));
    } else writeModule(code, into, plan, types);
    new Outside(plan, types).write(parameters);
    for (const one of types.imports.values()) context.edits.ensureImport(file, one);
    for (const one of site.reads)
      if (plan.roles.get(one.symbol)?.kind === 'getter') {
        const start = site.handlers[0]!.callback.getStart(site.source.node);
        context.edits.note('asks-later', { name: one.name }, { file, start, end: start });
      }
  },
};

/** Whether the line above is no blank one. */
const isBehindCode = (text: string, place: number): boolean => /[^\s][ \t]*\r?\n[ \t]*$/.test(text.slice(0, place));

/** Fields, parameters and methods of one class have names of their own. @throws Refusal `name-taken` */
function refuseTwins({ site, constants }: Plan, parameters: readonly string[]): void {
  const fields = [...constants, ...site.state.filter(({ name }) => !parameters.includes(name))];
  const names = [...parameters, ...fields.map(({ name }) => name), ...site.handlers.map(({ method }) => method)];
  const twin = names.find((name, at) => names.indexOf(name) !== at);
  if (twin !== undefined) throw refusal('name-taken', site.source, site.handlers[0]!.callback, { name: twin });
}
