import { definition, pythonString } from '../../../../core/edit/python/format';
import { sourceSentence, wrapped } from '../../../../core/edit/python/new-module/sources';
import type { CodeStyle } from '../../../../core/edit/style';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { pythonStringValue } from '../../../../core/syntax/python';
import type { SiteCheck } from './check';
import type { Comments } from './comments';
import { withArticle } from './naming';
import { wrongAsked } from './polarity';
import { type Site, textOf } from './site';
import type { Cluster, Filling, Parameter } from './unify';
import type { Unit } from './unit';

/** The words in which the shared functions speak. */
export interface Wording {
  readonly noun: string;
  /** What the functions call their argument. */
  readonly argument: string;
  readonly annotation: string | undefined;
  /** The place whose pattern or members are written. */
  readonly holder: Site;
  /** The constant that holds the members; undefined where they are written in place. */
  readonly members: string | undefined;
  /** What the names are called where the functions go with which members of the set start. */
  readonly names: ReadonlyMap<string, string>;
  /** The module `re`, as it is called where the functions go. */
  readonly re: string;
  /** Where the code was taken from, as a docstring tells it. */
  readonly sources: readonly string[];
}

/** Where a display of members will stand. */
interface DisplayPlace {
  /** Columns before it in its line. */
  readonly column: number;
  /** That of the statement around it. */
  readonly indentation: string;
}

/**
 * The members or the pattern of a place in one line, or members that are too many for one in a line each.
 * @param names what the names are called there with which members start
 */
export function literalOf(
  { document, check }: Site,
  names: Wording['names'],
  { column, indentation }: DisplayPlace,
  style: CodeStyle,
): string {
  const { literal, roots, mode } = check!;
  const { text } = document.source;
  const edits = roots.map(({ name, start, end }) => ({ start, end, text: names.get(name) ?? name }));
  const between = (start: number, end: number): string => oneLine(spliced(text, start, end, edits));
  const whole = between(literal.startIndex, literal.endIndex);
  const display = literal.type === 'call' ? literal.descendantsOfType(['list', 'tuple', 'set'])[0] : literal;
  const members = display?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  const isLong = mode === undefined && members.length > 1 && column + whole.length > style.lineLength;
  if (!isLong || !/^(?:list|tuple|set)$/.test(display!.type) || !/[[({]/.test(text[display!.startIndex]!)) return whole;
  const lines = members.map((one) => `${indentation}${style.indent}${between(one.startIndex, one.endIndex)},`);
  const opening = between(literal.startIndex, display!.startIndex + 1);
  return [opening, ...lines, indentation + between(display!.endIndex - 1, literal.endIndex)].join('\n');
}

/** The check as an expression over some text. */
function checkExpression(
  check: SiteCheck,
  site: Site,
  subject: string,
  { re, members, names }: Pick<Wording, 're' | 'members' | 'names'>,
  place: DisplayPlace,
  style: CodeStyle,
): string {
  const column = place.column + `${subject} not in `.length;
  const literal = literalOf(site, names, { ...place, column }, style);
  if (check.mode === undefined) return `${subject} not in ${members ?? literal}`;
  const flags = check.flags.replaceAll('re.', `${re}.`);
  return `${re}.${check.mode}(${[literal, subject, ...(flags ? [flags] : [])].join(', ')})`;
}

/** `is_valid_model_name(name)`: the one question that all places ask. */
export function predicateCode(name: string, site: Site, check: SiteCheck, wording: Wording, style: CodeStyle): string {
  const { argument, annotation, noun } = wording;
  const isSet = check.mode === undefined;
  const column = style.indent.length + 'return '.length - 'not '.length;
  const asked = checkExpression(check, site, argument, wording, { column, indentation: '' }, style);
  const body = isSet ? `return ${asked.replace(/ not in /, ' in ')}` : `return ${asked} is not None`;
  const value = isSet ? undefined : pythonStringValue(check.literal, site.document.source)!.value;
  const what = isSet
    ? `Whether ${withArticle(noun)} is ${membersText(check, site)}.`
    : `Whether ${withArticle(noun)} ${patternText(value!, /^_?is_invalid_/.test(name))}.`;
  return functionCode(name, [argumentOf(argument, annotation)], 'bool', what, wording.sources, body, style);
}

/** The function that a cluster's places share. */
export function validatorCode(
  name: string,
  cluster: Cluster,
  wording: Wording,
  comments: Comments,
  predicate: ((subject: string) => { replaced: SyntaxNode; code: string }) | undefined,
  style: CodeStyle,
): string {
  const [unit] = cluster.units;
  const inputs = inputNames(unit!, wording.argument);
  const body = bodyText(unit!, cluster, inputs, comments, predicate, wording, style);
  const parameters = inputs.map((one, at) => argumentOf(one, at === 0 ? wording.annotation : undefined));
  for (const one of cluster.parameters) parameters.push(argumentOf(one.name, typeOf(one)));
  const single = inputs.length === 1 && wording.annotation;
  const returns = {
    value: single && returnsInput(unit!) ? wording.annotation : undefined,
    boolean: 'bool',
    nothing: 'None',
  }[unit!.returns];
  return functionCode(name, parameters, returns, whatText(cluster, wording), wording.sources, body, style);
}

/** What the function calls its inputs: the noun for a single one, else as the first place does. */
export function inputNames(unit: Unit, argument: string): string[] {
  if (unit.inputs.length > 1 || unit.keepsNames) return [...unit.inputs];
  return [argument];
}

function returnsInput(unit: Unit): boolean {
  return unit.statements
    .flatMap((one) => one.descendantsOfType('return_statement'))
    .every((one) => textOf(unit.site.document, one).replace(/^return\s*/, '') === unit.inputs[0]);
}

function typeOf({ kind, values }: Parameter): string {
  if (kind === 'number') return values.every((one) => /^[\d_]+$|^0[xob]/i.test(one)) ? 'int' : 'float';
  return kind === 'class' ? 'type' : 'str';
}

function argumentOf(name: string, annotation: string | undefined): string {
  return annotation === undefined ? name : `${name}: ${annotation}`;
}

function whatText(cluster: Cluster, { noun, holder }: Wording): string {
  const { units } = cluster;
  const own = units.map(ownDocstring);
  if (own[0] !== undefined && own.every((one) => one === own[0])) return own[0];
  const [{ site, returns }] = units as readonly [Unit, ...Unit[]];
  if (returns === 'boolean') return `Whether ${withArticle(noun)} is ${wrongAsked(cluster)?.word ?? 'valid'}.`;
  const asksLength = units[0]!.holes.some((one) => one.kind === 'text' && one.hint === 'length');
  if (site.check && site.check.mode === undefined)
    return `Check that ${withArticle(noun)} is ${membersText(holder.check!, holder)}.`;
  const named = [...(asksLength ? ['length'] : []), ...(site.check ? ['form'] : [])];
  return named.length > 0
    ? `Check the ${named.join(' and the ')} of ${withArticle(noun)}.`
    : `Check ${withArticle(noun)}.`;
}

function ownDocstring({ site, kind }: Unit): string | undefined {
  const first = site.owner?.childForFieldName('body')?.firstNamedChild;
  const literal = kind === 'body' && first?.type === 'expression_statement' ? first.firstNamedChild : undefined;
  const value = literal?.type === 'string' ? pythonStringValue(literal, site.document.source)?.value.trim() : undefined;
  return value === undefined || value.includes('\n') || value.includes('\\') ? undefined : value;
}

function bodyText(
  unit: Unit,
  cluster: Cluster,
  inputs: readonly string[],
  comments: Comments,
  predicate: ((subject: string) => { replaced: SyntaxNode; code: string }) | undefined,
  wording: Wording,
  style: CodeStyle,
): string {
  const { holder } = wording;
  const { document, check } = unit.site;
  const { text } = document.source;
  const { start, end } = comments.rangeOf(unit);
  const edits: { start: number; end: number; text: string }[] = [];
  const rename = (from: number, to: number): string =>
    spliced(
      text,
      from,
      to,
      unit.inputPlaces.map((one) => ({ ...one, text: inputs[one.input]! })),
    );
  let covered: { start: number; end: number } | undefined;
  // A list that the code makes itself moves with it, and stays what is asked.
  const isMade = predicate === undefined && isWithin(check?.held?.value, start, end);
  if (check && !isMade) {
    const subject = rename(check.subject.startIndex, check.subject.endIndex);
    const shared = predicate?.(subject);
    const node = shared?.replaced ?? check.node;
    covered = { start: node.startIndex, end: node.endIndex };
    edits.push({
      ...covered,
      text: shared?.code ?? checkExpression(holder.check!, holder, subject, wording, placeOf(node, text, style), style),
    });
  }
  for (const { input, start: from, end: to } of unit.inputPlaces)
    if (!covered || from < covered.start || from >= covered.end)
      edits.push({ start: from, end: to, text: inputs[input]! });
  for (const [index, filling] of cluster.fillings) {
    const hole = unit.holes[index]!;
    edits.push({ start: hole.start, end: hole.end, text: fillingText(filling, cluster, hole.isPiece, style) });
  }
  for (const comment of (unit.site.owner ?? document.root).descendantsOfType('comment')) {
    if (comment.startIndex < start || comment.startIndex >= end || comments.isShared(comment)) continue;
    const line = text.lastIndexOf('\n', comment.startIndex - 1) + 1;
    const isAlone = /^[ \t]*$/.test(text.slice(line, comment.startIndex));
    const blanks = /[ \t]*$/.exec(text.slice(line, comment.startIndex))![0].length;
    const next = text.indexOf('\n', comment.endIndex) + 1;
    edits.push(
      isAlone && next > 0
        ? { start: line, end: next, text: '' }
        : { start: comment.startIndex - blanks, end: comment.endIndex, text: '' },
    );
  }
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))![0];
  const moved = spliced(text, start, end, edits).replace(/\r\n/g, '\n');
  return reindented(moved, indent, document.style.indent, style.indent);
}

/** Where a node stands in its line, as code that loses the indentation of its place and gets that of a function. */
function placeOf({ startIndex }: SyntaxNode, text: string, style: CodeStyle): DisplayPlace {
  const line = text.slice(text.lastIndexOf('\n', startIndex - 1) + 1, startIndex);
  const indentation = /^[ \t]*/.exec(line)![0];
  return { column: style.indent.length + line.length - indentation.length + ':'.length, indentation };
}

function isWithin(node: SyntaxNode | undefined, start: number, end: number): boolean {
  return node !== undefined && start <= node.startIndex && node.endIndex <= end;
}

function fillingText(filling: Filling, { parameters }: Cluster, isPiece: boolean, style: CodeStyle): string {
  if (filling.kind === 'parameter') return parameters[filling.parameter]!.name;
  const marks: string[] = [];
  const written = filling.parts.map((part) => {
    if (typeof part === 'string') return isPiece ? part : part.replace(/[{}]/g, '$&$&');
    marks.push(`{${parameters[part]!.name}}`);
    return isPiece ? marks.at(-1)! : String.fromCodePoint(0xe000 + marks.length - 1);
  });
  if (isPiece) return written.join('');
  const literal = pythonString(written.join(''), style);
  return `f${literal.replace(/[\ue000-\ue0ff]/g, (mark) => marks[mark.codePointAt(0)! - 0xe000]!)}`;
}

function functionCode(
  name: string,
  parameters: readonly string[],
  returns: string | undefined,
  what: string,
  sources: readonly string[],
  body: string,
  style: CodeStyle,
): string {
  const text = `${what}\n\n${wrapped(sourceSentence(sources), style.lineLength - style.indent.length)}`;
  const isRaw = text.includes('\\');
  const code = definition(
    { name, parameters, ...(returns === undefined ? {} : { returns }), ...(isRaw ? {} : { docstring: text }), body },
    style,
  ).toString();
  if (!isRaw) return code;
  // A raw docstring shows the pattern as it is; a plain one would have to double its backslashes.
  const plain = definition(
    {
      name,
      parameters,
      ...(returns === undefined ? {} : { returns }),
      docstring: text.replaceAll('\\', '\ue100'),
      body,
    },
    style,
  ).toString();
  return plain.replace('"""', 'r"""').replaceAll('\ue100', '\\');
}

function patternText(pattern: string, isRefused: boolean): string {
  const isShown =
    pattern.length <= 50 && /^[\x20-\x7e]+$/.test(pattern) && !pattern.includes('"""') && !pattern.endsWith('\\');
  return isShown ? `matches ${pattern}` : isRefused ? 'has a form that is refused' : 'has the expected form';
}

function membersText(check: SiteCheck, { document }: Site): string {
  const literal = textOf(document, check.literal);
  const members = literal.match(/"(?:[^"\\])*"|'(?:[^'\\])*'|\b\d+\b|\b[A-Za-z_]\w*(?:\.\w+)+/g) ?? [];
  const isOther = check.literal.descendantsOfType(['none', 'true', 'false', 'float', 'unary_operator']).length > 0;
  if (members.length === 0 || members.length > 4 || literal.includes('\\') || isOther) return 'one of the known values';
  const shown = members.map((one) => one.replace(/^'|'$/g, '"'));
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)!}`;
}

/** `[start, end)` of a text with replacements, which must be disjoint. */
function spliced(
  text: string,
  start: number,
  end: number,
  edits: readonly { start: number; end: number; text: string }[],
): string {
  let out = '';
  let from = start;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    if (edit.start < from || edit.end > end) continue;
    out += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return out + text.slice(from, end);
}

/** Takes the indentation of the place off, and makes the steps of the one style those of the other. */
function reindented(code: string, indent: string, step: string, wanted: string): string {
  return code
    .split('\n')
    .map((line, at) => {
      const own = at > 0 && line.startsWith(indent) ? line.slice(indent.length) : line;
      if (step === wanted) return own;
      const blanks = /^[ \t]*/.exec(own)![0];
      const steps = Math.floor(blanks.length / step.length);
      return wanted.repeat(steps) + blanks.slice(steps * step.length) + own.slice(blanks.length);
    })
    .join('\n')
    .trimEnd();
}

/** A display of several lines in one, as far as it holds no comment. */
function oneLine(literal: string): string {
  return /\n/.test(literal) && !/["']{3}/.test(literal)
    ? literal
        .replace(/,?\s*\r?\n\s*(?=[\])}])/g, '')
        .replace(/([[({])\s*\r?\n\s*/g, '$1')
        .replace(/\s*\r?\n\s*/g, ' ')
    : literal;
}
