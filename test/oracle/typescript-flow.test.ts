import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { RangeFlow } from '../../core/semantics/model';
import { buildTypeScriptModel } from '../../core/semantics/typescript';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { SourceFile } from '../../core/text/source-file';
import { wasmEngine } from '../support/engine';

/**
 * Programs are made at random and run, and what they really read and write is held against the flow of a part of them. The
 * flow may claim more reads, maybe-writes and reads after than one run shows, but never fewer, and no write too many.
 */

type Statement =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'nest'; readonly parts: readonly string[]; readonly lists: readonly (readonly Statement[])[] }
  /** A function that is made here; `later` ones run whenever the program says `run()`. */
  | { readonly kind: 'function'; readonly later: boolean; readonly body: readonly Statement[] };

const NAMES = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...NAMES);
const line = (text: string): Statement => ({ kind: 'line', text });
const nest =
  (...parts: string[]) =>
  (lists: readonly (readonly Statement[])[]): Statement => ({ kind: 'nest', parts, lists });

const simple: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, name).map(([to, from]) => line(`${to} = ${from};`)) },
  { weight: 4, arbitrary: name.map((to) => line(`${to} = 1;`)) },
  { weight: 3, arbitrary: name.map((from) => line(`use(${from});`)) },
  name.map((to) => line(`${to}++;`)),
  fc.tuple(name, name).map(([to, from]) => line(`${to} += ${from};`)),
  fc.tuple(name, name).map(([to, from]) => line(`${to} ??= ${from};`)),
  name.map((to) => line(`t() && (${to} = 1);`)),
  name.map((to) => line(`t() ? (${to} = 1) : (${to} = 2);`)),
  fc.tuple(name, name).map(([to, from]) => line(`[${to}, { x: ${from} = ${to} }] = [1, {}];`)),
  fc.tuple(name, name).map(([to, from]) => line(`for (${to} of t() ? [1] : []) use(${from});`)),
  name.map((to) => line(`none?.f((${to} = 1));`)),
  name.map((to) => line(`use({ ${to} });`)),
  fc.constant(line('fail();')),
  fc.constant(line('run();')),
  fc.constant(line('if (t()) return;')),
);

const { body } = fc.letrec<{ body: readonly Statement[]; statement: Statement; loop: readonly Statement[] }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: simple },
    { weight: 2, arbitrary: fc.tuple(tie('body'), tie('body')).map(nest('if (t()) {', '} else {', '}')) },
    fc.tuple(tie('body')).map(nest('if (t()) {', '}')),
    fc.tuple(tie('loop')).map(nest('while (t()) {', '}')),
    fc.tuple(name, tie('loop')).map(([to, list]) => nest(`for (${to} = 0; t(); ${to}++) {`, '}')([list])),
    fc.tuple(name, tie('loop')).map(([to, list]) => nest(`for (; t(); ${to} = 1) {`, '}')([list])),
    fc.tuple(tie('loop')).map(nest('do {', '} while (t());')),
    fc.tuple(tie('body'), tie('body')).map(nest('try {', '} catch {', '}')),
    fc.tuple(tie('body'), tie('body')).map(nest('try {', '} finally {', '}')),
    fc.tuple(tie('loop'), tie('loop')).map(nest('switch (t()) { case true:', 'default:', '}')),
    fc.tuple(tie('body')).map(nest('l: {', 'if (t()) break l; }')),
    fc.record({ kind: fc.constant('function' as const), later: fc.boolean(), body: tie('body') }),
  ),
  body: fc.array(tie('statement'), { maxLength: 4 }),
  loop: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: tie('statement') },
      { weight: 1, arbitrary: fc.constant(line('if (t()) break;')) },
    ),
    {
      maxLength: 4,
    },
  ),
}));

interface Printed {
  /** The program as the model reads it. */
  readonly plain: string;
  readonly start: number;
  readonly end: number;
  /** The same program with calls that tell the tracer where it is. */
  readonly traced: string;
}

/** Prints a program, with a part of one of its lists as the range. */
function print(program: readonly Statement[], choice: number, from: number, length: number): Printed {
  const lists: (readonly Statement[])[] = [];
  const collect = (list: readonly Statement[]): void => {
    if (list.length > 0) lists.push(list);
    for (const each of list) {
      if (each.kind === 'nest') each.lists.forEach(collect);
      else if (each.kind === 'function') collect(each.body);
    }
  };
  collect(program);
  const chosen = lists[choice % Math.max(1, lists.length)];
  const first = chosen ? from % chosen.length : 0;
  const last = chosen ? Math.min(chosen.length, first + 1 + (length % chosen.length)) : 0;
  let plain = 'function f(a, b, c) {\n';
  let traced = '';
  let start = 0;
  let end = 0;
  let isInside = false;
  const both = (text: string) => {
    plain += `${text}\n`;
    traced += `${text}\n`;
  };
  const printList = (list: readonly Statement[]): void => {
    list.forEach((each, index) => {
      if (list === chosen && index === first) {
        start = plain.length;
        isInside = true;
        traced += 'enter(); try {\n';
      }
      printStatement(each);
      if (list === chosen && index === last - 1) {
        end = plain.length - 1;
        isInside = false;
        traced += 'done(); } finally { leave(); }\n';
      }
    });
  };
  const printStatement = (each: Statement): void => {
    if (each.kind === 'line') both(each.text);
    else if (each.kind === 'nest') {
      each.parts.forEach((part, index) => {
        both(part);
        const list = each.lists[index];
        if (list) printList(list);
      });
    } else {
      both(each.later ? 'later(() => {' : '(() => {');
      traced += `const place = move(${isInside}); try {\n`;
      printList(each.body);
      traced += '} finally { back(place); }\n';
      both(each.later ? '});' : '})();');
    }
  };
  printList(program);
  return { plain: `${plain}}\n`, start, end, traced };
}

/** Runs a program with its names traced; returns what the flow gets wrong, if anything. */
function check({ traced }: Printed, flow: RangeFlow, tape: readonly boolean[]): string | undefined {
  const claims = (names: RangeFlow[keyof RangeFlow]) => new Set(names.map((binding) => binding.name));
  const [reads, writes, maybe, after] = [flow.reads, flow.writes, flow.maybeWrites, flow.readAfter].map(claims) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  let problem: string | undefined;
  let steps = 0;
  let isInside = false;
  let instance = 0;
  let isActive = false;
  let written = new Set<string>();
  /** The run of the range that wrote a name last; 0 for code outside. */
  const writer = new Map<string, number>();
  const waiting: (() => void)[] = [];
  const fault = (text: string) => {
    problem ??= text;
  };
  const values: Record<string, unknown> = { a: 1, b: undefined, c: 3 };
  const helpers: Record<string, unknown> = {
    t: () => tape[steps++] ?? false,
    use: () => undefined,
    none: undefined,
    fail: () => {
      if (tape[steps++]) throw new Error('planned');
    },
    later: (made: () => void) => waiting.push(made),
    run: () => {
      if (steps++ < tape.length) for (const each of waiting.slice(0, 3)) each();
    },
    enter: () => {
      instance++;
      isInside = isActive = true;
      written = new Set();
    },
    done: () => {
      for (const each of writes) if (!written.has(each)) fault(`${each} is a certain write, but was not written`);
    },
    leave: () => {
      isInside = isActive = false;
    },
    move: (to: boolean) => {
      const place = isInside;
      isInside = to;
      return place;
    },
    back: (place: boolean) => {
      isInside = place;
    },
  };
  const read = (key: string) => {
    const by = writer.get(key) ?? 0;
    if (isInside && isActive && by !== instance && !reads.has(key)) fault(`${key} is read from outside`);
    if (by > 0 && (!isInside || by !== instance) && !after.has(key)) fault(`${key} is read after`);
  };
  const write = (key: string) => {
    writer.set(key, isInside ? instance : 0);
    if (!isInside) return;
    written.add(key);
    if (!writes.has(key) && !maybe.has(key)) fault(`${key} is written`);
  };
  const scope = new Proxy(values, {
    has: (_target, key) => typeof key === 'string' && (key in values || key in helpers),
    get: (_target, key) => {
      if (typeof key !== 'string') return undefined;
      if (key in helpers) return helpers[key];
      read(key);
      return values[key];
    },
    set: (_target, key, value) => {
      write(String(key));
      values[String(key)] = value;
      return true;
    },
  });
  try {
    new Function('scope', `with (scope) { (function () { ${traced} })(); run(); }`)(scope);
  } catch (error) {
    // Two labels `l` in each other are no program.
    const isPlanned = error instanceof Error && (error.message === 'planned' || error instanceof SyntaxError);
    if (!isPlanned) throw error;
  }
  return problem;
}

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

it('claims no flow that a run of the program disproves', () => {
  const property = fc.property(
    fc.array(
      fc.oneof(
        simple,
        body.map((list) => nest('{', '}')([list])),
      ),
      { minLength: 1, maxLength: 6 },
    ),
    fc.nat(),
    fc.nat(),
    fc.nat(),
    fc.array(fc.array(fc.boolean(), { maxLength: 25 }), { minLength: 6, maxLength: 6 }),
    (program, choice, from, length, tapes) => {
      const printed = print(program, choice, from, length);
      const tree = engine.parse(printed.plain, 'javascript');
      const model = buildTypeScriptModel(tree.rootNode, new SourceFile(printed.plain));
      const flow = model.flow(printed.start, printed.end);
      tree.delete();
      for (const tape of tapes) {
        const problem = check(printed, flow, tape);
        const range = printed.plain.slice(printed.start, printed.end);
        expect(problem, `${printed.plain}\nrange:\n${range}`).toBeUndefined();
      }
    },
  );
  fc.assert(property, { numRuns: Number(process.env.FLOW_RUNS ?? 2000), seed: Number(process.env.FLOW_SEED ?? 1) });
});
