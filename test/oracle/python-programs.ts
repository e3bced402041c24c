/** Small Python functions that can be written as text and run without Python: what flows in them is seen, not computed. */
export type Statement =
  | { readonly kind: 'assign'; readonly target: string; readonly read: string }
  | { readonly kind: 'break' | 'continue' }
  | { readonly kind: 'return' | 'raise'; readonly read: string }
  | { readonly kind: 'delete'; readonly target: string }
  | { readonly kind: 'if'; readonly read: string; readonly body: Statement[]; readonly otherwise?: Statement[] }
  | {
      readonly kind: 'while' | 'for' | 'with';
      readonly read: string;
      readonly target: string;
      /** `while True`. */
      readonly endless: boolean;
      readonly body: Statement[];
      readonly otherwise?: Statement[];
    }
  | {
      readonly kind: 'try';
      readonly body: Statement[];
      readonly handler?: Statement[];
      readonly otherwise?: Statement[];
      readonly final?: Statement[];
    };

export interface Program {
  readonly parameters: readonly string[];
  readonly body: Statement[];
  readonly choice: readonly [number, number, number];
}

interface Chosen {
  readonly block: Statement[];
  readonly first: number;
  readonly last: number;
}

/** Every block of a program, the outermost first, with its being in a loop or not: `break` needs one. */
function blocksOf(statements: Statement[], into: Statement[][] = []): Statement[][] {
  into.push(statements);
  for (const statement of statements) {
    for (const value of Object.values(statement)) if (Array.isArray(value)) blocksOf(value as Statement[], into);
  }
  return into;
}

function chosen({ body, choice }: Program): Chosen {
  const blocks = blocksOf(body);
  const block = blocks[choice[0] % blocks.length]!;
  const first = choice[1] % block.length;
  return { block, first, last: first + (choice[2] % (block.length - first)) };
}

/** The text of a program, and where its range stands. `break` outside loops becomes `pass`, as it does when it is run. */
export function writeProgram(program: Program): { text: string; start: number; end: number } {
  const range = chosen(program);
  let text = `def f(${program.parameters.join(', ')}):\n`;
  let start = 0;
  let end = 0;
  const write = (statements: Statement[], indent: string, looped: boolean): void => {
    statements.forEach((statement, index) => {
      if (statements === range.block && index === range.first) start = text.length + indent.length;
      one(statement, indent, looped);
      if (statements === range.block && index === range.last) end = text.trimEnd().length;
    });
  };
  const clause = (header: string, body: Statement[], indent: string, looped: boolean): void => {
    text += `${indent}${header}:\n`;
    write(body, `${indent}    `, looped);
  };
  const one = (statement: Statement, indent: string, looped: boolean): void => {
    switch (statement.kind) {
      case 'assign':
        text += `${indent}${statement.target} = g(${statement.read})\n`;
        break;
      case 'break':
      case 'continue':
        text += `${indent}${looped ? statement.kind : 'pass'}\n`;
        break;
      case 'return':
      case 'raise':
        text += `${indent}${statement.kind} ${statement.read}\n`;
        break;
      case 'delete':
        text += `${indent}del ${statement.target}\n`;
        break;
      case 'if':
        clause(`if g(${statement.read})`, statement.body, indent, looped);
        if (statement.otherwise) clause('else', statement.otherwise, indent, looped);
        break;
      case 'with':
        clause(`with g(${statement.read}) as ${statement.target}`, statement.body, indent, looped);
        break;
      case 'while':
        clause(`while ${statement.endless ? 'True' : `g(${statement.read})`}`, statement.body, indent, true);
        if (statement.otherwise) clause('else', statement.otherwise, indent, looped);
        break;
      case 'for':
        clause(`for ${statement.target} in g(${statement.read})`, statement.body, indent, true);
        if (statement.otherwise) clause('else', statement.otherwise, indent, looped);
        break;
      case 'try':
        clause('try', statement.body, indent, looped);
        if (statement.handler) clause('except E', statement.handler, indent, looped);
        if (statement.handler && statement.otherwise) clause('else', statement.otherwise, indent, looped);
        if (statement.final || !statement.handler) clause('finally', statement.final ?? [], indent, looped);
        if (!statement.final && !statement.handler) text += `${indent}    pass\n`;
        break;
    }
  };
  write(program.body, '    ', false);
  return { text, start, end };
}

export interface Seen {
  /** Names whose value came into the range from outside, or from an earlier time in it. */
  readonly readBeforeWrite: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
  /** Names that were written in the range, for each time that it ran to its end. */
  readonly writtenByCompletion: readonly ReadonlySet<string>[];
  /** Names whose value was written in the range and read after it was left. */
  readonly readAfter: ReadonlySet<string>;
}

type Exit = 'normal' | 'break' | 'continue' | 'return' | 'raise' | 'stop';

/** Runs a program once; a seed decides conditions, the number of rounds, and which calls raise. */
export function runProgram(program: Program, seed: number): Seen {
  return new Run(program, seed).result();
}

class Run {
  private readonly range: Chosen;
  /** For each bound name the time at which the range wrote its value; 0 when it was written outside. */
  private readonly values = new Map<string, number>();
  private readonly readBeforeWrite = new Set<string>();
  private readonly written = new Set<string>();
  private readonly completions: Set<string>[] = [];
  private readonly readAfter = new Set<string>();
  /** Number of the current run through the range, 0 outside it. */
  private time = 0;
  private times = 0;
  private current = new Set<string>();
  private steps = 0;
  private state: number;

  constructor(
    private readonly program: Program,
    seed: number,
  ) {
    this.state = seed;
    this.range = chosen(program);
    for (const parameter of program.parameters) this.values.set(parameter, 0);
  }

  result(): Seen {
    this.block(this.program.body, false);
    const { readBeforeWrite, written, completions, readAfter } = this;
    return { readBeforeWrite, written, writtenByCompletion: completions, readAfter };
  }

  /** Xorshift; true with a probability in percent. */
  private chance(percent: number): boolean {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % 100 < percent;
  }

  private block(statements: Statement[], looped: boolean): Exit {
    const isRange = statements === this.range.block;
    for (const [index, statement] of statements.entries()) {
      if (isRange && index === this.range.first) {
        this.time = ++this.times;
        this.current = new Set();
      }
      const exit = ++this.steps > 200 ? 'stop' : this.statement(statement, looped);
      if (isRange && index === this.range.last && exit === 'normal') this.completions.push(new Set(this.current));
      if (isRange && (index === this.range.last || exit !== 'normal')) this.time = 0;
      if (exit !== 'normal') return exit;
    }
    return 'normal';
  }

  /** False when the name is unbound, which raises. */
  private read(name: string): boolean {
    const writtenAt = this.values.get(name);
    if (writtenAt === undefined) return false;
    if (this.time > 0 && !this.current.has(name)) this.readBeforeWrite.add(name);
    if (writtenAt > 0 && writtenAt !== this.time) this.readAfter.add(name);
    return true;
  }

  private write(name: string): void {
    this.values.set(name, this.time);
    if (this.time === 0) return;
    this.current.add(name);
    this.written.add(name);
  }

  /** A call that reads a name: false when it raises. */
  private call(name: string): boolean {
    return this.read(name) && !this.chance(10);
  }

  private statement(statement: Statement, looped: boolean): Exit {
    switch (statement.kind) {
      case 'assign':
        if (!this.call(statement.read)) return 'raise';
        this.write(statement.target);
        return 'normal';
      case 'break':
      case 'continue':
        return looped ? statement.kind : 'normal';
      case 'return':
        return this.read(statement.read) ? 'return' : 'raise';
      case 'raise':
        this.read(statement.read);
        return 'raise';
      case 'delete':
        if (!this.read(statement.target)) return 'raise';
        this.values.delete(statement.target);
        if (this.time > 0) {
          this.current.delete(statement.target);
          this.written.add(statement.target);
        }
        return 'normal';
      case 'if':
        if (!this.call(statement.read)) return 'raise';
        if (this.chance(50)) return this.block(statement.body, looped);
        return this.block(statement.otherwise ?? [], looped);
      case 'with':
        if (!this.call(statement.read)) return 'raise';
        this.write(statement.target);
        return this.block(statement.body, looped);
      case 'while':
      case 'for':
        return this.loop(statement, looped);
      case 'try':
        return this.attempt(statement, looped);
    }
  }

  private loop(loop: Extract<Statement, { kind: 'while' | 'for' | 'with' }>, looped: boolean): Exit {
    const isFor = loop.kind === 'for';
    const isEndless = !isFor && loop.endless;
    if (isFor && !this.call(loop.read)) return 'raise';
    for (;;) {
      if (++this.steps > 200) return 'stop';
      if (!isFor && !isEndless && !this.call(loop.read)) return 'raise';
      if (!isEndless && this.chance(45)) return this.block(loop.otherwise ?? [], looped);
      if (isFor) this.write(loop.target);
      const exit = this.block(loop.body, true);
      if (exit === 'break') return 'normal';
      if (exit !== 'normal' && exit !== 'continue') return exit;
    }
  }

  private attempt(attempt: Extract<Statement, { kind: 'try' }>, looped: boolean): Exit {
    let exit = this.block(attempt.body, looped);
    if (attempt.handler) {
      if (exit === 'raise') exit = this.block(attempt.handler, looped);
      else if (exit === 'normal' && attempt.otherwise) exit = this.block(attempt.otherwise, looped);
    }
    if (exit === 'stop' || !attempt.final) return exit;
    const final = this.block(attempt.final, looped);
    return final === 'normal' ? exit : final;
  }
}
