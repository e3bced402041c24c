import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { textOf } from './handler';
import type { LogCall } from './log-calls';

/**
 * Where a log call puts the message, the error and the names at hand.
 * - `trailing`: `warn('msg', error)`
 * - `meta`: `warn('msg', { id, error })`
 * - `leading-object`: `warn({ err, id }, 'msg')`
 * - `object`: `warn({ msg: 'msg', error })`
 * - `text`: ``warn(`msg: ${error}`)``
 */
export type ErrorPlace = 'trailing' | 'meta' | 'leading-object' | 'object' | 'text';

export interface CallShape {
  readonly place: ErrorPlace;
  /** The name of the error's member in an object. */
  readonly key: string;
  /** The name of the message's member where all is one object. */
  readonly messageKey?: string;
  /** A function of the module that the error goes through first: `toError(error)`. */
  readonly wrapper?: string;
  /** An argument that says who speaks, as written; `self` stands for a name of the module's own. */
  readonly tag?: { readonly at: 'before' | 'after'; readonly code: string | 'self' };
  /** Only certain values are allowed as the tag, so that one must be seen in use. */
  readonly isTagChosen?: boolean;
  /** The error must be an `Error`. */
  readonly isStrict?: boolean;
}

/** How a module's calls on one logger look; undefined where none of them tells of an error. */
export function shapeOfCalls(document: Document, calls: readonly LogCall[], method: string): CallShape | undefined {
  const told = calls.flatMap((call) => {
    const shape = shapeOf(document, call);
    return shape ? [{ shape, isSame: call.method === method }] : [];
  });
  const best = told.some(({ isSame }) => isSame) ? told.filter(({ isSame }) => isSame) : told;
  const counts = new Map<string, { count: number; shape: CallShape }>();
  for (const { shape } of best) {
    const key = `${shape.place} ${shape.key} ${shape.wrapper ?? ''}`;
    counts.set(key, { shape, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const shape = [...counts.values()].sort((a, b) => b.count - a.count)[0]?.shape;
  const tag = tagOf(document, calls);
  return shape && (tag ? { ...shape, tag } : shape);
}

/** What a call in a handler does with the error. */
function shapeOf(document: Document, { args, caught }: LogCall): CallShape | undefined {
  if (caught === undefined) return undefined;
  const message = args.findIndex((arg) => isMessage(document, arg));
  for (const [at, arg] of args.entries()) {
    const text = textOf(document, arg);
    if (!mentions(text, caught)) continue;
    if (arg.type === 'object') {
      const key = keyOf(document, arg, caught);
      if (key === undefined) return undefined;
      if (at === 0 && args.length === 1) {
        const messageKey = /(?<![\w$])(msg|message)\s*:/.exec(text)?.[1];
        return messageKey === undefined ? undefined : { place: 'object', key, messageKey };
      }
      return { place: at === 0 ? 'leading-object' : 'meta', key };
    }
    if (isMessage(document, arg)) return { place: 'text', key: 'error' };
    // An error alone, or first, is no habit that a message can join.
    if (message < 0 || message > at) return undefined;
    if (text === caught) return { place: 'trailing', key: 'error' };
    const wrapper = new RegExp(`^([\\w$]+(?:\\.[\\w$]+)*)\\(${caught}\\)$`).exec(text)?.[1];
    return wrapper === undefined || wrapper === 'String'
      ? { place: 'trailing', key: 'error' }
      : { place: 'trailing', key: 'error', wrapper };
  }
  return undefined;
}

function keyOf(document: Document, object: SyntaxNode, caught: string): string | undefined {
  for (const member of object.namedChildren) {
    const text = textOf(document, member);
    if (member.type === 'shorthand_property_identifier' && text === caught) return caught;
    const [, key, value] = /^([\w$]+)\s*:\s*([\s\S]*)$/.exec(text) ?? [];
    if (key !== undefined && mentions(value!, caught) && /^(?:e|err|error|exception|cause|reason)$/i.test(key))
      return key;
  }
  return undefined;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text);
}

/** Whether an argument is a text for people: a template, a concatenation, or a string of several words. */
export function isMessage(document: Document, arg: SyntaxNode): boolean {
  const text = textOf(document, arg);
  if (arg.type === 'template_string') return true;
  if (arg.type === 'string') return /\s/.test(text) || !/^["'][\w.:/-]*["']$/.test(text);
  return arg.type === 'binary_expression' && /["'`]/.test(text);
}

/**
 * What says in (next to) all calls who speaks: `log.warn('monitor', 'text')`, `Logger.warn(text, Sync.ID)`. Of several values the commonest.
 */
export function tagOf(document: Document, calls: readonly LogCall[]): CallShape['tag'] {
  const with2 = calls.filter(({ args }) => args.length >= 2);
  if (with2.length === 0 || with2.length * 2 < calls.length) return undefined;
  const before = with2.filter(
    ({ args: [first, second] }) => isTag(document, first!) && first!.type === 'string' && second!.type !== 'object',
  );
  if (before.length * 2 > with2.length)
    return { at: 'before', code: commonest(before.map(({ args }) => textOf(document, args[0]!))) };
  const after = with2.filter(
    ({ args }) => args.length === 2 && isMessage(document, args[0]!) && isTag(document, args[1]!),
  );
  if (after.length * 2 > with2.length)
    return { at: 'after', code: commonest(after.map(({ args }) => textOf(document, args[1]!))) };
  return undefined;
}

/** A word in quotes, or a constant: `'sync'`, `SYNC_ID`, `Sync.ID`, `this.id`. */
function isTag(document: Document, node: SyntaxNode): boolean {
  return /^(?:["'][\w.:/-]+["']|[A-Z][A-Z\d_]+|(?:[A-Z][\w$]*|this)\.(?:ID|id|TAG|tag|LOG_TAG))$/.test(
    textOf(document, node),
  );
}

function commonest(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}
