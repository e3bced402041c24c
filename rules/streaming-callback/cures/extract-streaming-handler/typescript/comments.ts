import { ts } from 'ts-morph';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { isVerb } from '../../../../../core/text/agent-noun';
import { wordsOf } from '../../../../../core/text/words';
import { refusal, startWithComments } from './nodes';
import { fieldsOf, type Plan } from './plan';

/**
 * Refuses to take a variable to the class whose comment may be about more than it: about the lines below, about the branch that it begins,
 * about what is done with it, or about nothing any more, as code that is commented out.
 * @throws Refusal `shared-comment`
 */
export function refuseSharedComments(plan: Plan): void {
  const { source, home } = plan.site;
  const gone = new Map<ts.Statement, string>();
  for (const { declaration, symbol, name } of fieldsOf(plan)) {
    const role = plan.roles.get(symbol)!;
    const statement = ts.findAncestor(declaration, ts.isVariableStatement);
    if (statement && (role.kind === 'field' || (role.kind === 'given' && role.initial.kind !== 'kept')))
      gone.set(statement, `${gone.get(statement) ?? ''} ${name}`.trim());
  }
  for (const [statement, names] of gone) {
    const start = startWithComments(statement, source.text);
    const comment = source.text.slice(start, statement.getStart(source.node)).trim();
    if (comment === '' || comment.startsWith('/**')) continue;
    const isFirst = home.block.statements[0] === statement && !ts.isFunctionLike(home.block.parent);
    const isShared = isFirst || paragraphOf(statement, source).some((one) => !gone.has(one));
    if (isCode(comment) || isOrder(comment, names) || (isShared && !isAbout(comment, names)))
      throw refusal('shared-comment', source, statement, { name: names.split(' ')[0]! });
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

/** Whether a comment says one of the words of a name. */
function isAbout(comment: string, names: string): boolean {
  const text = comment.toLowerCase();
  return wordsOf(names).some((word) => word.length > 2 && text.includes(word.slice(0, 5)));
}

/** `Register the command`: what is done below, and no variable. */
function isOrder(comment: string, names: string): boolean {
  const [first = ''] = wordsOf(/[A-Za-z]+/.exec(comment)?.[0] ?? '');
  return isVerb(first) && !wordsOf(names).includes(first);
}

/** Whether a comment holds statements. */
function isCode(comment: string): boolean {
  const text = comment.replace(/^[ \t]*(?:\/\/|\/\*|\*\/)/gm, '').replace(/\*\/$/, '');
  if (!/[=;(]/.test(text)) return false;
  return ts.transpileModule(text, { reportDiagnostics: true }).diagnostics?.length === 0;
}
