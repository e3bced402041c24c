import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction, pythonStringValue } from '../../core/syntax/python';
import type { SetFact } from './facts';
import { Assigned, lastPart, placeOf, sliceOf } from './place';
import { parameterNames } from './python-body';
import { heldBy } from './python-constant';
import { rejectionWhenTrue } from './python-guard';
import { isTrivialSet, setKey } from './set';
import { isValidatorName } from './weight';

const NOT_IN = /\bnot\s+in\s*(?:(?=[[({])|(?<![\w])([\w.]+))/g;
const SET_CALLS = /^(?:frozenset|set|tuple|list)$/;
/** A display of constants: texts, numbers and members of enumerations; a dictionary, whose first key has a colon behind it, is none. */
const DISPLAY = String.raw`(?:(?:frozenset|set|tuple|list)\s*\(\s*)?[[({](?:[\s,()]|#[^\n]*(?=\n)|[A-Za-z]{0,2}(?:"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|\b(?:\d[\w.]*|True|False|None|[A-Za-z_]\w*(?:\.\w+)+)(?![\w.]))+[\])}]`;

/** `x not in [...]`, also against a constant. */
export function setGuards(file: ParsedFile): SetFact[] {
  const { text } = file.source;
  const found: SetFact[] = [];
  if (!text.includes('not in')) return found;
  const names = new Assigned(text, DISPLAY);
  for (const hit of text.matchAll(NOT_IN)) {
    const name = hit[1];
    if (name && !SET_CALLS.test(name) && !names.has(lastPart(name))) continue;
    const comparison = comparisonAt(file, hit.index);
    if (!comparison || !asksForSubject(comparison)) continue;
    const rejection = rejectionWhenTrue(comparison, file.source);
    if (!rejection || (rejection === 'false' && !judgesArgument(file, comparison))) continue;
    const right = comparison.lastNamedChild!;
    const held = /^(?:identifier|attribute)$/.test(right.type) ? heldBy(file, right) : undefined;
    const members = membersOf(file, held?.value ?? right);
    if (!members || isTrivialSet(members) || isStatusCheck(file, comparison, members)) continue;
    found.push({
      kind: 'set',
      key: setKey('py', members),
      members: [...new Set(members)].sort(),
      ...placeOf(file, comparison, true),
      ...(held ? { via: held.via } : {}),
    });
  }
  return found;
}

function comparisonAt(file: ParsedFile, offset: number): SyntaxNode | undefined {
  const operator = file.root.descendantForIndex(offset, offset);
  if (operator?.type !== 'not in' && operator?.type !== 'not') return undefined;
  let at = operator.parent;
  if (at?.type === 'not in') at = at.parent;
  return at?.type === 'comparison_operator' && at.namedChildCount === 2 && !at.hasError ? at : undefined;
}

/** `None not in values` asks what the values hold, `x not in values` whether x is one of them. */
function asksForSubject(comparison: SyntaxNode): boolean {
  const subject = comparison.firstNamedChild!.type;
  return /^(?:identifier|attribute|subscript|call|await|parenthesized_expression|named_expression)$/.test(subject);
}

/** With a bare `False` as the answer it must be an argument that is refused: a state that is looked up is a question. */
function judgesArgument(file: ParsedFile, comparison: SyntaxNode): boolean {
  const holder = enclosingPythonFunction(comparison);
  if (holder?.type !== 'function_definition') return false;
  const name = holder.childForFieldName('name');
  const root = /^\w+/.exec(sliceOf(file, comparison.firstNamedChild!))?.[0];
  return parameterNames(file, holder).includes(root ?? '') || (name !== null && isValidatorName(sliceOf(file, name)));
}

/** The members of a display of constants as text; undefined where one is no constant. */
function membersOf(file: ParsedFile, display: SyntaxNode): string[] | undefined {
  if (display.type === 'call') {
    const name = display.childForFieldName('function');
    const inner = name && SET_CALLS.test(sliceOf(file, name)) ? display.childForFieldName('arguments') : null;
    return inner?.namedChildCount === 1 ? membersOf(file, inner.firstNamedChild!) : undefined;
  }
  if (!/^(?:list|tuple|set)$/.test(display.type) || display.namedChildCount > 200) return undefined;
  const members: string[] = [];
  for (const child of display.namedChildren) {
    if (child.type === 'comment') continue;
    const literal = pythonStringValue(child, file.source);
    const text = sliceOf(file, child);
    if (literal && !literal.isBytes) members.push(JSON.stringify(literal.value));
    else if (/^(?:integer|float|true|false|none)$/.test(child.type)) members.push(text);
    else if (/^(?!self\.|cls\.)[A-Za-z_][\w.]*\.[A-Z][A-Z0-9_]*(?:\.value)?$/.test(text))
      members.push(text.replace(/\.value$/, ''));
    else return undefined;
  }
  return members;
}

/** `response.status_code not in (200, 201)` reads an answer, it validates no argument. */
function isStatusCheck(file: ParsedFile, comparison: SyntaxNode, members: readonly string[]): boolean {
  return (
    members.every((one) => /^[1-5]\d\d$/.test(one)) && /status|code/i.test(sliceOf(file, comparison.firstNamedChild!))
  );
}
