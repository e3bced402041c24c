import { Refusal } from '../../../../../core/edit/refusal';
import { packageOf } from '../../../../../core/edit/typescript/new-module/target';
import { runRecipe } from '../../../../../core/edit/typescript/run-recipe';
import type { LanguageCure } from '../../../../../core/rule/language-cure';
import type { Obstacle } from '../site';
import { titleOf } from '../title';
import { holdingOf, relativesOf } from './holding';
import { frameworkOf, injectionOf } from './injection';
import { planOf, sitesOf } from './plan';
import { refuseReplaced } from './replaced';
import { blueprintOf } from './write';

/**
 * `extract-adapter` for TypeScript and JavaScript. What goes where, and under which names, is decided here, on the syntax tree; the
 * recipe asks the compiler for the types.
 */
export const typeScriptExtractAdapter: LanguageCure = {
  async prepare(request) {
    const plan = await planOf(request);
    const file = plan.elsewhere?.file ?? plan.subject.document.file;
    return {
      title: { messageId: 'extract', args: titleOf(plan, file) },
      applicability: 'safe',
      name: plan.adapters[0]!.className,
      into: file,
    };
  },
  async build(request, changes) {
    const unsaid: Obstacle[] = [];
    for (;;) {
      const plan = await planOf(request, unsaid);
      const { document } = plan.subject;
      const relatives = await relativesOf(plan.subject, request.snapshot);
      const framework = frameworkOf(plan.subject);
      const isOwn = framework && /^(?:field|parameter)$/.test(holdingOf(plan.subject, sitesOf(plan), relatives));
      const injection = isOwn ? await injectionOf(plan.subject, framework, request.snapshot) : undefined;
      const blueprint = blueprintOf(plan, relatives, injection);
      const { elsewhere } = plan;
      if (elsewhere) {
        const home = await packageOf(document.file, request.snapshot);
        await refuseReplaced(document.file, elsewhere, blueprint.elsewhere!.carried, home, request.snapshot);
      }
      const target = elsewhere?.document ? [elsewhere.file] : [];
      const files = [...new Set([document.file, ...target, ...blueprint.others.map(({ file }) => file)])];
      try {
        await runRecipe(request, changes, 'extract-adapter', files, blueprint);
      } catch (error) {
        // The recipe has changed nothing then: what it cannot say stays, and the rest moves.
        if (!(error instanceof Refusal) || error.code !== 'unprintable-type' || !error.at) throw error;
        unsaid.push({ code: error.code, args: error.args, at: error.at });
        continue;
      }
      for (const { code, args, at } of plan.obstacles) changes.note(`stays-${code}`, args, at);
      return;
    }
  },
};
