import type { LanguageCure } from '../../../../../core/rule/language-cure';
import { placeAt, textOf } from '../subject';
import { titleOf } from '../title';
import { piecesOf } from './adapter-code';
import { carryOut } from './carry-out';
import { planOf } from './plan';

/** `extract-adapter` for Python. */
export const pythonExtractAdapter: LanguageCure = {
  async prepare(request) {
    const plan = await planOf(request);
    const [first] = plan.adapters;
    return {
      title: { messageId: 'extract', args: titleOf(plan, plan.target.file) },
      applicability: piecesOf(plan.adapters).some(({ early }) => early.length > 0) ? 'review' : 'safe',
      name: first!.className,
      into: plan.target.file,
    };
  },
  async build(request, changes) {
    const plan = await planOf(request);
    await carryOut(plan, changes);
    const { document } = plan.subject;
    for (const { early, rest, start } of piecesOf(plan.adapters)) {
      for (const node of early) {
        const at = placeAt(document, node);
        const name = textOf(document, node).replace(/\s+/g, ' ');
        changes.doubt('evaluated-earlier', { name, line: at.range.start.line + 1 }, at);
      }
      if (rest.length > 0) {
        const at = placeAt(document, { startIndex: start, endIndex: start });
        changes.note('closes-earlier', { line: at.range.start.line + 1 }, at);
      }
    }
    for (const { code, args, at } of plan.obstacles) changes.note(`stays-${code}`, args, at);
  },
};
