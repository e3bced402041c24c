import type { SyntaxNode } from '../../../../core/syntax/node';
import { hintOf } from './hints';
import type { Piece } from './piece';
import { commandOf, programOf, snake, urlText, wordsInCommand, wordsOf } from './services';
import { type Subject, textOf } from './subject';

/** Words at the start of a method's name that say that it does something, and not to what. */
const VERBS =
  /^(?:get|fetch|load|save|read|write|list|find|check|run|do|handle|process|create|make|build|update|delete|remove|install|start|stop|perform|call|send|query|search|download|upload|execute|try|ensure|is|has|async|sync|on|to|the|with|by|of|for|generate|analyze|calculate|verify|compute|detect|extract|validate|forget|tail|rotate|touch|record|refresh|flush|clear|clean|prune|shuffle|open|append|copy|move|chown|chmod|edit|unsafe|walk|print|set|add|parse|init)$/;

/** A name for the method that a piece becomes: what is done, and to what. Unique only as far as the pieces differ. */
export function methodNameOf(piece: Piece, subject: Subject, program: string | undefined): string {
  const { call } = piece.site;
  const verb = call.path.slice(call.path.lastIndexOf('.') + 1);
  switch (call.kind) {
    case 'http':
      return httpName(piece, subject, verb);
    case 'process':
      return processName(piece, subject, verb, program);
    case 'file':
      return fileName(piece, subject, verb);
    default:
      return sdkName(call.path, verb);
  }
}

/** `chat.completions.create` creates completions, `AutoModel.from_pretrained` loads an auto model. */
function sdkName(path: string, verb: string): string {
  const owner = path.split('.').at(-2) ?? '';
  if (/^from_pretrained$/.test(verb)) return joined('load', snake(owner));
  if (/^[A-Z]/.test(verb)) return joined('make', snake(verb));
  const isPart = /^[a-z]\w*$/.test(owner) && path.split('.').length > 3;
  const isVague = /^(?:create|get|list|delete|update|generate|retrieve|search|execute|run|send|query|insert)$/.test(
    verb,
  );
  return isPart && isVague ? joined(verb, owner) : snake(verb);
}

/** What the function around is about: its name without its verb. */
export function nounOf({ site }: Piece): string {
  const words = wordsOf(site.methodName);
  // One word says what is done, unless it names things.
  if (words.length === 1 && !/[^s]s$/.test(words[0]!)) return '';
  while (words.length > 1 && VERBS.test(words[0]!)) words.shift();
  const noun = words.join('_');
  return noun === 'init' || VERBS.test(noun) ? '' : noun;
}

function httpName(piece: Piece, subject: Subject, verb: string): string {
  const { document } = subject;
  const call = piece.site.callee.parent!;
  let method = /^(?:get|post|put|patch|delete|head|options)$/.test(verb)
    ? verb
    : verb === 'stream'
      ? 'stream'
      : verb === 'ws_connect'
        ? 'connect'
        : 'request';
  if (/^(?:request|stream)$/.test(verb)) {
    const said = /^\(\s*["'](GET|POST|PUT|PATCH|DELETE|HEAD)["']/.exec(
      textOf(document, call.childForFieldName('arguments')!),
    )?.[1];
    if (said && verb === 'request') method = said.toLowerCase();
  } else if (/^url/.test(verb)) method = verb === 'urlretrieve' ? 'download' : 'open';
  else if (/^(?:open|execute\w*|subscribe|send)$/.test(verb)) method = snake(verb);
  const noun = pathNoun(urlText(piece, subject)) ?? nounOf(piece);
  return joined(method, noun === '' ? 'url' : noun);
}

/** The last word of a URL's path that is written out: `tags` of `{endpoint}/api/tags`. */
function pathNoun(url: string): string | undefined {
  for (const piece of url.split(/\s+/)) {
    const path =
      /(?:https?:\/\/[^/"'{}]*|\})(\/[^"'?#\s]*)/.exec(piece)?.[1] ?? /^f?["'](\/[^"'?#\s]*)/.exec(piece)?.[1];
    if (path === undefined) continue;
    const parts = path.split('/').filter((one) => one !== '');
    const isOfOne = parts.at(-1)?.startsWith('{') ?? false;
    const words = parts.filter((one) => /^[A-Za-z][\w.-]*$/.test(one) && !/^(?:api|v\d+\w*|rest|json|xml)$/i.test(one));
    const last = words
      .at(-1)
      ?.replace(/\.\w{1,4}$/, '')
      .replace(/[^A-Za-z\d]+/g, '_')
      .toLowerCase()
      .replace(/_+$/, '');
    if (last !== undefined && last !== '') return isOfOne ? last.replace(/(?<=[^s])s$/, '') : last;
  }
  return undefined;
}

function processName(piece: Piece, subject: Subject, verb: string, program: string | undefined): string {
  const { call } = piece.site;
  if (call.path.startsWith('psutil.')) {
    if (verb === 'Process') return 'find_process';
    if (verb === 'process_iter') return 'list_processes';
    if (verb === 'Popen') return joined('start', nounOf(piece));
    return `read_${snake(verb)}`.replace(
      /^read_(?=(?:pid_exists|kill|terminate|wait|suspend|resume|children|send)\b)/,
      '',
    );
  }
  if (/^os\.kill/.test(call.path) || /^signal\./.test(call.path)) return signalName(piece, subject, verb);
  if (call.path.startsWith('os.') && !/^(?:system|popen)$/.test(verb)) return snake(verb);
  const start = /^(?:Popen|create_subprocess_\w+|open_process|spawn\w*|posix_spawn\w*)$/.test(verb) ? 'start' : 'run';
  const words = commandOf(piece, subject);
  const own = programOf(piece, subject);
  const command = words
    .slice(1)
    .filter((one) => /^[a-z][a-z\d_-]*$/i.test(one))
    .slice(0, 2);
  const said = own === undefined ? '' : own === program ? command.join('_') : [own, ...command.slice(0, 1)].join('_');
  const flag = words.slice(1).find((one) => /^--[a-z]/.test(one));
  if (said === '' && own !== undefined && own === program && flag === undefined) return start;
  const [word] = own === undefined ? wordsInCommand(piece, subject).map((one) => one.replace(/^-+/, '')) : [];
  if (word !== undefined && /^[a-z][a-z\d_-]*$/i.test(word)) return joined(start, word);
  const noun =
    said !== '' ? said : own !== undefined && flag !== undefined ? flag.slice(2).split('=')[0]! : nounOf(piece);
  if (start === 'run' && /^run(?:_|$)/.test(noun)) return joined(noun, '');
  return joined(start, noun === '' ? 'command' : noun);
}

function signalName(piece: Piece, subject: Subject, verb: string): string {
  const said = /\bSIG([A-Z]+\d?)\b/.exec(subject.document.source.slice(piece.start, piece.end))?.[1];
  const whom = verb === 'killpg' ? 'group' : 'process';
  if (said === 'TERM') return `terminate_${whom}`;
  if (said === 'KILL') return `kill_${whom}`;
  return said === undefined ? `signal_${whom}` : `send_sig${said.toLowerCase()}`;
}

const FILE_VERBS: Readonly<Record<string, string>> = {
  open: 'open',
  open_file: 'open',
  read_text: 'read',
  read_bytes: 'read',
  write_text: 'write',
  write_bytes: 'write',
  unlink: 'delete',
  remove: 'delete',
  rmdir: 'delete',
  removedirs: 'delete',
  rmtree: 'delete',
  delete: 'delete',
  rename: 'move',
  replace: 'move',
  move: 'move',
  copy: 'copy',
  copy2: 'copy',
  copyfile: 'copy',
  copytree: 'copy',
  copymode: 'copy_mode_of',
  copystat: 'copy_stat_of',
  listdir: 'list',
  scandir: 'list',
  iterdir: 'list',
  glob: 'list',
  iglob: 'list',
  rglob: 'list',
  walk: 'walk',
  chmod: 'set_mode_of',
  chown: 'set_owner_of',
  symlink: 'link',
  symlink_to: 'link',
  hardlink_to: 'link',
  link: 'link',
  utime: 'touch',
  truncate: 'truncate',
  mkfifo: 'make_pipe',
  extract: 'extract',
  extractall: 'extract',
  add: 'add',
  write: 'write',
  make_archive: 'pack',
  unpack_archive: 'unpack',
  save: 'save',
};

/** Names of variables that only say that something is a file. */
const ANY_FILE =
  /^(?:path|file|filename|file_path|filepath|fpath|fname|fd_name|f|p|fp|fh|fd|dest|dst|src|source|target|target_path|source_path|full_path|entry|item|name|value|text|dir|directory|folder)$/;

function fileName(piece: Piece, subject: Subject, verb: string): string {
  let method = FILE_VERBS[verb] ?? snake(verb);
  if (method === 'open' && !piece.expression) method = modeOf(piece, subject);
  if (/^(?:tarfile|zipfile)\./.test(piece.site.call.path) && verb !== 'open')
    return /^extract/.test(verb) ? 'extract_archive' : 'add_to_archive';
  const noun = fileNoun(piece, subject);
  const isMany = method === 'list' && !/s$/.test(noun);
  if (/rmtree|rmdir|removedirs/.test(verb) && !/(?:dir|folder|tree|directory)$/.test(noun))
    return joined(method, `${noun}_tree`.replace(/^_/, ''));
  if (isMany)
    return joined(
      method,
      noun === '' ? 'files' : `${noun}_files`.replace(/(?:_dir|_folder|_directory|_path)_files$/, '_files'),
    );
  return joined(method, noun === '' ? 'file' : noun);
}

/** What a block does with the file that it opens. */
function modeOf(piece: Piece, subject: Subject): string {
  const open = piece.site.callee.parent!;
  const around = open.parent?.parent?.type === 'with_item' ? open.parent.parent.parent! : open;
  const modes = [...textOf(subject.document, around).matchAll(/[(,]\s*(?:mode\s*=\s*)?["']([rwaxbt+]{1,3})["']/g)];
  const mode = modes.map((one) => one[1]!).find((one) => /[wax]/.test(one)) ?? 'r';
  return mode.startsWith('a') ? 'append' : /[wx]/.test(mode) ? 'write' : 'read';
}

/** The name of a method that serves several files: what it does with any of them. */
export function commonFileName(piece: Piece, subject: Subject): string {
  const { path } = piece.site.call;
  const verb = path.slice(path.lastIndexOf('.') + 1);
  const text = subject.document.source.slice(piece.start, piece.end);
  const method = FILE_VERBS[verb] ?? snake(verb);
  if (verb === 'open' && !piece.expression) {
    const mode = modeOf(piece, subject);
    return joined(mode, /\bjson\.(?:load|dump)/.test(text) ? 'json' : /["'][rwax+]*b/.test(text) ? 'bytes' : 'text');
  }
  if (/^(?:rmtree|copytree)$/.test(verb)) return joined(method, 'tree');
  if (/_(?:text|bytes)$/.test(verb)) return verb;
  if (/^(?:rmdir|removedirs)$/.test(verb)) return 'delete_directory';
  if (method === 'list') return /glob/.test(verb) ? 'list_files' : 'list_entries';
  return joined(method, 'file');
}

function fileNoun(piece: Piece, subject: Subject): string {
  const node = pathOf(piece.site.callee, subject);
  const hint = node ? hintOf(node, subject.document) : '';
  const bare = hint.replace(/_(?:file_?path|path|file|filename|file_name)$/, '');
  if (bare !== '' && !ANY_FILE.test(bare)) return bare;
  const noun = nounOf(piece);
  return noun === '' ? '' : noun.replace(/_(?:from|to|on)_disk$/, '');
}

/** The expression that says which file: the receiver of a path's method, else the first argument. */
function pathOf(callee: SyntaxNode, { document }: Subject): SyntaxNode | undefined {
  const list = callee.parent?.type === 'argument_list' ? callee.parent : callee.parent?.childForFieldName('arguments');
  const args = list?.namedChildren.filter((one) => one.type !== 'comment' && one.id !== callee.id) ?? [];
  const object = callee.childForFieldName('object');
  if (
    object &&
    !/^(?:os|shutil|io|glob|aiofiles|gzip|bz2|lzma|codecs|tarfile|zipfile|anyio|tempfile|default_storage)$/.test(
      textOf(document, object),
    )
  )
    return object;
  return args[0];
}

function joined(verb: string, noun: string): string {
  return [verb, noun]
    .filter((one) => one !== '')
    .join('_')
    .replace(/[^a-z\d_]+/gi, '_')
    .replace(/_{2,}/g, '_')
    .toLowerCase();
}
