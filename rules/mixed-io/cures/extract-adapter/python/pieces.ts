import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { isHandedTo, type Pieces } from '../piece';
import { type Cutting, cut } from '../pieces';
import { isObstacle, type Obstacle, obstacleOf } from '../site';
import { lineAt } from '../subject';
import { answers, looksAtAnswer } from './answers';
import { expressionPiece } from './expression';
import { fileBlockOf, isProtocol, roleIn } from './file-blocks';
import { isHandle, isOpening } from './handles';
import { lingering } from './lingering';
import type { Piece } from './piece';
import { type Site, siteOf } from './site';
import { holderOf, type Span } from './span';
import { isSpecific, TAKES_COMMAND } from './specific';
import { statementsPiece } from './statements';
import type { Subject } from './subject';
import { WithBlocks } from './with-blocks';

/** What is longer does more than talk to the outside. */
const MAX_LINES = 30;
const MAX_STATEMENTS = 12;
/** Who hands more over puts the request together here. */
const MAX_INPUTS = 5;

/** Cuts the smallest closed piece around each call. */
export function piecesOf(subject: Subject, isElsewhere: boolean): Pieces<Piece> {
  return cut(subject, new Cutter(subject, isElsewhere));
}

class Cutter implements Cutting<Site, Piece> {
  private readonly blocks: WithBlocks;

  constructor(
    private readonly subject: Subject,
    private readonly isElsewhere: boolean,
  ) {
    this.blocks = new WithBlocks(subject);
  }

  siteOf(call: IoCall): Site | Obstacle {
    return siteOf(call, this.subject);
  }

  pieceAt(site: Site, others: readonly Piece[]): Piece | Obstacle | undefined {
    const piece = this.closedPiece(site);
    if (!piece || isObstacle(piece) || !others.some((one) => areMixed(one, piece))) return piece;
    // Two blocks in one another cannot both be indented anew.
    return obstacleOf('rewritten-block', this.subject, piece.site.call);
  }

  /** Undefined for a call of a handle whose making moves. */
  private closedPiece(site: Site): Piece | Obstacle | undefined {
    const opened = this.blocks.around(site);
    if (opened) {
      const piece = this.blockPiece(site, opened);
      if (!isObstacle(piece) || site.call.kind === 'file') return piece;
      // The call that starts a process or opens an answer can be asked elsewhere, and its block stays.
      if (this.blocks.isItem(site.node, opened)) return this.expression(site);
      return piece;
    }
    if (isHandle(site, this.subject)) return undefined;
    if (isOpening(site.call)) return obstacleOf('opens-handle', this.subject, site.call);
    if (site.call.kind === 'http') {
      const piece = this.answerPiece(site);
      if (piece) return piece;
    }
    return this.expression(site);
  }

  /** A command or URL of which nothing certain is known is handed over as it stands. */
  private expression(site: Site): Piece | Obstacle {
    const { subject, isElsewhere } = this;
    const found = expressionPiece(site, subject, isElsewhere, isSpecific(site, subject) ? 'parts' : 'first');
    if (isObstacle(found) || found.inputs.length <= MAX_INPUTS) return found;
    return expressionPiece(site, subject, isElsewhere, 'all');
  }

  /** A `with` block up to where its objects are asked last; what follows in the block stays, outside of it. */
  private blockPiece(site: Site, statement: SyntaxNode): Piece | Obstacle {
    const { document, model } = this.subject;
    const body = statement.childForFieldName('body');
    const inline = body && document.source.lineAt(body.startIndex) === document.source.lineAt(statement.startIndex);
    if (!body || inline || !isStatement(statement)) return this.interleaved(statement, site);
    const statements = body.namedChildren.filter((one) => one.type !== 'comment');
    const targets = this.blocks
      .itemsOf(statement)
      .flatMap((item) =>
        item.descendantsOfType('as_pattern_target').flatMap((one) => one.descendantsOfType('identifier')),
      );
    const bindings = targets.flatMap((one) => model.bindingAt(one.startIndex) ?? []);
    const open = lingering(bindings, statements, this.subject);
    const uses = [...(open ?? bindings)].flatMap(({ reads }) => [...reads]).map(({ start }) => start);
    const lastUse = Math.max(site.node.endIndex - 1, ...uses.filter((at) => at < statement.endIndex));
    let count = statements.findIndex((one) => one.endIndex > lastUse) + 1;
    if (count === 0) count = site.node.startIndex < body.startIndex && bindings.length === 0 ? statements.length : 0;
    if (count === 0) return this.interleaved(statement, site);
    const choices = answers(statements, count, this.subject);
    let problem: Obstacle | undefined;
    for (const upTo of choices) {
      const rest = statements.slice(upTo);
      if (rest.length > 0 && (!open || !this.blocks.mayCloseEarly(statement))) continue;
      const end = rest.length > 0 ? statements[upTo - 1]!.endIndex : statement.endIndex;
      const span: Span = { statements: [statement], start: statement.startIndex, end, rest };
      if (isLong(span, this.subject)) {
        problem ??= this.interleaved(statement, site);
        continue;
      }
      const longer = rest.length === 0 ? this.withAnswer(site, statement, statements) : undefined;
      if (longer) return longer;
      const piece = this.statements(site, span);
      const thin = isObstacle(piece) ? piece : this.thin(piece);
      if (thin && !isObstacle(thin)) return thin;
      problem ??= thin ?? this.interleaved(statement, site);
    }
    return problem ?? this.interleaved(statement, site);
  }

  /** The whole block with the statements behind it that only look at the answer, where nothing else needs that. */
  private withAnswer(site: Site, statement: SyntaxNode, inner: readonly SyntaxNode[]): Piece | undefined {
    const siblings = statement.parent!.namedChildren.filter(
      (one) => one.type !== 'comment' && one.startIndex > statement.startIndex,
    );
    let count = 0;
    while (
      count < siblings.length &&
      looksAtAnswer(siblings[count]!, [...inner, ...siblings.slice(0, count)], this.subject)
    )
      count++;
    if (count === 0) return undefined;
    const taken = [statement, ...siblings.slice(0, count)];
    const span: Span = { statements: taken, start: statement.startIndex, end: taken.at(-1)!.endIndex, rest: [] };
    const piece = isLong(span, this.subject) ? undefined : this.statements(site, span);
    if (!piece || isObstacle(piece)) return undefined;
    const isKept = piece.outputs.some(({ write }) => write.start < statement.endIndex);
    return isKept ? undefined : this.thin(piece);
  }

  /** A block that is one operation on a file, or talks to a service or process and decides nothing; undefined for all others. */
  private thin(piece: Piece): Piece | undefined {
    const found = { ...piece, site: this.mainSite(piece) };
    if (found.site.call.kind !== 'file')
      return isProtocol(found, this.subject) && found.inputs.length <= MAX_INPUTS ? found : undefined;
    const block = fileBlockOf(found, this.subject);
    if (!block) return undefined;
    const used = new Set(found.names);
    const inputs = found.inputs.map((input) => {
      const role = roleIn(block, input, found, this.subject);
      const name = role !== undefined && !used.has(role) ? role : input.name;
      used.add(name);
      return { ...input, name };
    });
    return { ...found, inputs };
  }

  /** A block that opens a file for a process is about the process. */
  private mainSite({ site, calls }: Piece): Site {
    // A process that is looked at, or sent a signal, is no business of a file.
    const isAbout = ({ kind, path }: IoCall): boolean =>
      kind === 'process' ? TAKES_COMMAND.test(path) : kind !== 'file' && kind !== 'database';
    const other = site.call.kind === 'file' ? calls.find(isAbout) : undefined;
    const main = other && siteOf(other, this.subject);
    return main && !isObstacle(main) ? main : site;
  }

  private interleaved(statement: SyntaxNode, site: Site): Obstacle {
    return obstacleOf('interleaved-block', this.subject, site.call, {
      block: lineAt(this.subject.document, statement.startIndex),
    });
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
    while (last < statements.length && looksAtAnswer(statements[last]!, statements.slice(first, last), this.subject))
      last++;
    if (last === first + 1) return undefined;
    const taken = statements.slice(first, last);
    const span: Span = { statements: taken, start: statement.startIndex, end: taken.at(-1)!.endIndex, rest: [] };
    const piece = this.statements(site, span);
    const answer = this.subject.model.bindingAt(assignment.startIndex);
    if (isObstacle(piece) || piece.outputs.some(({ binding }) => binding === answer)) return undefined;
    return this.thin(piece);
  }

  private statements(site: Site, span: Span): Piece | Obstacle {
    const { receiver } = site;
    const around = holderOf(site.node);
    if (around?.id !== site.method.id && receiver !== undefined) return obstacleOf('not-movable', this.subject, span);
    return statementsPiece(site, span, this.subject, this.isElsewhere);
  }
}

/** Whether a block does more than talk to the outside. */
function isLong({ statements, start, end }: Span, { document: { source } }: Subject): boolean {
  if (source.lineAt(end) - source.lineAt(start) >= MAX_LINES) return true;
  const simple = statements
    .flatMap((one) => one.descendantsOfType(['expression_statement', 'return_statement', 'raise_statement']))
    .filter((one) => one.startIndex < end);
  return simple.length > MAX_STATEMENTS;
}

/** Whether two pieces want the same text. One that has no rest of its own may stand in the rest of another. */
function areMixed(one: Piece, other: Piece): boolean {
  const isInRest = (inner: Piece, outer: Piece): boolean =>
    inner.rest.length === 0 && inner.localImports.length === 0 && inner.start >= outer.end;
  if (isInRest(other, one) || isInRest(one, other) || isInInput(other, one) || isInInput(one, other)) return false;
  return one.start < extentEnd(other) && other.start < extentEnd(one);
}

/** Whether a piece is one expression within what another one is handed. */
export function isInInput(inner: Piece, outer: Piece): boolean {
  return inner.expression !== undefined && isHandedTo(outer, inner);
}

/** What stays of a block is written anew as well. */
function extentEnd({ end, rest }: Piece): number {
  return Math.max(end, ...rest.map((one) => one.endIndex));
}

/** Whether a node stands as a statement on lines of its own. */
function isStatement(node: SyntaxNode): boolean {
  return node.parent?.type === 'block' && node.parent.parent?.type !== 'class_definition';
}
