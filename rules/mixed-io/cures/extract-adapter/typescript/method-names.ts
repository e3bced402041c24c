import type { SyntaxNode } from '../../../../../core/syntax/node';
import { type MethodLanguage, partOfSdk, pathNoun, type UrlLanguage } from '../methods';
import { textOf } from '../subject';
import { camel, camelWith, wordsOf } from '../words';
import { hintOf } from './hints';
import type { Piece } from './piece';
import { argumentsOf, commandOf, programOf, urlText, wordsInCommand } from './services';
import type { Subject } from './subject';

/** Words at the start of a method's name that say that it does something, and not to what. */
const VERBS =
  /^(?:get|fetch|load|save|read|write|list|find|check|run|do|handle|process|create|make|build|update|delete|remove|install|start|stop|perform|call|send|query|search|download|upload|execute|try|ensure|is|has|async|sync|on|to|the|with|by|of|for|from|generate|analyze|calculate|verify|compute|detect|extract|validate|tail|rotate|touch|record|refresh|flush|clear|clean|prune|open|append|copy|move|edit|walk|print|set|add|parse|init|initialize|constructor|resolve|ask|pull|push|post|put|request|axios|http|https|api|rest|describe|cleanup|restore|reload|unlink|spawn|exec|await|drop|forget|remember|report|mark|store|merge|cut|tag|launch|kill|close|connect|publish|login|register|migrate|import|export|apply|render|sign|wait|view|show|display|persist|dump|destroy|archive)$/;

export const METHODS: MethodLanguage<Subject, Piece> = {
  joined: camel,
  extended: camelWith,
  httpName,
  processName,
  fileName,
  sdkName,
  commonFileName,
};

/** What the function around is about: its name without its verb. */
export function nounOf({ site }: Piece): string {
  const words = wordsOf(site.methodName);
  // One word says what is done, unless it names things.
  if (words.length === 1 && !/[^s]s$/.test(words[0]!)) return '';
  while (words.length > 0 && VERBS.test(words[0]!)) words.shift();
  while (words.length > 0 && /^(?:sync|async|internal|impl)$/.test(words.at(-1)!)) words.pop();
  const noun = camel(...words);
  return VERBS.test(noun) || noun.length < 3 || words.length > 3 ? '' : noun;
}

function sdkName({ site: { call } }: Piece, _: Subject, verb: string): string {
  return camel(verb, partOfSdk(call.path, verb) ?? '');
}

function httpName(piece: Piece, subject: Subject, verb: string): string {
  const { document } = subject;
  let method = /^(?:get|post|put|patch|delete|head|options)$/.test(verb) ? verb : '';
  if (method === '') {
    const call = piece.site.callee.parent!;
    const said = /\bmethod\s*:\s*(["'`])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\1/i.exec(textOf(document, call))?.[2];
    const isOpen = /\bmethod\b|\.\.\.|,\s*[\w$.]+\s*\)$/.test(textOf(document, call));
    method = said ? said.toLowerCase() : isOpen || /^(?:request|rawRequest|send)$/.test(verb) ? 'request' : 'get';
  }
  const noun = pathNoun(urlText(piece, subject), URL_PATH) ?? nounOf(piece);
  return camel(method, noun === '' ? 'url' : noun);
}

const URL_PATH: UrlLanguage = {
  absolute: /(?:https?:\/\/[^/"'`{}]*|\})(\/[^"'`?#\s]*)/,
  relative: /(?:^|[(,])["'`](\/[^"'`?#\s]*)/,
  value: '${',
  word: (written) => written,
};

function processName(piece: Piece, subject: Subject, verb: string, program: string | undefined): string {
  if (verb === 'kill') return killName(piece, subject);
  const start = /^(?:spawn|fork|Command)$/.test(verb) ? 'start' : 'run';
  const words = commandOf(piece, subject);
  const own = programOf(piece, subject);
  const flags = words.findIndex((one, at) => at > 0 && !/^[a-z][a-z\d_-]*$/i.test(one));
  const command = words.slice(1, flags < 0 ? undefined : flags).slice(0, 3);
  const inside =
    command.length > 0
      ? []
      : wordsInCommand(piece, subject)
          .filter((one) => /^[a-z][a-z-]*$/.test(one))
          .slice(0, 2);
  const all = [...command, ...inside];
  // `npm i` installs.
  const whole = all.map((one, at) => (at === 0 && one === 'i' ? 'install' : one));
  const said = own === undefined ? [] : own === program ? whole : [own, ...whole.slice(0, 1)];
  const flag = words.slice(1).find((one) => /^--[a-z]/.test(one));
  // `bun run protos` runs protos.
  if (said.length > 0) return camel(start, ...(said.length > 1 && said[0] === start ? said.slice(1) : said));
  if (own !== undefined && flag !== undefined) return camel(start, flag.slice(2).split('=')[0]!);
  if (own !== undefined && own === program) return start;
  const [word] = own === undefined ? wordsInCommand(piece, subject) : [];
  if (word !== undefined && /^[a-z][a-z\d_-]*$/i.test(word)) return camel(start, word);
  const noun = nounOf(piece);
  return camel(start, noun === '' ? 'command' : noun);
}

/** Signal 0 only asks whether a process is there. */
function killName(piece: Piece, subject: Subject): string {
  const [, signal] = argumentsOf(piece);
  const text = signal ? textOf(subject.document, signal) : '';
  if (text === '0') return 'isRunning';
  return text === '' || /^["']SIG(?:KILL|TERM)["']$/.test(text) ? 'killProcess' : 'signalProcess';
}

const FILE_VERBS: readonly (readonly [RegExp, string])[] = [
  [/^unlink/, 'unlink'],
  [/^(?:rm|remove|rmdir|delete|rimraf|del|emptyDir)/, 'delete'],
  [/^(?:rename|move)/, 'move'],
  [/^(?:copy|cp)/, 'copy'],
  [/^(?:readdir|readDir|opendir|glob|readDirectory)/, 'list'],
  [/^(?:append)/, 'append'],
  [/^createReadStream/, 'openReader'],
  [/^createWriteStream/, 'openWriter'],
  [/^(?:read)/, 'read'],
  [/^(?:write|output)/, 'write'],
  [/^open/, 'open'],
  [/^(?:chmod)/, 'setModeOf'],
  [/^(?:chown)/, 'setOwnerOf'],
  [/^(?:symlink|link)/, 'link'],
  [/^(?:utimes)/, 'touch'],
  [/^(?:truncate)/, 'truncate'],
  [/^(?:watch)/, 'watch'],
  [/^(?:close)/, 'close'],
];

/** Names of variables that only say that something is a file. */
const ANY_FILE =
  /^(?:path|file|filename|fileName|filePath|filepath|fullPath|absolutePath|absPath|tmp|temp|f|p|fp|fd|fh|to|from|out|input|output|dest|dst|src|source|target|targetPath|sourcePath|entry|item|name|value|text|dir|directory|folder|uri|url|content|link|options)$/;

function fileName(piece: Piece, subject: Subject, verb: string): string {
  const method = verbOf(verb, piece);
  const noun = fileNoun(piece, subject);
  const isStream = /^open[RW]/.test(method);
  if (method === 'list' && !/s$/.test(noun))
    return camel(method, noun === '' ? 'files' : `${noun.replace(/(?:Dir|Folder|Directory|Path)$/, '')}Files`);
  if (isStream) return camel(noun === '' ? 'open' : 'open', noun, method === 'openReader' ? 'reader' : 'writer');
  return camel(method, noun === '' ? 'file' : noun);
}

function verbOf(verb: string, { site: { node } }: Piece): string {
  const found = FILE_VERBS.find(([pattern]) => pattern.test(verb))?.[1] ?? verb.replace(/Sync$/, '');
  return found === 'delete' && mayFail(node) ? 'cleanUp' : found;
}

/** Whether the code around does without what is called: in a `try`, or with a `.catch()` behind. */
function mayFail(node: SyntaxNode): boolean {
  for (let at = node.parent; at && !/function|method/.test(at.type); at = at.parent)
    if (at.type === 'try_statement' || at.type === 'member_expression') return true;
  return false;
}

/** The name of a method that serves several files: what it does with any of them. */
export function commonFileName(piece: Piece): string {
  const { path } = piece.site.call;
  const method = verbOf(path.slice(path.lastIndexOf('.') + 1), piece);
  if (method === 'list') return 'listFiles';
  if (/^open[RW]/.test(method)) return method;
  return camel(method, 'file');
}

function fileNoun(piece: Piece, subject: Subject): string {
  const [first] = argumentsOf(piece);
  const bare = first ? bareHint(first, subject) : '';
  if (bare !== '' && !ANY_FILE.test(bare)) return bare;
  return nounOf(piece);
}

function bareHint(node: SyntaxNode, { document }: Subject): string {
  const hint = hintOf(node, document);
  return hint.replace(/(?:FilePath|Filepath|Path|File|Filename|FileName|Uri)$/, '');
}
