import { ts } from 'ts-morph';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { isAboutMore } from './comment-words';
import { refusal, startWithComments } from './nodes';
import { fieldsOf, type Plan } from './plan';

/**
 * Refuses to take a variable to the class whose comment may be about more than it, or about nothing any more, as code that is commented out.
 * @throws Refusal `shared-comment`
 */
export function refuseSharedComments(plan: Plan): void {
  const { source } = plan.site;
  const gone = new Map<ts.Statement, string[]>();
  const fields = new Set<ts.Statement>();
  for (const { declaration, symbol, name } of fieldsOf(plan)) {
    const role = plan.roles.get(symbol)!;
    const statement = ts.findAncestor(declaration, ts.isVariableStatement);
    if (!statement || (role.kind !== 'field' && (role.kind !== 'given' || role.initial.kind === 'kept'))) continue;
    gone.set(statement, [...(gone.get(statement) ?? []), name]);
    if (role.kind === 'field') fields.add(statement);
  }
  for (const [statement, names] of gone) {
    const start = startWithComments(statement, source.text);
    const comment = source.text.slice(start, statement.getStart(source.node)).trim();
    const { parent } = statement;
    const isFirst = ts.isBlock(parent) && parent.statements[0] === statement && !ts.isFunctionLike(parent.parent);
    // Fields stand side by side as their variables did.
    const below = paragraphOf(statement, source);
    const isShared = below.length > 0 && ![statement, ...below].every((one) => fields.has(one));
    if (isAboutMore({ comment, names, isFirst, isShared }) || (comment !== '' && isCode(comment)))
      throw refusal('shared-comment', source, statement, { name: names[0]! });
  }
}

/** The statements right below one, without a blank line or a comment between. */
function paragraphOf(statement: ts.Statement, { text, node }: RecipeSource): ts.Statement[] {
  const { statements } = statement.parent as ts.Block;
  const found: ts.Statement[] = [];
  for (const next of statements.slice(statements.indexOf(statement) + 1)) {
    const gap = text.slice((found.at(-1) ?? statement).end, next.getStart(node));
    if (!/^\s*$/.test(gap) || /\n[ \t]*\r?\n/.test(gap)) break;
    found.push(next);
  }
  return found;
}

/** Whether a comment holds statements. */
function isCode(comment: string): boolean {
  const text = comment.replace(/^[ \t]*(?:\/\/|\/\*|\*\/)/gm, '').replace(/\*\/$/, '');
  if (comment.startsWith('/**') || !/[=;(]/.test(text)) return false;
  return ts.transpileModule(text, { reportDiagnostics: true }).diagnostics?.length === 0;
}
