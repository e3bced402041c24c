import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { OriginReader } from '../../origin';
import { PYTHON_LANGUAGE } from '../../python';
import { expressionPiece } from './expression';
import { lingering } from './lingering';
import type { Piece } from './piece';
import { isObstacle, type Obstacle, obstacle, type Site, siteOf } from './site';
import { type Span, statementsPiece } from './statements';
import { type Subject, textOf } from './subject';

/** What is longer does more than talk to the outside. */
const MAX_LINES = 30;
const MAX_STATEMENTS = 12;

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Why the other calls stay, in document order. */
  readonly obstacles: readonly Obstacle[];
}

/** Cuts the smallest closed piece around each call. */
export function piecesOf(subject: Subject, isElsewhere: boolean): Pieces {
  return new Cutter(subject, isElsewhere).cut();
}

class Cutter {
  private readonly origins: OriginReader;
  private readonly pieces: Piece[] = [];
  private readonly obstacles: Obstacle[] = [];

  constructor(
    private readonly subject: Subject,
    private readonly isElsewhere: boolean,
  ) {
    this.origins = new OriginReader(subject.document, PYTHON_LANGUAGE.table, PYTHON_LANGUAGE.rename);
  }

  cut(): Pieces {
    for (const call of this.subject.calls) {
      if (this.pieces.some(({ calls }) => calls.includes(call))) continue;
      const site = siteOf(call, this.subject);
      const piece = isObstacle(site) ? site : this.pieceAt(site);
      if (piece === undefined) continue;
      if (isObstacle(piece)) this.obstacles.push(piece);
      else if (this.pieces.some((one) => areMixed(one, piece))) this.addWithin(piece);
      else this.pieces.push(piece);
    }
    return { pieces: this.pieces, obstacles: this.obstacles };
  }

  /** Two blocks in one another cannot both be indented anew: of the inner one only the call that opens it moves. */
  private addWithin({ site }: Piece): void {
    const opening = site.call.kind === 'file' ? expressionPiece(site, this.subject, this.isElsewhere) : undefined;
    const isFree = opening && !isObstacle(opening) && !this.pieces.some((one) => areMixed(one, opening));
    if (isFree) this.pieces.push(opening);
    else {
      const { start, end } = site.call;
      this.obstacles.push(obstacle('rewritten-block', this.subject, { startIndex: start, endIndex: end }));
    }
  }

  /** Undefined for a call of a handle whose making moves: it is asked where it was. */
  private pieceAt(site: Site): Piece | Obstacle | undefined {
    const opened = this.withAround(site);
    if (opened) {
      const piece = this.blockPiece(site, opened);
      if (!isObstacle(piece)) return piece;
      // The call that opens a file can be asked elsewhere, and its block stays.
      if (this.isItem(site.node, opened)) return expressionPiece(site, this.subject, this.isElsewhere);
      return piece;
    }
    if (this.isHandle(site)) return undefined;
    if (site.call.kind === 'http') {
      const piece = this.answerPiece(site);
      if (piece) return piece;
    }
    return expressionPiece(site, this.subject, this.isElsewhere);
  }

  /** The `with` that makes what the call is made on, or whose item the call is; of nested ones the outermost. */
  private withAround(site: Site): SyntaxNode | undefined {
    let found: SyntaxNode | undefined;
    let at: SyntaxNode | undefined = this.itemAround(site.node) ?? this.makerOf(site.callee);
    while (at) {
      found = at;
      const value = this.itemsOf(at)[0]?.namedChild(0);
      const call = value?.type === 'as_pattern' ? value.firstNamedChild : value;
      const callee = call?.type === 'call' ? call.childForFieldName('function') : undefined;
      at = callee ? this.makerOf(callee) : undefined;
    }
    return found;
  }

  private itemsOf(statement: SyntaxNode): readonly SyntaxNode[] {
    const clause = statement.namedChildren.find((one) => one.type === 'with_clause');
    return clause?.namedChildren.filter((one) => one.type === 'with_item') ?? [];
  }

  /** The `with` whose item a call is. */
  private itemAround(node: SyntaxNode): SyntaxNode | undefined {
    const outer = node.parent?.type === 'as_pattern' ? node.parent : node;
    const item = outer.parent?.type === 'with_item' ? outer.parent : undefined;
    return item?.parent?.type === 'with_clause' ? (item.parent.parent ?? undefined) : undefined;
  }

  private isItem(node: SyntaxNode, statement: SyntaxNode): boolean {
    return this.itemAround(node)?.id === statement.id;
  }

  /** The `with` that binds the object on which a callee is called. */
  private makerOf(callee: SyntaxNode): SyntaxNode | undefined {
    let root: SyntaxNode | null = callee;
    while (root && root.type !== 'identifier') {
      if (root.type === 'attribute') root = root.childForFieldName('object');
      else return undefined;
    }
    const binding = root && (this.subject.model.bindingAt(root.startIndex) as PythonBinding | undefined);
    if (!root || !binding || binding.scope.kind !== 'function') return undefined;
    for (const { start } of binding.writes) {
      const target = this.subject.document.root.namedDescendantForIndex(start, start);
      const pattern = target?.parent?.type === 'as_pattern_target' ? target.parent.parent : undefined;
      const statement = pattern && this.itemAround(pattern.firstNamedChild ?? pattern);
      if (statement && statement.startIndex < root.startIndex && root.endIndex <= statement.endIndex) return statement;
    }
    return undefined;
  }

  /** A `with` block up to where its objects are asked last; what follows in the block stays, outside of it. */
  private blockPiece(site: Site, statement: SyntaxNode): Piece | Obstacle {
    const { document, model } = this.subject;
    const body = statement.childForFieldName('body');
    const inline = body && document.source.lineAt(body.startIndex) === document.source.lineAt(statement.startIndex);
    if (!body || inline || !isStatement(statement)) return this.interleaved(statement, site);
    const statements = body.namedChildren.filter((one) => one.type !== 'comment');
    const targets = this.itemsOf(statement).flatMap((item) =>
      item.descendantsOfType('as_pattern_target').flatMap((one) => one.descendantsOfType('identifier')),
    );
    const bindings = targets.flatMap((one) => (model.bindingAt(one.startIndex) as PythonBinding | undefined) ?? []);
    const open = lingering(bindings, statements, this.subject);
    const uses = [...(open ?? bindings)].flatMap(({ reads }) => [...reads]).map(({ start }) => start);
    const lastUse = Math.max(site.node.endIndex - 1, ...uses.filter((at) => at < statement.endIndex));
    let count = statements.findIndex((one) => one.endIndex > lastUse) + 1;
    if (count === 0) count = site.node.startIndex < body.startIndex && bindings.length === 0 ? statements.length : 0;
    if (count === 0) return this.interleaved(statement, site);
    const choices = this.answers(statements, count);
    let problem: Obstacle | undefined;
    for (const upTo of choices) {
      const rest = statements.slice(upTo);
      if (rest.length > 0 && (!open || !this.mayCloseEarly(statement))) continue;
      const end = rest.length > 0 ? statements[upTo - 1]!.endIndex : statement.endIndex;
      const span: Span = { statements: [statement], start: statement.startIndex, end, rest };
      if (this.isLong(span)) {
        problem ??= this.interleaved(statement, site);
        continue;
      }
      const longer = rest.length === 0 ? this.withAnswer(site, statement, statements) : undefined;
      if (longer) return longer;
      const piece = this.statements(site, span);
      if (!isObstacle(piece)) return { ...piece, site: this.mainSite(piece) };
      problem ??= piece;
    }
    return problem ?? this.interleaved(statement, site);
  }

  /** The whole block with the statements behind it that only look at the answer, where nothing else needs that. */
  private withAnswer(site: Site, statement: SyntaxNode, inner: readonly SyntaxNode[]): Piece | undefined {
    const siblings = statement.parent!.namedChildren.filter(
      (one) => one.type !== 'comment' && one.startIndex > statement.startIndex,
    );
    let count = 0;
    while (count < siblings.length && this.looksAtAnswer(siblings[count]!, [...inner, ...siblings.slice(0, count)]))
      count++;
    if (count === 0) return undefined;
    const taken = [statement, ...siblings.slice(0, count)];
    const span: Span = { statements: taken, start: statement.startIndex, end: taken.at(-1)!.endIndex, rest: [] };
    const piece = this.isLong(span) ? undefined : this.statements(site, span);
    if (!piece || isObstacle(piece)) return undefined;
    const isKept = piece.outputs.some(({ write }) => write.start < statement.endIndex);
    return isKept ? undefined : { ...piece, site: this.mainSite(piece) };
  }

  /** A block that opens a file for a process is about the process. */
  private mainSite({ site, calls }: Piece): Site {
    const other =
      site.call.kind === 'file' ? calls.find(({ kind }) => kind !== 'file' && kind !== 'database') : undefined;
    const main = other && siteOf(other, this.subject);
    return main && !isObstacle(main) ? main : site;
  }

  private interleaved(statement: SyntaxNode, site: Site): Obstacle {
    const { source } = this.subject.document;
    return obstacle(
      'interleaved-block',
      this.subject,
      { startIndex: site.call.start, endIndex: site.call.end },
      {
        block: source.lineAt(statement.startIndex) + 1,
      },
    );
  }

  /** Whether a block does more than talk to the outside. */
  private isLong({ statements, start, end }: Span): boolean {
    const { source } = this.subject.document;
    const simple = statements
      .flatMap((one) => one.descendantsOfType(['expression_statement', 'return_statement', 'raise_statement']))
      .filter((one) => one.startIndex < end);
    return source.lineAt(end) - source.lineAt(start) >= MAX_LINES || simple.length > MAX_STATEMENTS;
  }

  /**
   * How many statements of a block to take: those that look at the answer as well (`raise_for_status()`, `x = response.json()`), and if
   * that does not do, those up to the last use of the client alone.
   */
  private answers(statements: readonly SyntaxNode[], count: number): number[] {
    let upTo = count;
    while (upTo < statements.length && this.looksAtAnswer(statements[upTo]!, statements.slice(0, upTo))) upTo++;
    // `return data` behind it comes from the method as well.
    const isReturn =
      upTo === statements.length - 1 && /^return \w+$/.test(textOf(this.subject.document, statements[upTo]!));
    return [...new Set([...(isReturn ? [statements.length] : []), upTo, count])];
  }

  /** `response.raise_for_status()`, `data = response.json()`, `return response.json()`: nothing but the answer is named. */
  private looksAtAnswer(statement: SyntaxNode, before: readonly SyntaxNode[]): boolean {
    const { document, model } = this.subject;
    const text = textOf(document, statement);
    const value = statement.type === 'return_statement' ? statement.firstNamedChild : statement.firstNamedChild;
    if (!/^(?:expression_statement|return_statement)$/.test(statement.type) || !value) return false;
    const match =
      /^(?:[A-Za-z_]\w*(?:\s*:[^=]+)?\s*=\s*|return\s+)?(?:await\s+)?([A-Za-z_]\w*)\.(?:raise_for_status\(\)|json\(\)|text|content|text\(\)|read\(\))$/.exec(
        text,
      );
    if (!match) return false;
    const [first] = before;
    const at = statement.startIndex + text.lastIndexOf(`${match[1]}.`);
    const binding = model.bindingAt(at);
    return binding?.writes.some(({ start }) => first!.startIndex <= start && start < statement.startIndex) ?? false;
  }

  /** Whether it makes no difference when a block ends before the statements that name none of its objects. */
  private mayCloseEarly(statement: SyntaxNode): boolean {
    return this.itemsOf(statement).every((item) => {
      const value = item.firstNamedChild;
      const made = value?.type === 'as_pattern' ? value.firstNamedChild : value;
      const callee = made?.type === 'call' ? made.childForFieldName('function') : undefined;
      const path = callee && this.origins.ofCallee(callee)?.path;
      if (!path) return false;
      const isOpen = /^(?:builtins|io|gzip|bz2|lzma|codecs)\.open$/.test(path);
      if (isOpen || path.endsWith('Path.open')) return this.isForReading(made!, isOpen ? 1 : 0);
      return /^(?:httpx|requests|aiohttp)\.(?:AsyncClient|Client|Session|session|ClientSession)$/.test(path);
    });
  }

  /** @param position of the mode among the arguments of an `open` */
  private isForReading(open: SyntaxNode, position: number): boolean {
    const { document } = this.subject;
    const args = open.childForFieldName('arguments')!.namedChildren.filter((one) => one.type !== 'comment');
    if (args.some((one) => /splat/.test(one.type))) return false;
    const named = args.find((one) => one.type === 'keyword_argument' && textOf(document, one).startsWith('mode'));
    const plain = args[position]?.type === 'keyword_argument' ? undefined : args[position];
    const mode = named?.childForFieldName('value') ?? plain;
    return !mode || /^["'][rbtU]+["']$/.test(textOf(document, mode));
  }

  /** `response = requests.get(...)` with the statements behind it that only look at the answer. */
  private answerPiece(site: Site): Piece | undefined {
    const assignment = site.node.parent;
    const statement = assignment?.parent;
    if (assignment?.type !== 'assignment' || statement?.type !== 'expression_statement' || !isStatement(statement))
      return undefined;
    const statements = statement.parent!.namedChildren.filter((one) => one.type !== 'comment');
    const first = statements.findIndex((one) => one.id === statement.id);
    let last = first + 1;
    while (last < statements.length && this.looksAtAnswer(statements[last]!, statements.slice(first, last))) last++;
    if (last === first + 1) return undefined;
    const taken = statements.slice(first, last);
    const span: Span = { statements: taken, start: statement.startIndex, end: taken.at(-1)!.endIndex, rest: [] };
    const piece = this.statements(site, span);
    const answer = this.subject.model.bindingAt(assignment.startIndex);
    return isObstacle(piece) || piece.outputs.some(({ binding }) => binding === answer) ? undefined : piece;
  }

  private statements(site: Site, span: Span): Piece | Obstacle {
    const { receiver } = site;
    const around = holderOf(site.node);
    if (around?.id !== site.method.id && receiver !== undefined)
      return obstacle('not-movable', this.subject, { startIndex: span.start, endIndex: span.end });
    return statementsPiece(site, span, this.subject, this.isElsewhere);
  }

  /** `process.wait()`, where the process is started by a call of this class: the handle is asked where it was. */
  private isHandle({ call, callee }: Site): boolean {
    if (call.kind !== 'process' || callee.type !== 'attribute') return false;
    const object = callee.childForFieldName('object')!;
    if (!/^(?:identifier|attribute)$/.test(object.type)) return false;
    const root = this.subject.model.qualifiedName(object);
    return !root || !/^(?:subprocess|os|signal|psutil|asyncio|anyio|trio|pexpect)\b/.test(root.path);
  }
}

/** Whether two pieces want the same text. One that has no rest of its own may stand in the rest of another. */
function areMixed(one: Piece, other: Piece): boolean {
  const isInRest = (inner: Piece, outer: Piece): boolean =>
    inner.rest.length === 0 && inner.localImports.length === 0 && inner.start >= outer.end;
  if (isInRest(other, one) || isInRest(one, other) || isInInput(other, one) || isInInput(one, other)) return false;
  return one.start < extentEnd(other) && other.start < extentEnd(one);
}

/** Whether a piece is one expression within what another one is handed. */
export function isInInput({ expression, start, end }: Piece, outer: Piece): boolean {
  return expression !== undefined && outer.inputs.some(({ node }) => node.startIndex <= start && end <= node.endIndex);
}

/** What stays of a block is written anew as well. */
function extentEnd({ end, rest }: Piece): number {
  return Math.max(end, ...rest.map((one) => one.endIndex));
}

/** Whether a node stands as a statement on lines of its own. */
function isStatement(node: SyntaxNode): boolean {
  return node.parent?.type === 'block' && node.parent.parent?.type !== 'class_definition';
}

function holderOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (at.type === 'function_definition' || at.type === 'lambda') return at;
  return undefined;
}
