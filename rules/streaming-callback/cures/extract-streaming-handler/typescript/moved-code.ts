import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { indentAt, startWithComments } from './nodes';
import type { Plan } from './plan';
import { rewritten } from './rewrites';

/** Comments in front of a statement that goes, each on lines of their own. */
export function leadingComments(statement: ts.Node, indent: string, { site }: Plan): Fragment | '' {
  const { file, text, node: root } = site.source;
  const from = startWithComments(statement, text);
  const start = statement.getStart(root);
  if (from === start) return '';
  const code = Fragment.copy({ file, source: { text } }, from, start - indentAt(text, start).length);
  return Fragment.of(indent, reindent(trimmed(code), indentAt(text, from), indent, new Set()), '\n');
}

function trimmed(code: Fragment): Fragment {
  return code.slice(0, code.toString().trimEnd().length);
}

/** A value of a variable as that of a field: its lines move along. */
export function valueCode(value: ts.Node, plan: Plan): Fragment {
  const { node: root, text, style } = plan.site.source;
  const start = value.getStart(root);
  const code = rewritten(start, value.end, [], plan);
  return reindent(code, indentAt(text, start), style.indent, literalLines(value, root));
}

/** The ordinals of the lines of a node that begin within a literal, whose blanks count. */
export function literalLines(body: ts.Node, root: ts.SourceFile): ReadonlySet<number> {
  const { text } = root;
  const found = new Set<number>();
  const start = body.getStart(root);
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node) ||
      ts.isStringLiteral(node);
    if (isText) {
      const from = node.getStart(root);
      for (let at = text.indexOf('\n', from); at >= 0 && at < node.end; at = text.indexOf('\n', at + 1))
        found.add(text.slice(start, at + 1).split('\n').length - 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** Moves the lines behind the first one from one indentation to another; lines that begin in a literal stay. */
export function reindent(code: Fragment, from: string, to: string, fixed: ReadonlySet<number>): Fragment {
  const whole = code.toString();
  const parts: (string | Fragment)[] = [];
  let at = 0;
  let line = 0;
  for (const match of whole.matchAll(/\n([ \t]*)/g)) {
    line++;
    if (fixed.has(line)) continue;
    const start = match.index + 1;
    parts.push(code.slice(at, start));
    const blanks = match[1]!;
    const next = whole[start + blanks.length];
    at = start + (blanks.startsWith(from) ? from.length : blanks.length);
    if (next !== '\n' && next !== undefined) parts.push(to);
    else at = start + blanks.length;
  }
  parts.push(code.slice(at));
  return Fragment.of(...parts);
}
