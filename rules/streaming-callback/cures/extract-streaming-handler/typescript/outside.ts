import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { callExpression } from '../../../../../core/edit/typescript/format';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import { brokenChains, closedArguments } from './layout';
import { enclosing, endWithComment, indentAt, isIn, isLineStart, startWithComments } from './nodes';
import type { Parameter } from './parameters';
import { fieldsOf, type Plan, type Wrapper } from './plan';
import type { Handler } from './site';
import type { Types } from './types';

/** Changes the functions around: makes the object, hands its methods on, and asks it for the state. */
export class Outside {
  private readonly gone: ts.Statement[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly types: Types,
  ) {}

  write(parameters: readonly Parameter[]): void {
    const { plan } = this;
    const { site, roles, at } = plan;
    for (const one of fieldsOf(plan)) {
      const role = roles.get(one.symbol)!;
      if (role.kind === 'field') this.dropVariable(one.declaration as ts.VariableDeclaration);
      else if (role.kind === 'given' && role.initial.kind !== 'kept')
        this.dropVariable(one.declaration as ts.VariableDeclaration);
      else if (role.kind === 'given' && !(role.initial.kind === 'kept' && role.initial.isBoundAgain))
        this.fix(one.declaration);
    }
    const statement = site.home.block.statements[at]!;
    this.create(statement, parameters);
    for (const one of site.handlers) this.handOn(one, statement);
    this.breakChains();
    this.dropStatements();
    this.renameState();
  }

  private get edits() {
    return this.plan.site.context.edits;
  }

  private get file(): string {
    return this.plan.site.source.file;
  }

  private create(statement: ts.Statement, parameters: readonly Parameter[]): void {
    const { plan, types } = this;
    const { source, args } = plan.site;
    const { style, text, node: root } = source;
    const indent = indentAt(text, statement.getStart(root));
    const generic = isJavaScript(source.file) ? [] : types.parameters.map(({ name }) => name.text);
    const named = `${args.className}${generic.length > 0 ? `<${generic.join(', ')}>` : ''}`;
    const head = `const ${args.variable} = `;
    const values = parameters.map(({ value }) => value);
    const flat = Fragment.of(head, `new ${named}(`, Fragment.join(values, ', '), ')');
    const room = style.lineLength - indent.length - (style.semicolons ? 1 : 0);
    const broken = callExpression(`${head}new ${named}`, values.map(String), {
      style,
      indentation: indent,
    });
    const made = flat.length <= room ? flat : broken.replaceAll('\n', `\n${indent}`);
    const code = Fragment.of(...this.commentsOfGiven(indent), made);
    const end = style.semicolons ? ';' : '';
    if (plan.isInPlace)
      this.edits.replace(this.file, startWithComments(statement, text), statement.end, Fragment.of(code, end));
    else {
      const from = startWithComments(statement, text);
      const isOwnLine = isLineStart(text, from);
      this.edits.insert(this.file, from, Fragment.of(code, end, isOwnLine ? `\n${indent}` : ' '));
    }
  }

  /** Comments on variables that go and become no field of their own: their values are said where the object is made. */
  private commentsOfGiven(indent: string): Fragment[] {
    const { plan } = this;
    const { file, text, node: root } = plan.site.source;
    const isField = (statement: ts.Statement): boolean =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.length === 1 &&
      fieldsOf(plan).some(
        ({ declaration, symbol }) =>
          declaration === statement.declarationList.declarations[0] && plan.roles.get(symbol)!.kind === 'field',
      );
    return this.gone
      .filter((one) => !isField(one))
      .sort((a, b) => a.pos - b.pos)
      .flatMap((statement) => {
        const ranges = [
          ...(ts.getLeadingCommentRanges(text, statement.pos) ?? []).filter(
            ({ pos }) => pos >= startWithComments(statement, text) && pos < statement.getStart(root),
          ),
          ...(ts.getTrailingCommentRanges(text, statement.end) ?? []).filter(
            ({ end }) => end <= endWithComment(statement, text),
          ),
        ];
        return ranges.map(({ pos, end }) =>
          Fragment.of(Fragment.copy({ file, source: { text } }, pos, end), `\n${indent}`),
        );
      });
  }

  private handOn(handler: Handler, at: ts.Statement): void {
    const { source } = this.plan.site;
    const { callback, named } = handler;
    const wrapper = this.plan.wrappers.get(handler);
    const member = `${this.plan.site.args.variable}.${handler.method}`;
    if (wrapper) {
      this.edits.replace(
        this.file,
        callback.getStart(source.node),
        callback.end,
        this.wrapperCode(handler, wrapper, member),
      );
      return;
    }
    if (named?.statement) {
      for (const use of named.uses) if (!this.isMoved(use)) this.rename(use, member);
      if (named.statement !== at) this.gone.push(named.statement);
      return;
    }
    const start = callback.getStart(source.node);
    const key = ts.isMethodDeclaration(callback) ? `${callback.name.getText(source.node)}: ` : '';
    const closed = closedArguments(callback, member, source, (node) => this.isTouched(node));
    if (closed) this.edits.replace(this.file, closed.start, closed.end, closed.text);
    else this.edits.replace(this.file, start, callback.end, `${key}${member}`);
  }

  /** Whether a node holds a callback, or names what becomes a member. */
  private isTouched(node: ts.Node): boolean {
    const { state, handlers } = this.plan.site;
    const uses = [...state.flatMap(({ uses }) => uses), ...handlers.flatMap(({ named }) => named?.uses ?? [])];
    return [...uses, ...handlers.map(({ callback }) => callback)].some((one) => isIn(one, node));
  }

  /** Chains of calls that hand methods on. */
  private breakChains(): void {
    const { handlers, source } = this.plan.site;
    const gone = handlers.filter((one) => !this.plan.wrappers.has(one) && !one.named?.statement);
    const edits = brokenChains(
      gone.map(({ callback }) => callback),
      source,
    );
    for (const { start, text } of edits) this.edits.insert(this.file, start, text);
  }

  /** A function in the callback's place, which hands on what the object does not know. */
  private wrapperCode(handler: Handler, { passed, passesThis }: Wrapper, member: string): Fragment {
    const { source } = this.plan.site;
    const { callback } = handler;
    const root = source.node;
    const own = callback.parameters.filter(({ name }) => name.getText(root) !== 'this');
    const document = { file: this.file, source: { text: source.text } };
    const names = own.map((one, at) =>
      ts.isIdentifier(one.name) ? one.name.text : `${callback.parameters.length > 1 ? `value${at + 1}` : 'value'}`,
    );
    const heads = own.map((one, at) => {
      const rest = one.dotDotDotToken ? '...' : '';
      const isOptional = one.questionToken !== undefined || (one.initializer !== undefined && one.type !== undefined);
      const type = one.type ? Fragment.of(': ', Fragment.copy(document, one.type.getStart(root), one.type.end)) : '';
      return Fragment.of(`${rest}${names[at]}${isOptional && !isJavaScript(this.file) ? '?' : ''}`, type);
    });
    const values = [
      ...(passesThis ? ['this'] : []),
      ...passed.map(({ name }) => name),
      ...own.map((one, at) => `${one.dotDotDotToken ? '...' : ''}${names[at]}`),
    ];
    const call = `${member}(${values.join(', ')})`;
    const list = Fragment.join(heads, ', ');
    const end = source.style.semicolons ? ';' : '';
    if (ts.isArrowFunction(callback)) {
      const isBare =
        own.length === 1 &&
        !own[0]!.type &&
        !own[0]!.dotDotDotToken &&
        isJavaScript(this.file) &&
        /^\w+\s*=>/.test(callback.getText(root).replace(/^async\s+/, ''));
      return isBare ? Fragment.of(list, ` => ${call}`) : Fragment.of('(', list, `) => ${call}`);
    }
    const receiver = callback.parameters.find(({ name }) => name.getText(root) === 'this');
    const first = receiver
      ? Fragment.of(Fragment.copy(document, receiver.getStart(root), receiver.end), heads.length > 0 ? ', ' : '')
      : '';
    const returned = callback.type
      ? Fragment.of(': ', Fragment.copy(document, callback.type.getStart(root), callback.type.end))
      : '';
    const indent = indentAt(source.text, callback.getStart(root));
    const body = `{\n${indent}${source.style.indent}return ${call}${end}\n${indent}}`;
    if (ts.isMethodDeclaration(callback))
      return Fragment.of(callback.name.getText(root), '(', first, list, ')', returned, ` ${body}`);
    if (!passesThis && ts.isFunctionExpression(callback)) return Fragment.of('(', list, `) => ${call}`);
    const name = ts.isFunctionDeclaration(callback)
      ? Fragment.copy(document, callback.name!.getStart(root), callback.name!.end)
      : '';
    return Fragment.of('function ', name, '(', first, list, ')', returned, ` ${body}`);
  }

  /** Uses of the state that are not in the class and run when the object is there. */
  private renameState(): void {
    const { site, at } = this.plan;
    const { variable } = site.args;
    const place = site.home.block.statements[at]!.getStart(site.source.node);
    for (const one of site.state)
      for (const use of one.uses) {
        const isBefore = enclosing(use) === site.home.fn && use.end <= place;
        if (this.isMoved(use) || isBefore) continue;
        this.rename(use, `${variable}.${one.name}`);
      }
  }

  private isMoved(node: ts.Node): boolean {
    return this.plan.site.handlers.some(({ callback }) => isIn(node, callback));
  }

  private rename(use: ts.Identifier, code: string): void {
    const isShort = ts.isShorthandPropertyAssignment(use.parent) && use.parent.name === use;
    const start = use.getStart(this.plan.site.source.node);
    this.edits.replace(this.file, start, use.end, isShort ? `${use.text}: ${code}` : code);
  }

  /** A variable that is bound no more. */
  private fix(declaration: ts.Node): void {
    const statement = ts.findAncestor(declaration, ts.isVariableStatement);
    if (!statement || !ts.isVariableDeclaration(declaration)) return;
    const { source } = this.plan.site;
    const { declarationList } = statement;
    const start = declarationList.getStart(source.node);
    if (declarationList.declarations.length > 1 || !source.text.startsWith('let', start)) return;
    if (declaration.initializer) this.edits.replace(this.file, start, start + 'let'.length, 'const');
  }

  private readonly parted = new Map<ts.VariableDeclarationList, ts.VariableDeclaration[]>();

  private dropVariable(declaration: ts.VariableDeclaration): void {
    const list = declaration.parent as ts.VariableDeclarationList;
    const known = [...(this.parted.get(list) ?? []), declaration];
    this.parted.set(list, known);
    if (known.length === list.declarations.length) this.gone.push(list.parent as ts.VariableStatement);
  }

  private dropStatements(): void {
    const { text, node: root } = this.plan.site.source;
    for (const [list, dropped] of this.parted) {
      const { declarations } = list;
      if (dropped.length === declarations.length) continue;
      const kept = declarations.findLast((one) => !dropped.includes(one))!;
      for (const [index, one] of declarations.entries())
        if (one.pos < kept.pos && dropped.includes(one))
          this.edits.remove(this.file, one.getStart(root), declarations[index + 1]!.getStart(root));
      if (kept.end < declarations.end) this.edits.remove(this.file, kept.end, declarations.at(-1)!.end);
    }
    const spans: { start: number; end: number }[] = [];
    for (const one of this.gone.sort((a, b) => a.pos - b.pos)) {
      const from = startWithComments(one, text);
      const start = isLineStart(text, from) ? from - indentAt(text, from).length : from;
      const stop = endWithComment(one, text);
      const behind = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(stop))?.[0] ?? '';
      const span = { start, end: stop + behind.length };
      const last = spans.at(-1);
      if (last && /^\s*$/.test(text.slice(last.end, span.start))) last.end = span.end;
      else spans.push(span);
    }
    for (const { start, end } of spans) {
      // Of two blank lines one stays, and none at the start of a block.
      const isOpen = /(?:\{|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
      const blank = isOpen ? (/^(?:[ \t]*\r?\n)+/.exec(text.slice(end))?.[0].length ?? 0) : 0;
      this.edits.remove(this.file, start, end + blank);
    }
  }
}
