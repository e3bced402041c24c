import type { SyntaxNode } from '../../syntax/node';
import { Fragment } from '../fragment';
import { areJoined, extentEnd, hasOwnLines, isInline, runsOf, type Spot, spotOf } from './blocks';
import type { PythonLayout } from './layout';
import { copyDedented } from './reindent';
import { lineIndentation } from './shared-lines';

/**
 * Copies statements to indentation 0, one below the other.
 * @param withComments whether the comments directly above and at the end of their lines come along, and all that stands between two
 * direct neighbours; comments within a statement always do
 */
export function copyStatements(nodes: readonly SyntaxNode[], withComments: boolean, layout: PythonLayout): Fragment {
  const runs = runsOf(
    nodes.map((node) => spotOf(node, layout)),
    layout,
  );
  return Fragment.join(
    runs.map((run) => copyRun(run, withComments, layout)),
    '\n',
  );
}

function copyRun(run: readonly Spot[], withComments: boolean, layout: PythonLayout): Fragment {
  const parts: (string | Fragment)[] = [];
  run.forEach((spot, at) => {
    const previous = run[at - 1];
    const indent = lineIndentation(spot, layout);
    const takesTail = withComments || hasOwnLines(spot.statement, layout);
    const end = takesTail ? endWithComment(spot, layout) : spot.end;
    if (previous && withComments) {
      parts.push(copyDedented(layout, extentEnd(previous, layout), end, indent));
      return;
    }
    if (previous) parts.push('\n'.repeat(1 + layout.blankLinesAbove(layout.leadingStart(spot.start))));
    const top = withComments && isFirstOfLine(spot, layout) ? layout.leadingStart(spot.start) : spot.start;
    parts.push(copyDedented(layout, layout.commentLine(top) ?? spot.start, end, indent));
  });
  return Fragment.of(...parts);
}

/** The end of the statement, or of the comment behind it; a `;` at the end stays behind. */
function endWithComment(spot: Spot, layout: PythonLayout): number {
  const end = extentEnd(spot, layout);
  return layout.text[end - 1] === ';' && !hasOwnLines(spot.statement, layout) && !layout.trailingComment(spot.end)
    ? spot.end
    : end;
}

function isFirstOfLine({ siblings, index, block, statement }: Spot, layout: PythonLayout): boolean {
  const previous = siblings[index - 1];
  return previous ? !areJoined(previous, statement, layout) : !isInline(block, layout);
}
