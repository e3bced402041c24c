import { Fragment } from '../../../../core/edit/fragment';
import { extentEnd, spotOf } from '../../../../core/edit/python/blocks';
import { definition, docstring } from '../../../../core/edit/python/format';
import { PythonLayout } from '../../../../core/edit/python/layout';
import { sourceSentence, sourcesOf, wrapped } from '../../../../core/edit/python/new-module/sources';
import { copyDedented, indentCode } from '../../../../core/edit/python/reindent';
import { type Rewrite, rewritten } from '../../../../core/edit/python/rewrite';
import type { Snapshot } from '../../../../core/edit/snapshot';
import type { CodeStyle } from '../../../../core/edit/style';
import { isGenerator } from '../../python';
import { type CapturedVariable, isState } from './captured';
import type { Hint, Hints } from './hints';
import { methodRewrites } from './method';
import { RUNS } from './naming';
import type { Plan } from './plan';
import type { Handler } from './siblings';
import { ownerClass, type Site } from './site';

/** A parameter of the constructor, and what the function around the callback hands over for it. */
export interface Parameter {
  readonly variable: CapturedVariable;
  readonly name: string;
  readonly hint: Hint | undefined;
  readonly argument: string;
}

/** What the constructor takes, in the order in which the variables come about. */
export function parametersOf({ variables, attributes }: Plan, hints: Hints): Parameter[] {
  return variables.flatMap((variable) => {
    const { binding, name, role } = variable;
    if (role.kind === 'import' || role.kind === 'initialised') return [];
    const attribute = attributes.get(binding)!;
    const owner = name === 'self' ? ownerClass(binding.scope) : undefined;
    const own = owner === undefined ? hints.of(binding) : hints.ofOwner(owner);
    if (role.kind === 'getter') return [{ variable, name: attribute, hint: undefined, argument: `lambda: ${name}` }];
    return [{ variable, name: attribute, hint: own, argument: name }];
  });
}

/** The class at indentation 0. `renamed` are expressions that the target has for carried names, by offset. */
export function classCode(
  plan: Plan,
  parameters: readonly Parameter[],
  hints: Hints,
  renamed: readonly Rewrite[],
  style: CodeStyle,
  snapshot: Snapshot,
): Fragment {
  const { names, target } = plan;
  const { indent } = style;
  const members: (string | Fragment)[] = [];
  const lines = constructorLines(plan, parameters, hints, renamed);
  if (lines.pieces.length > 0) {
    const heads = parameters.map(({ name, hint }) => (hint ? `${name}: ${hint.text}` : name));
    const returns = hints.ofConstructor;
    members.push(
      definition(
        { name: '__init__', parameters: ['self', ...heads], ...(returns ? { returns } : {}), body: lines },
        style,
        { indentation: indent },
      ),
    );
  }
  for (const handler of plan.site.handlers) members.push(methodCode(handler, plan, renamed));
  const about = docstring(describe(plan, style, snapshot), indent);
  const body = Fragment.of(about, '\n\n', Fragment.join(members, '\n\n'));
  return Fragment.of(`class ${names.className}:\n`, indentCode(body, indent, target.file));
}

function describe(plan: Plan, style: CodeStyle, snapshot: Snapshot): string {
  const { site, variables, target } = plan;
  const state = variables.filter(isState).map(({ name }) => name);
  const width = style.lineLength - style.indent.length;
  const what = wrapped(`${subjectOf(plan)}: ${listed(state)}.`, width - 3);
  const sources = sourcesOf([{ file: site.document.file, symbol: site.symbol }], target.file, snapshot);
  return `${what}\n\n${wrapped(sourceSentence(sources), width)}`;
}

function subjectOf(plan: Plan): string {
  const { handlers, name } = plan.site;
  if (handlers.length > 1)
    return `The callbacks ${listed(handlers.map((one) => one.name))}, and what they keep between calls`;
  const noun = nounFor(plan);
  return `The ${noun}${name === noun ? '' : ` ${name}`} and ${isOnce(plan) ? 'its state' : 'what it keeps between calls'}`;
}

/** What the code calls itself: by what it is handed to. */
export function nounFor({ site: { passedTo, node } }: Plan): string {
  if (isGenerator(node)) return 'generator';
  if (passedTo.every((one) => one === 'return' || one === 'yield')) return 'function';
  return passedTo.some((one) => RUNS.test(one)) ? 'worker' : 'callback';
}

function isOnce(plan: Plan): boolean {
  return nounFor(plan) === 'worker';
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

/** The parameters become attributes, then the moved initialisers follow with their comments. */
function constructorLines(
  { site, variables, attributes }: Plan,
  parameters: readonly Parameter[],
  hints: Hints,
  renamed: readonly Rewrite[],
): Fragment {
  const layout = new PythonLayout(site.document);
  const lines: (string | Fragment)[] = parameters.map(({ name }) => `self.${name} = ${name}`);
  for (const { binding, role } of variables) {
    if (role.kind !== 'initialised') continue;
    const { statement, target, value, annotation } = role.initialiser;
    const whole = extentEnd(spotOf(statement, layout), layout);
    // What stands behind a `;` is another statement.
    const end = /^[ \t]*;/.test(layout.text.slice(statement.endIndex, whole)) ? statement.endIndex : whole;
    const code = copyDedented(
      layout,
      layout.commentLine(layout.leadingStart(statement.startIndex)) ?? statement.startIndex,
      end,
      layout.indentationAt(statement.startIndex),
    );
    const type = annotation && hints.carry(annotation, false);
    const rewrites: Rewrite[] = [
      ...renamed,
      // A comment that goes along must not take the origin of the names with it.
      {
        start: target.startIndex,
        end: annotation ? annotation.endIndex : target.endIndex,
        text: `self.${attributes.get(binding)!}${type ? `: ${type.text}` : ''}`,
      },
    ];
    for (const one of [value, ...value.descendantsOfType('identifier')]) {
      const read = one.type === 'identifier' ? site.model.bindingAt(one.startIndex) : undefined;
      const from = parameters.find((parameter) => parameter.variable.binding === read);
      if (from && !rewrites.some(({ start }) => start === one.startIndex))
        rewrites.push({ start: one.startIndex, end: one.endIndex, text: from.name });
    }
    lines.push(rewritten(code, layout.text, rewrites));
  }
  return Fragment.join(lines, '\n');
}

/** Where the code of a function begins: with the comments above it, but for a single one, which are said of its object as well. */
export function movedFrom({ statement, node }: Handler, { handlers }: Site, layout: PythonLayout): number {
  if (handlers.length === 1 || statement.id !== node.id) return statement.startIndex;
  return layout.commentLine(layout.leadingStart(statement.startIndex)) ?? statement.startIndex;
}

function methodCode(handler: Handler, plan: Plan, renamed: readonly Rewrite[]): Fragment {
  const { node, statement } = handler;
  const layout = new PythonLayout(plan.site.document);
  const end = extentEnd(spotOf(statement, layout), layout);
  const start = statement.id === node.id ? movedFrom(handler, plan.site, layout) : node.startIndex;
  const code = copyDedented(layout, start, end, layout.indentationAt(node.startIndex));
  return rewritten(code, layout.text, [...methodRewrites(handler, plan), ...renamed]);
}
