import type { SyntaxNode } from '../../../../../core/syntax/node';
import { pythonStringValue } from '../../../../../core/syntax/python';
import { singular } from '../../../../../core/text/inflection';
import { textOf } from '../subject';
import { snake } from '../words';
import { hintOf } from './hints';
import { joined, nounOf } from './nouns';
import type { Piece } from './piece';
import type { Subject } from './subject';

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
  copymode: 'copy_mode',
  copystat: 'copy_stat',
  listdir: 'list',
  scandir: 'list',
  iterdir: 'list',
  glob: 'list',
  iglob: 'list',
  rglob: 'list',
  walk: 'walk',
  chmod: 'set_mode',
  chown: 'set_owner',
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

const DELETES = /\.(?:remove|removedirs|rmdir|rmtree|unlink)\(/;

const rangeOf = ({ start, end }: Piece): { startIndex: number; endIndex: number } => ({
  startIndex: start,
  endIndex: end,
});

/** What is done to a part of a file's record. */
const PART_OF_FILE = /^(set|copy)_(mode|owner|stat)$/;

/** Names of variables that only say that something is a file. */
const ANY_FILE =
  /^(?:path|file|filename|file_path|filepath|fpath|fname|fd_name|f|p|fp|fh|fd|dest|dst|src|source|target|target_path|source_path|full_path|entry|item|name|value|text|dir|directory|folder|absolute|abs|full|relative|rel|real|resolved|current|final|out|output|input|path_of|tf|dirpath|dir_path|dirname|dir_name|basename|tdir|tmpdir|tmp|tmp_path|temp_path|temp)$/;

/** What is done, and to which file. */
export function fileName(piece: Piece, subject: Subject, verb: string): string {
  let method = FILE_VERBS[verb] ?? snake(verb);
  if (method === 'open' && !piece.expression) method = modeOf(piece, subject);
  if (!piece.expression && /\.extract(?:all)?\(/.test(textOf(subject.document, rangeOf(piece)))) method = 'extract';
  // A block that looks at a folder to clear it away.
  if (method === 'list' && !piece.expression && DELETES.test(textOf(subject.document, rangeOf(piece))))
    method = 'delete';
  if (/^(?:tarfile|zipfile)\./.test(piece.site.call.path) && verb !== 'open')
    return /^extract/.test(verb) ? 'extract_archive' : 'add_to_archive';
  const noun = fileNoun(piece, subject);
  // The mode of a file is set, and not the file.
  const [, action, what] = PART_OF_FILE.exec(method) ?? [];
  if (action && what) return joined(action, `${noun === '' ? 'file' : noun}_${what}`);
  if (method === 'list') return joined(method, listNoun(piece, subject));
  if (method === 'walk' && noun === '') return 'walk_tree';
  if (/rmtree|rmdir|removedirs|copytree/.test(verb) && !/(?:dirs?|folders?|tree|directory|directories)$/.test(noun))
    return joined(method, `${noun}_tree`.replace(/^_/, ''));
  return joined(method, noun === '' ? 'file' : noun);
}

/** `dataset_files` of `folder.glob("dataset_*.jsonl")`, `spool_files` of `spool.glob("*.json")`, `json_files` of `path.glob("*.json")`. */
function listNoun(piece: Piece, subject: Subject): string {
  const pattern = /glob$/.test(piece.site.call.path) ? patternOf(piece, subject) : '';
  const name = /([^/]*?)(?:\.[^./]*)?$/.exec(pattern)?.[1] ?? '';
  const words = name.split(/[^A-Za-z\d]+/).filter((one) => /^[A-Za-z]/.test(one));
  if (words.length > 0) return `${words.join('_')}_files`;
  const known = variableNoun(piece, subject);
  return (known === undefined ? endingNoun(piece, subject) : undefined) ?? manyOf(known ?? nounOf(piece));
}

/** `json_files` of `folder.glob("*.json")`. */
function endingNoun(piece: Piece, subject: Subject): string | undefined {
  const ending = /\.([a-z\d]+)$/i.exec(patternOf(piece, subject))?.[1];
  return ending === undefined ? undefined : `${ending.toLowerCase()}_files`;
}

/** The pattern of a search, where it is written out. */
function patternOf(piece: Piece, { document }: Subject): string {
  const strings = piece.site.callee.parent!.childForFieldName('arguments')?.descendantsOfType('string') ?? [];
  return strings.map((one) => pythonStringValue(one, document.source)?.value ?? '').find((one) => /\*/.test(one)) ?? '';
}

function manyOf(noun: string): string {
  if (noun === '') return 'files';
  if (/s$/.test(noun)) return noun;
  const words = noun.replace(/_(?:dir|folder|directory|path)$/, '').split('_');
  return [...words.slice(0, -1), singular(words.at(-1)!), 'files'].join('_');
}

/** What a block does with the file that it opens. */
function modeOf(piece: Piece, subject: Subject): string {
  const open = piece.site.callee.parent!;
  const around = open.parent?.parent?.type === 'with_item' ? open.parent.parent.parent! : open;
  const modes = [
    ...textOf(subject.document, around).matchAll(/[(,]\s*(?:mode\s*=\s*)?["']([rwaxbt+]{1,3})(?::\w*)?["']/g),
  ];
  const mode = modes.map((one) => one[1]!).find((one) => /[wax]/.test(one)) ?? 'r';
  return mode.startsWith('a') ? 'append' : /[wx]/.test(mode) ? 'write' : 'read';
}

/** `reading` or `writing`, for a call that only opens a file. */
export function purposeOf(piece: Piece, subject: Subject): string | undefined {
  if (!/open(?:_file)?$/.test(piece.site.call.path) || !piece.expression) return undefined;
  return modeOf(piece, subject) === 'read' ? 'reading' : 'writing';
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
  const [, action, what] = PART_OF_FILE.exec(method) ?? [];
  if (action && what) return `${action}_file_${what}`;
  if (/^(?:rmdir|removedirs)$/.test(verb)) return 'delete_directory';
  if (method === 'list') return /glob/.test(verb) ? 'list_files' : 'list_entries';
  return joined(method, 'file');
}

/** The variable that says which file it is, the name that is written out, or what the function around is about. */
function fileNoun(piece: Piece, subject: Subject): string {
  const known = variableNoun(piece, subject) ?? literalNoun(piece, subject);
  return known ?? nounOf(piece).replace(/_(?:from|to|on)_disk$/, '');
}

function variableNoun(piece: Piece, subject: Subject): string | undefined {
  const node = pathOf(piece.site.callee, subject);
  const hint = node ? hintOf(node, subject.document) : '';
  const bare = hint.replace(/_(?:file_?path|path|file|filename|file_name|name)$/, '');
  if (/^(?:os_)?getcwd$|^(?:path_)?cwd$/.test(bare)) return 'working_directory';
  return /^\w{0,2}$/.test(bare) || ANY_FILE.test(bare) ? undefined : bare;
}

/** Variables that say only that something came back. */
const ANY_RESULT =
  /^(?:data|content|contents|result|response|lines?|rows?|raw|body|buf|buffer|bytes|obj|res|ret|out|f)$/;

/** What tells a method apart from another one of its name: the file that it names, or the files that it looks for. */
export function ownNoun(piece: Piece, subject: Subject): string | undefined {
  const [output] = piece.outputs;
  if (output && piece.outputs.length === 1 && !ANY_RESULT.test(output.name) && !ANY_FILE.test(output.name))
    return snake(output.name);
  return /glob$/.test(piece.site.call.path) ? endingNoun(piece, subject) : literalNoun(piece, subject);
}

/** `checkpoint` of `open(folder / "checkpoint.json")`, `watch_log` of `open("watch.log")`. */
function literalNoun(piece: Piece, subject: Subject): string | undefined {
  const node = pathOf(piece.site.callee, subject);
  const strings = node?.descendantsOfType('string') ?? [];
  for (const text of strings.map((one) => textOf(subject.document, one).replace(/["']+$/, '')).reverse()) {
    const [, name, ending] = /([A-Za-z][\w-]*)\.([A-Za-z\d]{1,6})$/.exec(text) ?? [];
    // `/etc/shadow` has no ending.
    const [, folder, bare] =
      /(?:([A-Za-z][\w-]*)\/)?([A-Za-z][\w-]{2,})$/.exec(/\/[\w-]+$/.test(text) ? text : '') ?? [];
    if (name === undefined && bare !== undefined) {
      const isVague =
        /^(?:info|data|config|conf|status|state|list|version|settings|index|log|name|cmdline|locale)$/.test(bare);
      return snake((isVague && folder !== undefined ? `${folder}_${bare}` : bare).replaceAll('-', '_'));
    }
    if (name === undefined || ending === undefined) continue;
    // `watch.log` is more than a watch.
    const kind = /^(?:log|lock|pid|cache|db)$/.test(ending) && !name.endsWith(ending) ? `_${ending}` : '';
    return `${snake(name.replaceAll('-', '_'))}${kind}`;
  }
  return undefined;
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
