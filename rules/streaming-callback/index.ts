import { type FindingDraft, fingerprint } from '../../core/rule/finding';
import { type AnyRule, defineRule, type RuleMeta } from '../../core/rule/rule';
import { collect } from './collector';
import { extractStreamingHandler } from './cures/extract-streaming-handler/index';
import type { CallbackFact } from './facts';
import { type Options, options } from './options';
import { pl } from './pl';

const meta: RuleMeta = {
  id: 'streaming-callback',
  title: 'A nested callback that keeps state of the function around it',
  languages: ['python', 'typescript'],
  severity: 'warning',
  profile: 'default',
  messages: {
    found:
      '{name} goes to {to} and changes {count, plural, one {{names} of {outer}} other {# variables of {outer} ({names})}} in {lines, plural, other {# lines}}: a class could hold that state',
    foundResult:
      '{name} is handed out by {outer} and changes {count, plural, one {its variable {names}} other {# of its variables ({names})}} in {lines, plural, other {# lines}}: a class could hold that state',
    foundUnnamed:
      'the function given to {to} changes {count, plural, one {the captured variable {names}} other {# captured variables ({names})}} in {lines, plural, other {# lines}}: a class could hold that state',
    foundUnnamedResult:
      'the returned function changes {count, plural, one {the captured variable {names}} other {# captured variables ({names})}} in {lines, plural, other {# lines}}: a class could hold that state',
  },
  advice: {
    reason:
      'State that a nested function shares with the function around it can be neither tested nor reused, and it changes at times that the text does not show.',
    recommendation: 'Make the callback and its state a class, and hand on its bound method.',
  },
  cures: [extractStreamingHandler],
  translations: { pl },
};

/** Reports nested functions that outlive the call that made them and change its variables. */
export const streamingCallback: AnyRule = defineRule<readonly CallbackFact[], Options>({
  meta,
  options,
  collect,
  check(view, { minLines, strictness }) {
    // What tests hand on is there to be looked at afterwards.
    if (view.isTest) return [];
    const reported = view.facts
      .filter((one) => one.lines >= minLines || one.asks !== 'no')
      .filter((one) => strictness === 'all' || isLikely(one));
    return reported.filter((one) => !reported.some((other) => holds(other, one))).map((one) => draft(view.file, one));
  },
  // Fewer lines and fewer captured names are lighter.
  weigh: ({ data }) =>
    (data.lines as number) + ['writes', 'mutates', 'reads'].reduce((sum, key) => sum + (data[key] as []).length, 0),
});

/** From so many lines on a callback is worth a class for one variable that nobody else looks at, and for what happens once. */
const MUCH = 20;
const MUCH_AT_ONCE = 12;

/** Events that come once: `child.on('close')`, `xhr.onload`. */
const ONCE =
  /\bonce\b|\('(?:error|close|end|finish|exit|abort|timeout|load|loadend|ready|open|connect)'\)$|\.on(?:load|loadend|error|abort|close|end|open)$/;

/**
 * Whether something speaks for a class: the callback decides by what an earlier call left and somebody else looks at it too, or several
 * variables change together, or it is long. One variable that a short callback keeps for itself is a closure at its best; what it only
 * sets or adds to, and never asks for, is a result that it leaves behind, and so is what an event that comes once does.
 */
function isLikely({ lines, writes, mutates, readAfter, asks, passedTo }: CallbackFact): boolean {
  const decides = asks === 'first';
  const isShared = readAfter.length > 0;
  const isOnce = passedTo.every((to) => ONCE.test(to));
  if (isOnce && !isShared) return false;
  if (!isShared && lines <= MUCH && passedTo.every((to) => to === 'return')) return false;
  if (!decides && mutates.length === 0 && lines <= MUCH) return false;
  if (writes.length + mutates.length > 1) return true;
  if (lines > MUCH) return isShared || decides;
  return isShared && (lines > MUCH_AT_ONCE || !isOnce);
}

/** Whether a callback stands in another one that answers for the same variables. */
function holds(outer: CallbackFact, inner: CallbackFact): boolean {
  const names = [...outer.writes, ...outer.mutates];
  return (
    outer !== inner &&
    outer.head[0] <= inner.head[0] &&
    inner.endLine <= outer.endLine &&
    [...inner.writes, ...inner.mutates].every((name) => names.includes(name))
  );
}

function draft(file: string, fact: CallbackFact): FindingDraft {
  const { name, symbol, head, endLine, lines, reads, writes, mutates, readAfter, passedTo, code } = fact;
  const [line, character, last, end] = head;
  const names = [...writes, ...mutates].sort();
  const isResult = passedTo.every((one) => one === 'return' || one === 'yield');
  const outer = symbol.slice(symbol.lastIndexOf('.') + 1);
  // Arrow functions have no name, and what is around them may have none either.
  const isNamed = name !== '' && outer !== '';
  return {
    case: 'default',
    severity: 'warning',
    messageId: isNamed ? (isResult ? 'foundResult' : 'found') : isResult ? 'foundUnnamedResult' : 'foundUnnamed',
    args: {
      ...(isNamed ? { name, outer } : {}),
      lines,
      count: names.length,
      names: names.join(', '),
      ...(isResult ? {} : { to: passedTo.find((one) => one !== 'return' && one !== 'yield')! }),
    },
    file,
    range: { start: { line, character }, end: { line: last, character: end } },
    extentEndLine: endLine,
    symbol,
    related: [],
    fingerprint: fingerprint(symbol, name, code),
    // An offer that is refused when somebody takes it is noise.
    cures: fact.isRefused ? [] : [{ id: extractStreamingHandler.id, applicability: 'safe' }],
    data: { reads, writes, mutates, readAfter, passedTo, lines },
  };
}
