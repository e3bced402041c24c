import { wordsOf } from '../words';
import type { Piece } from './piece';

/** Words at the start of a method's name that say that it does something, and not to what. */
const VERBS = new Set(
  (
    'do get fetch load save read write list find check run do handle process create make build update delete remove install start stop ' +
    'perform call send query search download upload execute try ensure is has async sync on to the with by of for generate analyze ' +
    'calculate verify compute detect extract validate forget tail rotate touch record refresh flush clear clean prune shuffle open append ' +
    'copy move chown chmod edit unsafe walk print set add parse init initialize prepare setup test probe resolve invoke wait post put ' +
    'patch destroy rollback restore reset apply configure register unregister publish notify request retry collect discover scan submit ' +
    'launch spawn kill terminate connect disconnect import export convert render format dump migrate upgrade sanitize measure evaluate ' +
    'inspect lookup poll pull push mount unmount dispatch emit trigger activate deactivate enable disable lock unlock ring output'
  ).split(' '),
);

/** Words at the end that say when or how something is done. */
const MANNER =
  /^(?:clicked|changed|handler|callback|cb|loop|worker|thread|async|sync|impl|internal|helper|ok|safe|safely)$/;

/** What stands behind them is about something else. */
const PREPOSITION = /^(?:to|from|for|with|by|in|on|of|and|or|as|at|via|into|using|if|when|before|after)$/;

/** More words are a sentence. */
const MAX_WORDS = 3;

/** What the function around is about: its name without its verb. Empty where nothing short is left. */
export function nounOf(piece: Piece): string {
  const words = nounWords(piece);
  return words.length > MAX_WORDS ? '' : words.join('_');
}

/** The same at any length. */
export const longNounOf = (piece: Piece): string => nounWords(piece).join('_');

function nounWords({ site }: Piece): string[] {
  const words = wordsOf(site.methodName).map((one) => (one === 'cmd' ? 'command' : one));
  // One word says what is done, unless it names things.
  if (words.length === 1 && !/[^s]s$/.test(words[0]!)) return [];
  while (words.length > 1 && (isVerb(words[0]!) || PREPOSITION.test(words[0]!))) words.shift();
  while (words.length > 1 && MANNER.test(words.at(-1)!)) words.pop();
  const end = words.findIndex((word, at) => at > 0 && PREPOSITION.test(word));
  const noun = end < 0 ? words : words.slice(0, end);
  return noun.length === 1 && (isVerb(noun[0]!) || PREPOSITION.test(noun[0]!)) ? [] : noun;
}

const isVerb = (word: string): boolean => VERBS.has(word);

/** A name of two parts in lower case. */
export function joined(verb: string, noun: string): string {
  return [verb, noun]
    .filter((one) => one !== '')
    .join('_')
    .replace(/[^a-z\d_]+/gi, '_')
    .replace(/_{2,}/g, '_')
    .toLowerCase();
}
