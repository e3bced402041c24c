import type { Document } from '../../../../../core/edit/snapshot';
import { callExpression, hasTrailingCommas, typeScriptString } from '../../../../../core/edit/typescript/format';
import { unusedImportSpans } from '../../../../../core/edit/typescript/unused-imports';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Blueprint, BlueprintEdit, CarriedName, Piece, Span, TypeQuestion } from './blueprint';
import { bodyPieces } from './body';
import { carriedBy } from './carried';
import { type Comments, commentsOf } from './comments';
import { commonJsHabit, exportsArrows, headerOf, insertionPoint } from './habits';
import { constantsLeftBehind, type LeftBehind, type Range } from './left-behind';
import { camel } from './names';
import type { Plan } from './plan';
import { sharedUse } from './shared-use';
import { type Site, textOf } from './site';
import type { Twin } from './twins';
import type { Unit } from './unit';
import { constantText, jsDoc, predicateText, sourcesText, validatorText } from './wording';

// One writer for all forms: its parts fill the same lists of edits, questions and removed code, and apart they would hand those around.

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

  private readonly comments: Comments | undefined;

  constructor(private readonly plan: Plan) {
    this.comments = plan.cluster && commentsOf(plan.cluster.units);
    this.isJavaScript = /\.[cm]?jsx?$/.test(plan.target.file);
    this.near = plan.target.document ?? plan.holder.document;
  }

  blueprint(): Blueprint {
    if (this.plan.twins) return this.twins(this.plan.twins);
    const { target, uses, cluster, constant, existing } = this.plan;
    for (const [index, unit] of (cluster?.units ?? []).entries()) this.call(unit, index);
    for (const { site, use } of uses) {
      if (use.kind === 'predicate') this.ask(site, use);
      else this.takeConstant(site);
    }
    const left = constantsLeftBehind(this.plan.sites, this.gone, constant?.there);
    this.removeImports(left);
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
      rewritten: [],
      carried: existing ? [] : this.carried(),
      strings: this.strings,
    };
  }

  /** All but one of the same functions go, and their files import the one. */
  private twins(twins: readonly Twin[]): Blueprint {
    const { target, existing, predicate } = this.plan;
    const [kept] = twins as readonly [Twin, ...Twin[]];
    const rewritten: Span[] = [];
    for (const { document, lines, reads } of twins) {
      if (existing && document === kept.document) continue;
      const { file } = document;
      this.edits.push({ file, start: lines.start, end: lines.end, code: '', uses: [predicate!] });
      this.gone.set(document, [lines]);
      rewritten.push(...reads.map(({ start, end }) => ({ file, start, end })));
    }
    this.removeImports([]);
    const { document, statement, lines } = kept;
    const at = target.document ? insertionPoint(target.document, [], undefined) : { offset: 0, isBefore: false };
    const comments = lines.comments.flatMap(({ start, end }): Piece[] => [
      ...this.copied({ file: document.file, start, end }),
      '\n',
    ]);
    const code = existing
      ? []
      : this.placed([...comments, 'export ', ...this.copied(spanOf(document, statement), document)], at);
    return {
      target: { file: target.file, isNew: !target.document, near: this.near.file, isJavaScript: this.isJavaScript },
      at: at.offset,
      code,
      types: [],
      edits: this.edits,
      rewritten,
      carried: existing ? [] : kept.carried,
      strings: [],
    };
  }

  /** The body of a unit becomes a call; comments that are its own stay above it. */
  private call(unit: Unit, index: number): void {
    const { document } = unit.site;
    const { file, source, style } = document;
    const { start, end } = this.comments!.rangeOf(unit);
    const indent = /^[ \t]*/.exec(source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1))![0];
    const name = this.plan.validator!;
    const args = [...unit.inputs];
    for (const { kind, values } of this.plan.cluster!.parameters)
      args.push(kind === 'text' ? typeScriptString(values[index]!, style) : values[index]!);
    const lead = unit.returns === 'nothing' ? '' : 'return ';
    const format = { style, trailingComma: hasTrailingCommas(source.text), indentation: indent };
    const call = callExpression(`${lead}${name}`, args, format).replaceAll('\n', `\n${indent}`);
    const stay = this.comments!.stayingAt(unit).map((one) => `${textOf(document, one)}\n${indent}`);
    const uses = file === this.plan.target.file ? [] : [name];
    this.edits.push({ file, start, end, code: `${stay.join('')}${call}${style.semicolons ? ';' : ''}`, uses });
    this.take(document, { startIndex: start, endIndex: end });
    const { check } = unit.site;
    const asksText = this.plan.predicate !== undefined && /^(?:match|search)$/.test(check?.method ?? '');
    if (asksText && check?.subject) this.strings.push(spanOf(document, check.subject));
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
    if (this.plan.cluster) parts.push(this.validator());
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
    const asking = this.plan.cluster ? this.plan.uses.map(({ site }) => site) : sites;
    const from = sourcesText(asking, target.file);
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
      const length = sizeOf([word, 'const ', predicate!, ' = (', ...parameter, '): boolean => ', ...asked, ';']);
      const space = length > this.near.style.lineLength ? `\n${this.indent()}` : ' ';
      const result = this.isJavaScript ? `) =>${space}` : `): boolean =>${space}`;
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

  private validator(): Piece[] {
    const { plan } = this;
    const { cluster, target, validator } = plan;
    const [unit] = cluster!.units;
    const inputs = unit!.inputs.length === 1 ? [plan.argument] : [...unit!.inputs];
    const types = inputs.map((_, at) => {
      const places = cluster!.units.map(({ declared, site }) => spanOf(site.document, declared[at]!));
      return this.types.push({ kind: 'declared', places }) - 1;
    });
    const from = sourcesText(
      cluster!.units.map(({ site }) => site),
      target.file,
    );
    const lines = [validatorText(plan), ...(from ? ['', from] : [])];
    const extra = cluster!.parameters.map(({ name, kind }) => ({
      name: camel(name),
      type: kind === 'number' ? 'number' : 'string',
    }));
    const returns = unit!.returns;
    const tags: Piece[] = this.isJavaScript
      ? [
          ' *\n',
          ...inputs.flatMap((name, at): Piece[] => [' * @param {', { type: types[at]! }, `} ${name}\n`]),
          ...extra.map(({ name, type }) => ` * @param {${type}} ${name}\n`),
          ...(returns === 'boolean' ? [' * @returns {boolean}\n'] : []),
        ]
      : [];
    const doc = jsDoc(tags.length > 0 ? [...lines, ''] : lines);
    const documented: Piece[] = tags.length > 0 ? [doc.replace(/ \*\n \*\/\n$/, ''), ...tags, ' */\n'] : [doc];
    const parameters: Piece[] = inputs.flatMap((name, at): Piece[] => [
      at > 0 ? ', ' : '',
      name,
      ...(this.isJavaScript ? [] : [': ', { type: types[at]! }]),
    ]);
    for (const { name, type } of extra) parameters.push(`, ${name}${this.isJavaScript ? '' : `: ${type}`}`);
    const result: Piece[] = this.isJavaScript
      ? []
      : { boolean: [': boolean'], nothing: [': void'], value: this.returnType(types[0]!) }[returns];
    const word = this.isShown() ? this.exportWord() : '';
    const isArrow = exportsArrows(this.near);
    const head = isArrow ? `${word}const ${validator!} = (` : `${word}function ${validator!}(`;
    const replaced = this.replacedCheck(unit!);
    const body = bodyPieces(unit!, cluster!, this.comments!, inputs, replaced, this.near.style);
    return [
      ...documented,
      head,
      ...parameters,
      ')',
      ...result,
      `${isArrow ? ' =>' : ''} {\n`,
      ...body,
      `\n}${isArrow ? this.end() : ''}`,
    ];
  }

  /** As all copies say it; else the compiler infers it. */
  private returnType(input: number): Piece[] {
    const [first, ...others] = this.plan.cluster!.units.map(({ owner, site, declared }) => {
      const type = owner.childForFieldName('return_type');
      const own = declared.length === 1 ? declared[0]!.parent?.childForFieldName('type') : undefined;
      const text = type ? textOf(site.document, type).replace(/^:\s*/, '') : '';
      return own && text === textOf(site.document, own).replace(/^:\s*/, '') ? 'input' : text;
    });
    if (first === '' || others.some((one) => one !== first)) return [];
    if (first === 'input') return [': ', { type: input }];
    return /^(?:string|number|boolean|void|null|undefined|\||\s)+$/.test(first!) ? [`: ${first!}`] : [];
  }

  /** What the check of a unit becomes in the shared function. */
  private replacedCheck({
    site,
  }: Unit):
    | { readonly node: SyntaxNode; readonly before: readonly Piece[]; readonly after: readonly Piece[] }
    | undefined {
    const { check } = site;
    const { predicate, constant } = this.plan;
    if (!check) return undefined;
    const use = sharedUse(site);
    if (predicate !== undefined && use?.kind === 'predicate')
      return { node: use.node, before: [`${use.isNegated ? '!' : ''}${predicate}(`], after: [')'] };
    if (!constant) return check.held ? { node: check.given, before: this.literal(), after: [] } : undefined;
    return { node: check.given, before: [constant.name], after: [] };
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
    const { document, check } = this.plan.holder;
    const { literal } = check!;
    const isArray = literal.type === 'array' && literal.descendantsOfType(['comment', 'array', 'object']).length === 1;
    const text = textOf(document, literal);
    const room = this.near.style.lineLength - 20;
    if (!isArray || !text.includes('\n') || text.replace(/\s+/g, ' ').length > room)
      return this.copied(spanOf(document, literal), document);
    const members = literal.namedChildren.flatMap((one, at): Piece[] => [at > 0 ? ', ' : '', spanOf(document, one)]);
    return ['[', ...members, ']'];
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

  /** Takes out what only removed code asked for. */
  private removeImports(left: readonly LeftBehind[]): void {
    const { target } = this.plan;
    const needed = new Set(this.carried().map(({ local }) => local));
    const documents = new Set([...this.gone.keys(), ...left.map(({ document }) => document)]);
    for (const document of documents) {
      const gone = [...(this.gone.get(document) ?? []), ...left.filter((one) => one.document === document)];
      // In its own module the shared code takes them over.
      const keeps = ({ local }: { local: string }): boolean =>
        document.file === target.file && (needed.has(local) || this.staysUsed(document, local));
      for (const { start, end } of unusedImportSpans(document, gone, keeps))
        this.edits.push({ file: document.file, start, end, code: '', uses: [] });
    }
  }

  private staysUsed(document: Document, name: string): boolean {
    const { cluster, holder } = this.plan;
    const [unit] = cluster?.units ?? [];
    const literal = holder.check?.literal;
    return (
      (unit?.free.some((one) => textOf(unit.site.document, one) === name) ?? false) ||
      (literal !== undefined &&
        holder.document === document &&
        new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(textOf(document, literal)))
    );
  }

  /** What the shared code names that it took from where it stood. */
  private carried(): CarriedName[] {
    const { holder, target, constant, predicate, cluster, twins } = this.plan;
    if (twins) return [...twins[0]!.carried];
    const [unit] = cluster?.units ?? [];
    const isWritten = holder.check && !constant?.there && (constant || predicate !== undefined);
    const found = isWritten
      ? carriedBy(
          holder.document,
          [holder.check!.literal],
          holder.document.file === target.file,
          'pattern-not-constant',
        )
      : [];
    if (!unit) return found;
    const { check, document } = unit.site;
    // What the check names goes with it, or is shared under a name of its own.
    const free = unit.free.filter(
      (one) =>
        !(
          check &&
          (constant || predicate) &&
          check.node.startIndex <= one.startIndex &&
          one.startIndex < check.node.endIndex &&
          !isWithin(one, check.subject)
        ),
    );
    return [...found, ...carriedBy(document, free, document.file === target.file, 'other-io')];
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
    const { target, constant, predicate, validator } = this.plan;
    const own = constant?.isShared && !constant.there ? constant.name : undefined;
    const names = [own, predicate, validator].filter((one) => one !== undefined);
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

/** About how long some code will be on one line. */
function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum: number, piece) => {
    if (typeof piece === 'string') return sum + piece.length;
    if ('unless' in piece) return sum + sizeOf(piece.base);
    return sum + ('type' in piece ? 'string'.length : piece.end - piece.start);
  }, 0);
}

function isWithin(node: SyntaxNode, outer: SyntaxNode | undefined): boolean {
  return outer !== undefined && outer.startIndex <= node.startIndex && node.startIndex < outer.endIndex;
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
