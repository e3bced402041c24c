import { Fragment } from '../../../../../core/edit/fragment';
import { type Definition, definition } from '../../../../../core/edit/python/format';
import { PythonLayout } from '../../../../../core/edit/python/layout';
import { expressionShape } from '../../../../../core/edit/python/precedence';
import { copyDedented, tokensOf } from '../../../../../core/edit/python/reindent';
import type { Document } from '../../../../../core/edit/snapshot';
import type { CodeStyle } from '../../../../../core/edit/style';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { lineRemark } from './line-remark';
import type { Piece } from './piece';
import { GONE, placeComments, withoutGone } from './place-comments';

/** What a method is made of, but for its name. */
export interface MethodCode {
  /** With their annotations, without `self`. */
  readonly parameters: readonly string[];
  /** Where the annotations stand that theirs are copied from. */
  readonly hints: readonly SyntaxNode[];
  readonly returns: string | undefined;
  readonly isAsync: boolean;
  /** At indentation 0. */
  readonly body: Fragment;
}

/** What comes into the place of a part of copied code. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string | Fragment;
}

/**
 * The body of the method that a piece becomes.
 * @param rename what module-level names are called in the target, where that is something else
 * @param imports the import statements of the function around that it needs
 */
export function methodBody(
  piece: Piece,
  document: Document,
  rename: ReadonlyMap<string, string>,
  imports: readonly string[],
): Fragment {
  return bodyWith(piece, document, rename, imports, ({ name }) => name);
}

/**
 * The same with numbers for the names of its parameters: equal for pieces that do the same with other values.
 * @param left parts of the code that make no difference
 */
export function shapeOf(
  piece: Piece,
  document: Document,
  left: readonly { readonly start: number; readonly end: number }[] = [],
): string {
  const numbers = new Map(piece.inputs.map((one, at) => [one, `_${at}_`]));
  const gone = left.map(({ start, end }) => ({ start, end, text: '' }));
  const code = bodyWith(piece, document, new Map(), [], (one) => numbers.get(one)!, [
    ...gone,
    ...handlesOf(piece, document),
  ]);
  const body = code.toString();
  // What is returned at once has no name in the method.
  const outputs = piece.lastAssignment ? '=' : piece.outputs.map(({ name }) => name).join();
  const imports = piece.localImports.map(({ imported }) => `${imported?.module} ${imported?.member}`).join();
  return `${piece.isAsync} ${outputs} ${imports} ${tokensIn(body, document.file)}`;
}

/** What `with` blocks open is called by no name that anybody else knows: one word for all its places. */
function handlesOf(piece: Piece, document: Document): Replacement[] {
  const targets = piece.statements.flatMap((one) => one.descendantsOfType('as_pattern_target'));
  const names = targets.flatMap((one) => one.descendantsOfType('identifier'));
  const opened = new Set(names.flatMap((one) => document.semantics.bindingAt(one.startIndex) ?? []));
  const isHanded = (at: number): boolean =>
    piece.inputs.some(({ places }) => places.some(({ startIndex, endIndex }) => startIndex <= at && at < endIndex));
  return [...opened].flatMap(({ reads, writes }, at) =>
    [...reads, ...writes]
      .filter(({ start }) => start >= piece.start && start < piece.end && !isHanded(start))
      .map(({ start, end }) => ({ start, end, text: `_opened_${at}_` })),
  );
}

/** The tokens of some code one by one, without commas that end a list: equal for code that is only broken otherwise. */
function tokensIn(code: string, file: string): string {
  const tokens = tokensOf(code, file);
  const words: string[] = [];
  for (let at = 0; at < tokens.types.length; at++) {
    const type = tokens.types[at]!;
    if (type === ',' && /^[)\]}]$/.test(tokens.types[at + 1] ?? '')) continue;
    words.push(/^(?:NEWLINE|INDENT|DEDENT|END)$/.test(type) ? type : tokens.textOf(at));
  }
  return words.join(' ');
}

function bodyWith(
  piece: Piece,
  document: Document,
  rename: ReadonlyMap<string, string>,
  imports: readonly string[],
  nameOf: (input: Piece['inputs'][number]) => string,
  gone: readonly Replacement[] = [],
): Fragment {
  const layout = new PythonLayout(document);
  const indent = layout.indentationAt(piece.start);
  const code = copyDedented(layout, piece.start, piece.end, indent);
  const replacements: Replacement[] = piece.inputs.flatMap((input) =>
    input.places.map(({ startIndex, endIndex }) => ({ start: startIndex, end: endIndex, text: nameOf(input) })),
  );
  replacements.push(...renamed(piece, document, rename), ...gone);
  for (const { startIndex, endIndex } of placeComments(piece, document))
    replacements.push({ start: startIndex, end: endIndex, text: GONE });
  for (const { at, name, isFirst } of piece.added ?? []) {
    // On a line of its own, where the last argument has one.
    const { text } = document.source;
    const [blanks] = /^[ \t]*(?=[\w*]+)/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1)) ?? [''];
    const isOwn = blanks.length > indent.length && text.lastIndexOf('\n', at - 1) > piece.start;
    const lead = isFirst ? '' : isOwn ? `,\n${blanks.slice(indent.length)}` : ', ';
    replacements.push({ start: at, end: at, text: `${lead}${name}=${name}` });
  }
  if (piece.lastAssignment) {
    const from = piece.lastAssignment.startIndex;
    const end = piece.lastAssignment.childForFieldName('right')!.startIndex;
    // A variable that is handed over may be the one that is given back: its name goes with the `=`.
    const gone = replacements.filter((one) => one.start >= from && one.end <= end);
    for (const one of gone) replacements.splice(replacements.indexOf(one), 1);
    replacements.push({ start: from, end, text: 'return ' });
  }
  const written = withoutGone(replaced(code, document, replacements));
  const isMade =
    (piece.added ?? []).length > 0 ||
    piece.site.call.kind === 'file' ||
    (piece.handed !== undefined && piece.handed !== 'parts');
  const moved = piece.expression
    ? onOneLine(written, document, isMade)
    : withHeadOnOneLine(withBareArguments(written), document);
  const lines: (string | Fragment)[] = imports.length === 0 ? [] : [...imports, ''];
  // Lines that were broken within brackets around the expression have lost them.
  const isLoose = piece.expression && expressionShape(moved.toString(), document.file).breaksLine;
  const whole = isLoose ? Fragment.of('(', moved, ')') : moved;
  const remark = lineRemark(piece, document);
  const said = remark ? Fragment.of(whole, '  ', Fragment.copy(document, remark.start, remark.end)) : whole;
  lines.push(piece.expression && piece.result === 'value' ? Fragment.of('return ', said) : said);
  if (piece.result === 'outputs' && !piece.lastAssignment)
    lines.push(
      Fragment.of(
        'return ',
        Fragment.join(
          piece.outputs.map(({ name, write }) => {
            // What is handed over and given back is the method's parameter.
            const input = piece.inputs.find(({ node }) => textOf(document, node) === name);
            return input ? nameOf(input) : Fragment.copy(document, write.start, write.end);
          }),
          ', ',
        ),
      ),
    );
  return Fragment.join(lines, '\n');
}

/** The head of a `with` block that was broken only because its line was too long, in one line where that is long enough now. */
function withHeadOnOneLine(code: Fragment, document: Document): Fragment {
  const [head] = /^(?:async )?with [^\n]*[([{,]\n[\s\S]*?\)[^\n()]*:(?=\n)/.exec(code.toString()) ?? [];
  if (head === undefined) return code;
  // A comma that kept the lines of a long path is no more needed than they are.
  const comma = /,(?=\s*\n\s*\)[^\n()]*:$)/.exec(head);
  const start = comma ? Fragment.of(code.slice(0, comma.index), code.slice(comma.index + 1, head.length)) : undefined;
  const line = onOneLine(start ?? code.slice(0, head.length), document);
  return line.toString().includes('\n') ? code : Fragment.of(line, code.slice(head.length));
}

/** A name alone between brackets, which stands for what needed lines of its own, in the line of its call. */
function withBareArguments(code: Fragment): Fragment {
  const parts: (string | Fragment)[] = [];
  let from = 0;
  for (const { 0: all, 1: name, index } of code.toString().matchAll(/(?<=\()\s*\n\s*(\w+),?\s*\n\s*(?=\))/g)) {
    parts.push(code.slice(from, index), name!);
    from = index + all.length;
  }
  return Fragment.of(...parts, code.slice(from));
}

/** An expression that was broken only because its line was too long, in one line where that is long enough now. */
function onOneLine(whole: Fragment, { style }: Document, isMade = false): Fragment {
  // A comma at the end keeps the lines of a formatter, not those of a call that is made anew.
  const end = isMade ? /,(\s*\n\s*\))$/.exec(whole.toString()) : null;
  const code = end ? Fragment.of(whole.slice(0, end.index), whole.slice(end.index + 1)) : whole;
  const text = code.toString();
  if (!text.includes('\n') || /#|\\\n|("|')\1\1|,\s*\n\s*[)\]}]/.test(text)) return whole;
  const parts: (string | Fragment)[] = [];
  let from = 0;
  for (const match of text.matchAll(/\n[ \t]*/g)) {
    const end = match.index + match[0].length;
    const isAtBracket = /[([{]/.test(text[match.index - 1]!) || /[)\]}]/.test(text[end] ?? '');
    parts.push(code.slice(from, match.index), isAtBracket ? '' : ' ');
    from = end;
  }
  const joined = Fragment.of(...parts, code.slice(from));
  // Within a class and a method, behind `return`.
  return joined.length + style.indent.length * 2 + 'return '.length <= style.lineLength ? joined : whole;
}

/** Names of the module that the target calls otherwise. */
function renamed(piece: Piece, document: Document, rename: ReadonlyMap<string, string>): Replacement[] {
  if (rename.size === 0) return [];
  const names = document.root
    .descendantForIndex(piece.start, piece.end)!
    .descendantsOfType('identifier')
    .filter((one) => one.startIndex >= piece.start && one.endIndex <= piece.end);
  return names.flatMap((one) => {
    const binding = document.semantics.bindingAt(one.startIndex);
    const text = rename.get(textOf(document, one));
    const isOfModule = binding?.scope.kind === 'module';
    const isHanded = piece.inputs.some(({ places }) =>
      places.some((place) => place.startIndex <= one.startIndex && one.endIndex <= place.endIndex),
    );
    return text !== undefined && isOfModule && !isHanded ? [{ start: one.startIndex, end: one.endIndex, text }] : [];
  });
}

/** Replaces parts of copied code, told by where they stood. */
export function replaced(code: Fragment, { file }: Document, replacements: readonly Replacement[]): Fragment {
  const { origins } = code.render('\n');
  const placeOf = (offset: number): number => {
    const origin = origins.find((one) => one.file === file && one.start <= offset && offset < one.start + one.length)!;
    return origin.at + offset - origin.start;
  };
  const parts: (string | Fragment)[] = [];
  let from = 0;
  for (const { start, end, text } of [...replacements].sort((a, b) => a.start - b.start)) {
    const at = placeOf(start);
    parts.push(code.slice(from, at), text);
    from = end === start ? at : placeOf(end - 1) + 1;
  }
  parts.push(code.slice(from));
  return Fragment.of(...parts);
}

/** A method at indentation 0, to stand in a class at indentation 0. */
export function methodDefinition(
  name: string,
  { parameters, returns, isAsync, body }: MethodCode,
  docstring: string,
  style: CodeStyle,
): Fragment {
  const parts: Definition = {
    name,
    parameters: ['self', ...parameters],
    ...(returns === undefined ? {} : { returns }),
    isAsync,
    docstring,
    body,
  };
  return definition(parts, style, { indentation: style.indent });
}
