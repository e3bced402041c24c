import { runRecipe } from '../../../../../core/edit/typescript/run-recipe';
import type { LanguageCure } from '../../../../../core/rule/language-cure';
import { titleOf } from '../title';
import { relativesOf } from './holding';
import { planOf } from './plan';
import { blueprintOf } from './write';

/**
 * `extract-adapter` for TypeScript and JavaScript. What goes where, and under which names, is decided here, on the syntax tree; the
 * recipe asks the compiler for the types.
 */
export const typeScriptExtractAdapter: LanguageCure = {
  prepare(request) {
    const plan = planOf(request);
    const { file } = plan.subject.document;
    return {
      title: { messageId: 'extract', args: titleOf(plan, file) },
      applicability: 'safe',
      name: plan.adapters[0]!.className,
      into: file,
    };
  },
  async build(request, changes) {
    const plan = planOf(request);
    const { document } = plan.subject;
    const relatives = await relativesOf(plan.subject, request.snapshot);
    await runRecipe(request, changes, 'extract-adapter', [document.file], blueprintOf(plan, relatives));
    for (const { code, args, at } of plan.obstacles) changes.note(`stays-${code}`, args, at);
  },
};
