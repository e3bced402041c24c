import type { MessageArgs } from '../../../../core/rule/finding';
import { isPlace } from '../../apis-typescript';
import type { IoCall } from '../../collect';
import type { Arranged, Arranging } from './methods';
import type { Piece } from './piece';
import type { Obstacle } from './site';
import type { Subject } from './subject';

/** So many reasons are told, those of most calls. */
const TOLD = 4;

/**
 * What a refusal says of the calls that could move, and of those that could not: who asks (`asker`: an `object`, or `free` where none is at hand), `all`, `moving`, the `methods` and `classes` that they
 * would be, and for each of {@link TOLD} reasons `why1`, `count1` and the line `at1` of the first such call (`none`, 0 and 0 where there is none).
 */
export function reckoning<S extends Subject, P extends Piece>(
  groups: readonly Arranged<P>[],
  staying: readonly Obstacle[],
  subject: S,
  language: Arranging<S, P>,
): MessageArgs {
  const { document, isClass } = subject;
  const isStatic = ({ site }: P): boolean => language.isStatic?.(site) ?? false;
  const isFree = !isClass || groups.every(({ pieces }) => pieces.every(isStatic));
  const calls = subject.calls.filter((one) => !isPlace(one));
  const said = groups.map(({ methods }) => methods.filter((one) => language.weightOf(one, subject) > 0));
  const going = new Set(said.flat().flatMap(({ pieces }) => pieces.flatMap((one) => one.calls)));
  const handing = new Set(groups.flatMap(({ pieces }) => pieces.flatMap((one) => one.calls)));
  const reasons = new Map<string, number[]>();
  for (const call of calls) {
    if (going.has(call)) continue;
    const why = handing.has(call) ? 'hands-on' : (obstacleOf(call, staying, document)?.code ?? 'of-handle');
    reasons.set(why, [...(reasons.get(why) ?? []), document.source.lineAt(call.start) + 1]);
  }
  const told = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  const args: Record<string, string | number> = {
    asker: isFree ? 'free' : 'object',
    all: calls.length,
    moving: calls.filter((one) => going.has(one)).length,
    methods: said.flat().length,
    classes: said.filter((methods) => methods.length > 0).length,
  };
  for (let at = 0; at < TOLD; at++) {
    const [why = 'none', lines = []] = told[at] ?? [];
    Object.assign(args, {
      [`why${at + 1}`]: selector(why),
      [`count${at + 1}`]: lines.length,
      [`at${at + 1}`]: lines[0] ?? 0,
    });
  }
  return args;
}

/** What a template can select by: no hyphens. */
const selector = (code: string): string => code.replaceAll('-', '_');

/** The obstacle that stands in a call, or around it. */
function obstacleOf(
  { start, end }: IoCall,
  all: readonly Obstacle[],
  { source }: Subject['document'],
): Obstacle | undefined {
  return all.find(({ at: { range } }) => {
    const [from, to] = [source.offsetAt(range.start), source.offsetAt(range.end)];
    return (start <= from && from < end) || (from <= start && end <= to);
  });
}

/**
 * The part of a message that names the reasons of {@link reckoning}.
 * @param phrases by code: what such calls are; @param line how a line is named, with `{at}`
 */
export function reasonsTold(phrases: Readonly<Record<string, string>>, line: string): string {
  const cases = Object.entries(phrases)
    .map(([code, phrase]) => `${selector(code)} {${phrase}}`)
    .join(' ');
  return Array.from({ length: TOLD }, (_, at) => {
    const n = at + 1;
    return `{why${n}, select, none {} other {; {why${n}, select, ${cases} other {}}: {count${n}} (${line.replace('{at}', `{at${n}}`)})}}`;
  }).join('');
}
