import type { CodeStyle } from '../../../../../core/edit/style';
import { typeScriptString } from '../../../../../core/edit/typescript/format';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Cluster, Filling } from '../unify';
import type { Piece } from './blueprint';
import type { Comments } from './comments';
import { camel } from './names';
import type { Unit } from './unit';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly code: readonly Piece[];
}

interface ReplacedCheck {
  readonly node: SyntaxNode;
  /** What stands in the place of the check, around its subject where there is one. */
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

/**
 * The statements of a unit as the body of the shared function: copied, but for the names of its inputs, for what differs among the
 * copies, and for the check that has a function or a constant of its own.
 */
export function bodyPieces(
  unit: Unit,
  cluster: Cluster<Unit>,
  comments: Comments,
  inputs: readonly string[],
  check: ReplacedCheck | undefined,
  style: CodeStyle,
): Piece[] {
  const { document } = unit.site;
  const { start, end } = comments.rangeOf(unit);
  const edits: Edit[] = [];
  for (const one of unit.inputPlaces) {
    const name = inputs[one.input]!;
    const code = one.isShort && name !== unit.inputs[one.input] ? `${unit.inputs[one.input]!}: ${name}` : name;
    // Written anew even where it is the same name: it means the shared function's parameter.
    edits.push({ start: one.start, end: one.end, code: [code] });
  }
  if (check) edits.push(...checkEdits(check, unit));
  for (const [index, filling] of cluster.fillings) {
    const hole = unit.holes[index]!;
    edits.push({ start: hole.start, end: hole.end, code: [fillingText(filling, cluster, hole.isPiece, style)] });
  }
  if (unit.heldBy && check) {
    const { text } = document.source;
    const line = text.lastIndexOf('\n', unit.heldBy.startIndex - 1) + 1;
    const next = text.indexOf('\n', unit.heldBy.endIndex) + 1;
    // As the first statement it has the indentation of what follows in front of it.
    const isFirst = line <= start;
    const blanks = isFirst ? /^\s*/.exec(text.slice(next))![0].length : 0;
    edits.push({ start: isFirst ? start : line, end: next + blanks, code: [] });
  }
  for (const comment of unit.owner.descendantsOfType('comment'))
    if (start <= comment.startIndex && comment.startIndex < end && !comments.isShared(comment))
      edits.push(removedComment(comment, document.source.text));
  const sorted = edits.sort((a, b) => a.start - b.start || a.end - b.end);
  return copiedLines(unit, start, end, sorted, style);
}

/** The subject stays, with its own changes; what stands around it goes. */
function checkEdits({ node, before, after }: ReplacedCheck, { site }: Unit): Edit[] {
  let subject = after.length > 0 ? site.check!.subject : undefined;
  if (!subject) return [{ start: node.startIndex, end: node.endIndex, code: before }];
  while (subject.type === 'parenthesized_expression' && subject.namedChildCount === 1)
    subject = subject.firstNamedChild!;
  return [
    { start: node.startIndex, end: subject.startIndex, code: before },
    { start: subject.endIndex, end: node.endIndex, code: after },
  ];
}

function removedComment(comment: SyntaxNode, text: string): Edit {
  const line = text.lastIndexOf('\n', comment.startIndex - 1) + 1;
  const next = text.indexOf('\n', comment.endIndex) + 1;
  const isAlone =
    /^[ \t]*$/.test(text.slice(line, comment.startIndex)) && /^[ \t]*\r?\n$/.test(text.slice(comment.endIndex, next));
  if (isAlone) return { start: line, end: next, code: [] };
  const blanks = /[ \t]*$/.exec(text.slice(line, comment.startIndex))![0].length;
  return { start: comment.startIndex - blanks, end: comment.endIndex, code: [] };
}

function copiedLines(
  { site: { document } }: Unit,
  start: number,
  end: number,
  edits: readonly Edit[],
  style: CodeStyle,
): Piece[] {
  const { text } = document.source;
  const { file } = document;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))![0];
  const step = document.style.indent;
  const pieces: Piece[] = [style.indent];
  /** Copies code, each line of it indented anew. */
  const copy = (from: number, to: number): void => {
    let at = from;
    const lines = text.slice(from, to).split(/(?<=\n)/);
    for (const [index, line] of lines.entries()) {
      const isStart = at > 0 && text[at - 1] === '\n';
      const code = line.replace(/\r?\n$/, '');
      const blanks = isStart ? /^[ \t]*/.exec(code)![0] : '';
      // What ends in blanks goes on with something that was written.
      const isBlank = code.trim() === '' && (code.length < line.length || index < lines.length - 1 || to === end);
      if (isStart && !isBlank)
        pieces.push(
          style.indent + stepped(blanks.startsWith(indent) ? blanks.slice(indent.length) : '', step, style.indent),
        );
      const skip = isStart && isBlank ? code.length : blanks.length;
      if (code.length > skip) pieces.push({ file, start: at + skip, end: at + code.length });
      if (code.length < line.length) pieces.push('\n');
      at += line.length;
    }
  };
  let from = start;
  for (const edit of edits) {
    if (edit.start < from || edit.end > end) continue;
    copy(from, edit.start);
    pieces.push(...edit.code);
    from = edit.end;
  }
  copy(from, end);
  return pieces;
}

/** Steps of one indentation as steps of another. */
function stepped(blanks: string, step: string, wanted: string): string {
  if (step === wanted || step === '') return blanks;
  const count = Math.floor(blanks.length / step.length);
  return wanted.repeat(count) + blanks.slice(count * step.length);
}

function fillingText(filling: Filling, { parameters }: Cluster<Unit>, isPiece: boolean, style: CodeStyle): string {
  const nameOf = (at: number): string => camel(parameters[at]!.name);
  if (filling.kind === 'parameter') return isPiece ? `\${${nameOf(filling.parameter)}}` : nameOf(filling.parameter);
  const inner = filling.parts.map((part) =>
    typeof part === 'number' ? `\${${nameOf(part)}}` : isPiece ? part : part.replace(/[\\`]|\$(?=\{)/g, '\\$&'),
  );
  if (isPiece) return inner.join('');
  if (filling.parts.every((part) => typeof part === 'string')) return typeScriptString(filling.parts.join(''), style);
  return `\`${inner.join('')}\``;
}
