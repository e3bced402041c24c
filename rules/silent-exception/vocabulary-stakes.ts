/** Names that tell whether something is at stake in guarded code: data for `stakes.ts`. */

function oneOf(...lists: readonly string[]): RegExp {
  return new RegExp(`^(?:${lists.join(' ').split(' ').join('|')})$`);
}

function setOf(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').split(' '));
}

/** First words of calls that leave the program wherever they stand: `fetchUser`, `save_order`, `execSync`. */
export const OUTSIDE_VERBS = setOf(
  'fetch request post put patch send recv receive execute query commit rollback login authenticate authorize popen spawn exec',
  'execa upload download publish mkdir makedirs urlopen check delete insert save write read open connect communicate axios run',
  'readdir persist sync dispatch enqueue install deploy notify copyfile rename resolve4 resolve6',
);

/** Verbs that alone name operations in memory as well: `cache.delete(key)`, `list.insert(0, x)`, `pattern.exec(text)`. */
export const PLAIN_WHEN_ALONE = setOf(
  'delete insert exec open check put patch request post run read write connect dispatch install sync notify query receive',
);

/** What is outside the program, as the last word of what a call is made on: `requests.get`, `this.prisma.find`. */
export const OUTSIDE_OWNERS = setOf(
  'requests httpx axios urllib sqlite redis mongo mongodb prisma knex boto s3 subprocess cur objects shutil db database',
  'conn connection sock socket ses sqs dynamodb smtp ldap docker kube kafka rabbit octokit fs fsp',
);

/** Functions that everybody knows to leave the program, where they stand alone. */
export const WELL_KNOWN = oneOf(
  'fetch \\$fetch axios got execa \\$ open urlopen exec(?:File|Sync|FileSync|Async)? spawn(?:Sync)? (?:read|write|append|copy)File(?:Sync)? readdir(?:Sync)?',
  'mkdir(?:Sync)? rename(?:Sync)?',
);

/** Modules of which only some functions change anything. */
export const SYSTEM_OWNERS = setOf(
  'os path process child session client http https api server service repo repository git',
);

export const SYSTEM_CALLS = oneOf(
  'mkdir makedirs rename replace link symlink chmod chown kill system popen exec\\w* spawn\\w* run\\w* post put patch delete send',
  'request commit execute query scalar\\w* insert save fetch\\w* login connect write\\w* read\\w* add push pull clone checkout',
);

/** First words of calls that decide who may do what, where the name speaks of tokens or passwords: `verify_token`. */
export const AUTH_VERBS = setOf(
  'verify validate check authenticate authorize decrypt encrypt refresh revoke get load save set store create sign',
);

/** What may fail without harm: the looks of a page, its clipboard, its sounds. */
export const NICETIES = oneOf(
  'play pause focus blur scroll\\w* vibrate share animate measure\\w* request(?:AnimationFrame|IdleCallback|Fullscreen|Permission|PointerLock)\\w*',
  'exitFullscreen query(?:[A-Z_]\\w*) read(?:U?Int|Float|Double|Big|Byte|String|Line|Only|Bit)\\w* write(?:U?Int|Float|Double|Big|Byte|Bit)\\w*',
  'checkValidity prefetch\\w* preload\\w* preconnect\\w* warm\\w* postMessage execCommand setPointerCapture releasePointerCapture',
  'l?stat(?:Sync)? access(?:Sync)? exists(?:Sync)? getInfoAsync mutateAsync sendBeacon getComputedStyle getBoundingClientRect requestSubmit readable writable checked openapi',
);

export const NICE_OWNERS = oneOf(
  'clipboard localStorage sessionStorage storage haptics Haptics audio video navigator performance console',
);

/** Waiting itself. */
export const WAITS = oneOf(
  'sleep wait\\w* race all allSettled any gather shield delay timeout setTimeout nextTick tick resolve reject event Event then catch finally import require json text arrayBuffer blob formData clone',
);

/** Calls that turn one value into another, however they are spelled. */
export const CONVERTS = oneOf(
  '\\w*[pP]arse\\w* (?:de)?serialize\\w* \\w*[dD]ecode\\w* \\w*[eE]ncode\\w* stringify format\\w* normalize\\w* convert\\w* to[A-Z]\\w* from[A-Z]\\w* Promise Error Set Map',
);

/** Words of function names whose answer only informs or eases something: what they miss, nobody misses. */
export const MODEST_NAMES = setOf(
  'detect guess probe hint hints suggest suggestion suggestions suggested platform version describe description banner prefetch preload',
  'warm warmup prewarm telemetry analytics tracking beacon metrics optional maybe try fallback legacy decorate highlight tooltip',
  'preview thumbnail favicon icon autocomplete completion completions ignore suppress swallow silent silently safe safely ping reachable online connectivity alive cache cached caches census',
);

/** Code that looks for what may not be there, a module or a slot of a signal, or that reports on the use of a program. */
export const OPTIONAL_CODE =
  /\b(?:createRequire|require\.resolve|import\.meta\.resolve|import_module|find_spec|__import__|importlib)\b|\.disconnect\(\s*[\w.]|telemetry|posthog|mixpanel|["'`]which\b|\bwhich\(|ignore_errors[ \t]*=[ \t]*True/i;
