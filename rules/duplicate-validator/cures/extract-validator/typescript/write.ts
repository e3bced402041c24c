import type { Document } from '../../../../../core/edit/snapshot';
import type { Blueprint, BlueprintEdit, CarriedName, Piece, Span, TypeQuestion } from './blueprint';
import { carriedBy } from './carried';
import { commonJsHabit, exportsArrows, headerOf, insertionPoint } from './habits';
import { constantsLeftBehind, type LeftBehind, type Range } from './left-behind';
import type { Plan } from './plan';
import { type Site, textOf } from './site';
import { constantText, jsDoc, predicateText, sourcesText } from './wording';

/** Writes the shared code, and what becomes of the places, as far as the compiler need not be asked. */
export function blueprintOf(plan: Plan): Blueprint {
  return new Writer(plan).blueprint();
}

class Writer {
  private readonly edits: BlueprintEdit[] = [];
  private readonly types: TypeQuestion[] = [];
  private readonly strings: Span[] = [];
  private readonly gone = new Map<Document, Range[]>();
  private readonly isJavaScript: boolean;
  /** The file whose style new code has. */
  private readonly near: Document;

  constructor(private readonly plan: Plan) {
    this.isJavaScript = /\.[cm]?jsx?$/.test(plan.target.file);
    this.near = plan.target.document ?? plan.holder.document;
  }

  blueprint(): Blueprint {
    const { target, uses, constant, existing } = this.plan;
    for (const { site, use } of uses) {
      if (use.kind === 'predicate') this.ask(site, use);
      else this.takeConstant(site);
    }
    const left = constantsLeftBehind(this.plan.sites, this.gone, constant?.there);
    for (const { document, start, end } of left)
      this.edits.push({ file: document.file, start, end, code: '', uses: [] });
    const code = existing ? [] : this.sharedCode(left);
    const at = target.document
      ? insertionPoint(target.document, this.usedAt(), constant?.there)
      : { offset: 0, isBefore: false };
    return {
      target: { file: target.file, isNew: !target.document, near: this.near.file, isJavaScript: this.isJavaScript },
      at: at.offset,
      code: existing ? [] : this.placed(code, at),
      types: this.types,
      edits: this.edits,
      carried: existing ? [] : this.carried(),
      strings: this.strings,
    };
  }

  /** `PATTERN.test(x)` becomes `isValidName(x)`: `x` stays as it is. */
  private ask(
    { document, check, symbol: _ }: Site,
    { node, isNegated }: { node: { startIndex: number; endIndex: number }; isNegated: boolean },
  ): void {
    const { file } = document;
    let subject = check!.subject!;
    while (subject.type === 'parenthesized_expression' && subject.namedChildCount === 1)
      subject = subject.firstNamedChild!;
    const name = this.plan.predicate!;
    const uses = file === this.plan.target.file ? [] : [name];
    this.edits.push({
      file,
      start: node.startIndex,
      end: subject.startIndex,
      code: `${isNegated ? '!' : ''}${name}(`,
      uses,
    });
    this.edits.push({ file, start: subject.endIndex, end: node.endIndex, code: ')', uses });
    this.take(document, check!.given);
    if (/^(?:match|search)$/.test(check!.method)) this.strings.push(spanOf(document, subject));
  }

  private takeConstant({ document, check }: Site): void {
    const { constant, target } = this.plan;
    const { given, held } = check!;
    if (held && held.declarator.id === constant!.there?.declarator.id && document.file === target.file) return;
    const uses = document.file === target.file ? [] : [constant!.name];
    this.edits.push({ ...spanOf(document, given), code: constant!.name, uses });
    this.take(document, given);
  }

  private take(document: Document, { startIndex, endIndex }: { startIndex: number; endIndex: number }): void {
    this.gone.set(document, [...(this.gone.get(document) ?? []), { start: startIndex, end: endIndex }]);
  }

  private usedAt(): number[] {
    const { sites, target } = this.plan;
    return sites
      .filter(({ document }) => document.file === target.file)
      .map(({ document, place }) => document.source.offsetAt(place.range.start));
  }

  /** The definitions, a blank line between each two. */
  private sharedCode(left: readonly LeftBehind[]): Piece[] {
    const { constant, predicate } = this.plan;
    const comments = distinctComments(left);
    const parts: Piece[][] = [];
    if (constant && !constant.there) parts.push(this.constantCode(comments));
    if (constant?.there) this.exportThere();
    if (predicate !== undefined) parts.push(this.predicateCode(constant?.there || !constant ? comments : []));
    return parts.flatMap((part, index) => (index === 0 ? part : ['\n\n', ...part]));
  }

  private constantCode(comments: readonly Span[]): Piece[] {
    const { constant, sites, target, predicate } = this.plan;
    const isExported = constant!.isShared && this.isShown();
    const lines = comments.flatMap((one): Piece[] => [...this.copied(one), '\n']);
    const from = sourcesText(sites, target.file);
    // Beside its predicate, which says it.
    const doc =
      predicate !== undefined || comments.length > 0
        ? ''
        : jsDoc([constantText(this.plan), ...(from ? ['', from] : [])]);
    const head = `${doc}${isExported ? this.exportWord() : ''}const ${constant!.name} = `;
    return [...lines, head, ...this.literal(), this.end()];
  }

  private predicateCode(comments: readonly Span[]): Piece[] {
    const { predicate, argument, sites, target } = this.plan;
    const from = sourcesText(sites, target.file);
    const type = this.types.push({ kind: 'checked', base: this.baseType(), places: this.subjects() }) - 1;
    const lines = [predicateText(this.plan), ...(from ? ['', from] : [])];
    const doc = this.isJavaScript
      ? jsDoc([...lines, '', `@param {\u0000} ${argument}`, '@returns {boolean}']).split('\u0000')
      : [jsDoc(lines)];
    const documented: Piece[] = doc.flatMap((one, index): Piece[] => (index === 0 ? [one] : [{ type }, one]));
    const parameter: Piece[] = this.isJavaScript ? [argument] : [`${argument}: `, { type }];
    const asked = this.asked(type);
    const word = this.isShown() ? this.exportWord() : '';
    const notes = comments.flatMap((one): Piece[] => [this.indent(), ...this.copied(one), '\n']);
    if (exportsArrows(this.near) && notes.length === 0) {
      const result = this.isJavaScript ? ') => ' : '): boolean => ';
      return [...documented, `${word}const ${predicate!} = (`, ...parameter, result, ...asked, this.end()];
    }
    const result = this.isJavaScript ? ') {\n' : '): boolean {\n';
    return [
      ...documented,
      `${word}function ${predicate!}(`,
      ...parameter,
      result,
      ...notes,
      `${this.indent()}return `,
      ...asked,
      `${this.end()}\n}`,
    ];
  }

  private asked(type: number): Piece[] {
    const { holder, constant, argument } = this.plan;
    const { kind, literal, held } = holder.check!;
    const given: Piece[] = constant ? [constant.name] : this.literal();
    if (kind === 'pattern') return [...given, `.test(${argument})`];
    const isSet = /^new\s+Set\b/.test(textOf(holder.document, literal));
    const call = `.${isSet ? 'has' : 'includes'}(${argument})`;
    if (this.isJavaScript) return [...given, call];
    const narrow = (element: string): Piece[] => [
      '(',
      ...given,
      ` as ${isSet ? `ReadonlySet<${element}>` : `readonly ${element}[]`})`,
      call,
    ];
    const isConst =
      constant?.there !== undefined &&
      held !== undefined &&
      /\bas\s+const\b|:/.test(textOf(holder.document, held.declarator).slice(held.name.length));
    const element = this.baseType();
    const base = isConst ? narrow(element.includes('|') ? `(${element})` : element) : [...given, call];
    return [{ unless: type, base, wide: narrow('unknown') }];
  }

  /** What the members of a set are; a pattern wants a text. */
  private baseType(): string {
    const { check } = this.plan.holder;
    if (check!.kind === 'pattern') return 'string';
    const kinds = new Set<string>();
    const array =
      check!.literal.type === 'array'
        ? check!.literal
        : (check!.literal.descendantsOfType('array')[0] ?? check!.literal);
    for (const { type } of array.namedChildren) {
      if (type === 'comment') continue;
      kinds.add(MEMBER_TYPES[type] ?? 'unknown');
    }
    return kinds.has('unknown') ? 'unknown' : [...kinds].sort().join(' | ');
  }

  private subjects(): Span[] {
    return this.plan.uses.flatMap(({ site, use }) =>
      use.kind === 'predicate' ? [spanOf(site.document, site.check!.subject!)] : [],
    );
  }

  private literal(): Piece[] {
    const { holder } = this.plan;
    return this.copied(spanOf(holder.document, holder.check!.literal), holder.document);
  }

  /** Code over several lines, indented for the top level. */
  private copied({ file, start, end }: Span, document?: Document): Piece[] {
    const from = document ?? this.plan.sites.find((one) => one.document.file === file)!.document;
    const { text } = from.source;
    const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))![0];
    const pieces: Piece[] = [];
    let at = start;
    for (const line of text.slice(start, end).split(/(?<=\n)/)) {
      const code = line.replace(/\r?\n$/, '');
      const skip = at > start && code.startsWith(indent) ? indent.length : 0;
      if (code.length > skip) pieces.push({ file, start: at + skip, end: at + code.length });
      if (code.length < line.length) pieces.push('\n');
      at += line.length;
    }
    return pieces;
  }

  /** What the shared code names that it took from where it stood. */
  private carried(): CarriedName[] {
    const { holder, target, constant } = this.plan;
    if (constant?.there) return [];
    return carriedBy(holder.document, holder.check!.literal, holder.document.file === target.file);
  }

  /** Whether other files name the shared code. */
  private isShown(): boolean {
    const { sites, target } = this.plan;
    return !target.document || sites.some(({ document }) => document.file !== target.file);
  }

  private exportWord(): string {
    return commonJsHabit(this.near) ? '' : 'export ';
  }

  /** A constant of the target that others name from now on. */
  private exportThere(): void {
    const { constant, target } = this.plan;
    const statement = constant!.there!.declarator.parent!;
    if (
      !constant!.isShared ||
      !this.isShown() ||
      statement.parent?.type === 'export_statement' ||
      commonJsHabit(this.near)
    )
      return;
    this.edits.push({
      file: target.file,
      start: statement.startIndex,
      end: statement.startIndex,
      code: 'export ',
      uses: [],
    });
  }

  private placed(code: readonly Piece[], at: { offset: number; isBefore: boolean }): Piece[] {
    const { target, constant, predicate } = this.plan;
    const names = [
      ...(constant?.isShared && !constant.there ? [constant.name] : []),
      ...(predicate === undefined ? [] : [predicate]),
    ];
    if (!target.document) {
      const tail = commonJsHabit(this.near) ? `\n\nmodule.exports = { ${names.join(', ')} }${this.end()}\n` : '\n';
      return [headerOf(this.plan.sites.map(({ document }) => document)), ...code, tail];
    }
    if (code.length === 0) return [];
    if (this.isShown() && commonJsHabit(target.document))
      this.addToExports(target.document, [...names, ...(constant?.isShared && constant.there ? [constant.name] : [])]);
    return at.isBefore ? [...code, '\n\n'] : [target.document.source.text.trim() === '' ? '' : '\n\n', ...code];
  }

  private addToExports(document: Document, names: readonly string[]): void {
    const list = commonJsHabit(document)?.exports;
    if (!list) return;
    const { text } = document.source;
    const isLong = list.last !== undefined && text.slice(list.last, list.end).includes('\n');
    const indent =
      list.last === undefined ? '' : /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', list.last - 1) + 1))![0];
    const code = names
      .map((name) => (list.last === undefined ? ` ${name} ` : isLong ? `,\n${indent}${name}` : `, ${name}`))
      .join('');
    const offset = list.last ?? list.end - 1;
    this.edits.push({ file: document.file, start: offset, end: offset, code, uses: [] });
  }

  private indent(): string {
    return this.near.style.indent;
  }

  private end(): string {
    return this.near.style.semicolons ? ';' : '';
  }
}

const MEMBER_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  template_string: 'string',
  number: 'number',
  true: 'boolean',
  false: 'boolean',
  null: 'null',
  undefined: 'undefined',
};

function distinctComments(left: readonly LeftBehind[]): Span[] {
  const seen = new Set<string>();
  const found: Span[] = [];
  for (const { document, comments } of left) {
    for (const { start, end } of comments) {
      const text = document.source.text.slice(start, end).replace(/\s+/g, ' ');
      if (!seen.has(text)) found.push({ file: document.file, start, end });
      seen.add(text);
    }
  }
  return found;
}

export function spanOf({ file }: Document, { startIndex, endIndex }: { startIndex: number; endIndex: number }): Span {
  return { file, start: startIndex, end: endIndex };
}
