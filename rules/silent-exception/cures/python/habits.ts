import type { Document } from '../../../../core/edit/snapshot';
import { textOf } from './handler';
import type { LogCall } from './log-calls';

/** How values come into a message. */
export type Interpolation = 'percent' | 'fstring' | 'brace' | 'keywords';

/** How the calls of a module on one logger look. */
export interface LogHabits {
  readonly interpolation: Interpolation | undefined;
  /** What a call in a handler says of the error: its text, its traceback, or both; undefined where there is none. */
  readonly error: 'named' | 'traced' | 'both' | undefined;
  /** Events are called `like_this`. */
  readonly isSnakeCase: boolean;
  readonly methods: ReadonlySet<string>;
  readonly passesExcInfo: boolean;
}

const RESERVED: ReadonlySet<string> = new Set(['exc_info', 'extra', 'stack_info', 'stacklevel']);

export function habitsOf(document: Document, calls: readonly LogCall[]): LogHabits {
  const interpolations = calls.flatMap((call) => interpolationOf(document, call) ?? []);
  const errors = calls.flatMap((call) => errorOf(document, call) ?? []);
  const events = calls.flatMap(({ positional: [first] }) =>
    first?.type === 'string' ? [textOf(document, first)] : [],
  );
  return {
    interpolation: commonest(interpolations),
    error: commonest(errors),
    isSnakeCase: events.filter((event) => /^["'][a-z]\w*_\w+["']$/.test(event)).length * 2 > events.length,
    methods: new Set(calls.map(({ method }) => method)),
    passesExcInfo: calls.some(({ keywords }) => keywords.some(({ name }) => name === 'exc_info')),
  };
}

function interpolationOf(document: Document, { positional, keywords }: LogCall): Interpolation | undefined {
  const [first, ...rest] = positional;
  if (!first) return undefined;
  const text = textOf(document, first);
  if (keywords.some(({ name }) => !RESERVED.has(name) && !text.includes(`{${name}`))) return 'keywords';
  if (first.type === 'string' && /^[rR]?[fF]/.test(text)) return 'fstring';
  if (rest.length > 0 && /\{\w*[:!}]/.test(text)) return 'brace';
  if (rest.length > 0 || first.type === 'binary_operator') return 'percent';
  return undefined;
}

/** What a call in a handler tells of the caught exception. */
function errorOf(document: Document, call: LogCall): LogHabits['error'] {
  if (call.caught === undefined) return undefined;
  const text = [...call.positional, ...call.keywords.filter(({ name }) => name !== 'exc_info').map(({ node }) => node)]
    .map((node) => textOf(document, node))
    .join(' ');
  const isNamed = call.caught !== '' && new RegExp(`\\b${call.caught}\\b`).test(text);
  const isTraced =
    call.method === 'exception' ||
    /\bexception\s*=/.test(call.chain) ||
    call.keywords.some(({ name, node }) => name === 'exc_info' && !/=\s*(?:False|None)$/.test(textOf(document, node)));
  if (isNamed) return isTraced ? 'both' : 'named';
  return isTraced ? 'traced' : undefined;
}

/** The value that occurs most often; the first one of those that occur as often. */
function commonest<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: T | undefined;
  for (const [value, count] of counts) if (best === undefined || count > counts.get(best)!) best = value;
  return best;
}
