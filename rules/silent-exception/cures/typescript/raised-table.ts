import { TYPESCRIPT_RESERVED } from '../../../../core/syntax/reserved-words';
import { KnownCalls } from '../known-calls';

/**
 * What well-known calls of JavaScript, browsers and Node throw for values of the types that they are for, as their specifications say.
 * A call that is not here is unknown.
 */

/** What is known of a value: `outside` was there before the try, `any` may be absent, the others never are. */
export type ValueKind = 'outside' | 'any' | 'present' | 'text' | 'list' | 'response' | 'url';

interface Call {
  /** Names of global error classes. */
  readonly throws?: readonly string[];
  /** Values of `error.code`, as Node gives them to errors of the system. */
  readonly codes?: readonly string[];
  /** What the call gives; `any` without it. */
  readonly gives?: ValueKind;
}

const HARMLESS: Call = { gives: 'present' };
const G = 'globalThis\\.';

const CALLS: readonly (readonly [RegExp, Call])[] = (
  [
    [`${G}JSON\\.parse`, { throws: ['SyntaxError'] }],
    [`${G}JSON\\.stringify`, { throws: ['TypeError'] }],
    [`${G}URL`, { throws: ['TypeError'], gives: 'url' }],
    [`${G}(?:decodeURI|encodeURI)(?:Component)?`, { throws: ['URIError'], gives: 'text' }],
    [`${G}RegExp`, { throws: ['SyntaxError'], gives: 'present' }],
    [`${G}BigInt`, { throws: ['SyntaxError', 'RangeError', 'TypeError'], gives: 'present' }],
    [`${G}(?:atob|btoa)`, { throws: ['DOMException'], gives: 'text' }],
    [`${G}structuredClone`, { throws: ['DOMException'] }],
    [
      `${G}Intl\\.(?:DateTimeFormat|NumberFormat|ListFormat|RelativeTimeFormat)|${G}Intl\\.(?:Locale|PluralRules|Collator)`,
      { throws: ['RangeError', 'TypeError'], gives: 'present' },
    ],
    [`${G}(?:local|session)Storage\\.(?:getItem|setItem|removeItem|clear|key)`, { throws: ['DOMException'] }],
    [
      `${G}(?:Int8Array|Int16Array|Int32Array|Uint8Array|Uint16Array|Uint32Array|Uint8ClampedArray|Float32Array|Float64Array|ArrayBuffer)`,
      { throws: ['RangeError'], gives: 'present' },
    ],
    [`${G}Object\\.(?:keys|values|entries)`, { throws: ['TypeError'], gives: 'list' }],
    [`${G}Object\\.(?:assign|freeze|create)`, { throws: ['TypeError'], gives: 'present' }],
    ['fs(?:/promises|\\.promises)?\\.readFile(?:Sync)?', { codes: ['ENOENT'], gives: 'text' }],
    ['fs(?:/promises|\\.promises)?\\.readdir(?:Sync)?', { codes: ['ENOENT'], gives: 'list' }],
    [
      'fs(?:/promises|\\.promises)?\\.(?:stat|lstat|unlink|access|readlink|realpath)(?:Sync)?',
      { codes: ['ENOENT'], gives: 'present' },
    ],
    ['fs\\.existsSync', HARMLESS],
    [`(?:${G})?process\\.kill`, { codes: ['ESRCH'], gives: 'present' }],
    [
      `${G}console\\.\\w+|${G}Math\\.\\w+|${G}Date(?:\\.now)?|${G}Array\\.isArray|${G}Number(?:\\.\\w+)?|${G}Boolean`,
      HARMLESS,
    ],
    [
      `${G}(?:parseInt|parseFloat|isNaN|isFinite|Map|Set|WeakMap|Error|TypeError|URLSearchParams|AbortController|TextDecoder|TextEncoder)`,
      HARMLESS,
    ],
    [
      `${G}(?:setTimeout|clearTimeout|setInterval|clearInterval)|${G}performance\\.now|${G}crypto\\.randomUUID`,
      HARMLESS,
    ],
    [`${G}String`, { gives: 'text' }],
    [`(?:${G}|buffer\\.)Buffer\\.from`, HARMLESS],
    ['path\\.(?:join|resolve|dirname|basename|extname|relative|normalize)', { gives: 'text' }],
    [
      `(?:${G})?process\\.(?:uptime|hrtime|memoryUsage)|os\\.(?:loadavg|freemem|totalmem|platform|type|release|cpus|tmpdir|arch|EOL)`,
      HARMLESS,
    ],
  ] as const
).map(([path, call]) => [new RegExp(`^(?:${path})$`), call]);

/** What a function or constructor of this path does; undefined where that is not known. */
export function knownCall(path: string): Call | undefined {
  return CALLS.find(([pattern]) => pattern.test(path))?.[1];
}

/** Methods of text, by what they give. */
const TEXT_METHODS: readonly (readonly [RegExp, ValueKind])[] = [
  [
    /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|slice|substring|replace|replaceAll|padStart|padEnd|charAt)$/,
    'text',
  ],
  [/^(?:startsWith|endsWith|includes|indexOf|lastIndexOf|charCodeAt)$/, 'present'],
  [/^split$/, 'list'],
  [/^match$/, 'any'],
];

export function textMethod(name: string): ValueKind | undefined {
  return TEXT_METHODS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Methods of arrays, by what they give; those with a callback run it at once. */
const LIST_METHODS: readonly (readonly [RegExp, ValueKind])[] = [
  [/^(?:map|filter|flatMap|slice|concat|sort|reverse|flat|splice)$/, 'list'],
  [/^(?:some|every|includes|indexOf|findIndex|forEach|push|unshift)$/, 'present'],
  [/^join$/, 'text'],
  [/^(?:find|pop|shift|at|reduce)$/, 'any'],
];

export function listMethod(name: string): ValueKind | undefined {
  return LIST_METHODS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Methods of what `fetch` gives: a body that is no JSON, or was read before. */
export const RESPONSE_METHODS: Readonly<Record<string, readonly string[]>> = {
  json: ['SyntaxError', 'TypeError'],
  text: ['TypeError'],
  blob: ['TypeError'],
  arrayBuffer: ['TypeError'],
};

/** The names of the calls and methods above, and of `fetch`. */
export const KNOWN_CALLS = new KnownCalls(
  [
    ...[...CALLS, ...TEXT_METHODS, ...LIST_METHODS].map(([pattern]) => pattern),
    /fetch|json|text|blob|arrayBuffer|toString|valueOf|getTime|abort/,
  ],
  // `import()` and `super()` are calls.
  new Set([...TYPESCRIPT_RESERVED, 'async', 'of'].filter((word) => word !== 'import' && word !== 'super')),
);

/** Classes of errors that say more than `Error` does. */
export const ERROR_CLASSES =
  /^(?:TypeError|RangeError|SyntaxError|URIError|EvalError|ReferenceError|DOMException|AggregateError)$/;
