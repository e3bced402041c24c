import { PythonLayout } from '../../../../core/edit/python/layout';
import type { Rewrite } from '../../../../core/edit/python/rewrite';
import type { ImportedName } from '../../../../core/semantics/model';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { Plan } from './plan';
import type { Handler } from './siblings';
import { textOf } from './site';

/** What of a nested function is written anew, so that it is a method: offsets in its file. */
export function methodRewrites(handler: Handler, plan: Plan): Rewrite[] {
  const { site, names, variables, attributes } = plan;
  const { document } = site;
  const { node } = handler;
  const name = node.childForFieldName('name')!;
  const rewrites: Rewrite[] = [
    { start: name.startIndex, end: name.endIndex, text: names.methods.get(handler.binding)! },
    selfParameter(handler, plan),
  ];
  const isInside = ({ start }: { readonly start: number }): boolean =>
    node.startIndex <= start && start < node.endIndex;
  const renamed = new Set<PythonBinding>();
  for (const { binding: captured, role } of variables) {
    const attribute = attributes.get(captured);
    if (attribute === undefined) continue;
    renamed.add(captured);
    const text = role.kind === 'getter' ? `self.${attribute}()` : `self.${attribute}`;
    for (const one of new Set([...captured.reads, ...captured.writes]))
      if (isInside(one)) rewrites.push({ start: one.start, end: one.end, text });
  }
  for (const [binding, method] of names.methods)
    for (const one of binding.reads)
      if (isInside(one)) rewrites.push({ start: one.start, end: one.end, text: `self.${method}` });
  const layout = new PythonLayout(document);
  for (const one of node.descendantsOfType('nonlocal_statement'))
    rewrites.push(...withoutNames(one, renamed, plan, layout));
  const imports = variables.flatMap(({ role, binding }) =>
    role.kind === 'import' && binding.reads.some(isInside) ? [importLine(role.imported)] : [],
  );
  if (imports.length > 0) rewrites.push(importsAt(firstStatement(node), [...new Set(imports)], layout));
  return rewrites;
}

/** `self` in front of the other parameters, on a line of its own where each of them has one. */
function selfParameter({ node }: Handler, { site: { document } }: Plan): Rewrite {
  const parameters = node.childForFieldName('parameters')!;
  const at = parameters.startIndex + 1;
  const [first] = parameters.namedChildren;
  if (!first) return { start: at, end: at, text: 'self' };
  const gap = textOf(document, { startIndex: at, endIndex: first.startIndex });
  const isBroken = /^\s*\n\s*$/.test(gap) && first.type !== 'comment';
  const last = parameters.namedChildren.at(-1)!;
  // A formatter keeps several on one line where they fit, which may be all of them.
  const areTogether =
    last.id !== first.id && !textOf(document, { startIndex: at, endIndex: last.endIndex }).trimStart().includes('\n');
  if (isBroken && areTogether) return { start: first.startIndex, end: first.startIndex, text: 'self, ' };
  return isBroken
    ? {
        start: first.startIndex,
        end: first.startIndex,
        text: `self,\n${/[ \t]*$/.exec(gap)![0].slice(indentOf(node, document.source.text).length)}`,
      }
    : { start: at, end: at, text: 'self, ' };
}

function indentOf(node: SyntaxNode, text: string): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', node.startIndex - 1) + 1))![0];
}

/** Takes variables that are attributes now out of a `nonlocal`, and the statement with its line if none is left. */
function withoutNames(
  statement: SyntaxNode,
  gone: ReadonlySet<PythonBinding>,
  { site }: Plan,
  layout: PythonLayout,
): Rewrite[] {
  const { model, document } = site;
  const isGone = (one: SyntaxNode): boolean => {
    const symbol = model.occurrences.find(({ start, role }) => start === one.startIndex && role === 'nonlocal')?.symbol;
    return symbol?.binding !== undefined && gone.has(symbol.binding);
  };
  const names = statement.namedChildren.filter((one) => one.type === 'identifier');
  const left = names.filter((one) => !isGone(one));
  if (left.length === names.length) return [];
  const [first] = names;
  if (left.length > 0)
    return [
      {
        start: first!.startIndex,
        end: names.at(-1)!.endIndex,
        text: left.map((one) => textOf(document, one)).join(', '),
      },
    ];
  const { text } = layout;
  const siblings = (statement.parent?.namedChildren ?? []).filter((one) => one.type !== 'comment');
  if (siblings.length === 1) return [{ start: statement.startIndex, end: statement.endIndex, text: 'pass' }];
  const next = /^[ \t]*;[ \t]*/.exec(text.slice(statement.endIndex));
  if (next) return [{ start: statement.startIndex, end: statement.endIndex + next[0].length, text: '' }];
  const start = layout.lineStart(statement.startIndex);
  const isAlone =
    /^[ \t]*$/.test(text.slice(start, statement.startIndex)) &&
    /^[ \t]*\r?$/.test(text.slice(statement.endIndex, layout.lineEnd(statement.endIndex)));
  if (isAlone) {
    let end = layout.nextLine(statement.endIndex);
    // The blank line that set it off from the code below.
    const isFirst = siblings[0]?.id === statement.id;
    while (isFirst && layout.isBlankLine(end)) end = layout.nextLine(end);
    return [{ start, end, text: '' }];
  }
  const before = /;[ \t]*$/.exec(text.slice(0, statement.startIndex).slice(-200));
  if (before) return [{ start: statement.startIndex - before[0].length, end: statement.endIndex, text: '' }];
  // A comment stands behind it and stays.
  const blanks = /^[ \t]*/.exec(text.slice(statement.endIndex))![0].length;
  return [{ start: statement.startIndex, end: statement.endIndex + blanks, text: '' }];
}

/** The first statement of a function's body that is neither its docstring nor a `nonlocal`. */
function firstStatement(node: SyntaxNode): SyntaxNode {
  const statements = (node.childForFieldName('body')?.namedChildren ?? []).filter((one) => one.type !== 'comment');
  return (
    statements.find(
      (one, at) =>
        !(at === 0 && one.type === 'expression_statement' && one.firstNamedChild?.type === 'string') &&
        one.type !== 'nonlocal_statement',
    ) ?? statements.at(-1)!
  );
}

/** Local imports above the first statement and the comments over it. */
function importsAt(statement: SyntaxNode, lines: readonly string[], layout: PythonLayout): Rewrite {
  const at = layout.commentLine(layout.leadingStart(statement.startIndex)) ?? statement.startIndex;
  let outer: SyntaxNode | null = statement.parent;
  while (outer && outer.type !== 'function_definition') outer = outer.parent;
  const own = outer ? layout.indentationAt(outer.startIndex) : '';
  const inner = layout.indentationAt(statement.startIndex).slice(own.length);
  return { start: at, end: at, text: `${lines.join(`\n${inner}`)}\n\n${inner}` };
}

/** An import as one statement. */
export function importLine({ module, member, local }: ImportedName): string {
  if (member !== undefined) return `from ${module} import ${member}${local === member ? '' : ` as ${local}`}`;
  return module === local || module.startsWith(`${local}.`) ? `import ${module}` : `import ${module} as ${local}`;
}
