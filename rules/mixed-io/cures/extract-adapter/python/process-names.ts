import type { SyntaxNode } from '../../../../../core/syntax/node';
import { snake } from '../words';
import { hintOf } from './hints';
import { joined, nounOf } from './nouns';
import type { Piece } from './piece';
import { commandOf, programOf, wordsInCommand } from './services';
import type { Subject } from './subject';

/** @param program the one that the method's class is for */
export function processName(piece: Piece, subject: Subject, verb: string, program: string | undefined): string {
  const { path } = piece.site.call;
  if (path.startsWith('psutil.')) return psutilName(piece, verb);
  if (/^os\.kill/.test(path) || /^signal\./.test(path)) return signalName(piece, subject, verb);
  if (path === 'os.waitpid') return 'wait_for_process';
  if (/^os\.exec/.test(path)) return joined('exec', commandNoun(piece, subject, undefined) || 'command');
  if (path.startsWith('os.') && !/^(?:system|popen)$/.test(verb)) return snake(verb);
  const start = /^(?:Popen|create_subprocess_\w+|open_process|spawn\w*|posix_spawn\w*)$/.test(verb) ? 'start' : 'run';
  const noun = commandNoun(piece, subject, program);
  if (noun === undefined) return start;
  if (start === 'run' && /^run(?:_|$)/.test(noun)) return joined(noun, '');
  return joined(start, noun === '' ? 'command' : noun);
}

/** What a command line does; undefined where its program says all. */
function commandNoun(piece: Piece, subject: Subject, program: string | undefined): string | undefined {
  const own = programOf(piece, subject);
  if (own === undefined) {
    const [word] = wordsInCommand(piece, subject)
      .map((one) => one.replace(/^--?(?=\w\w)/, ''))
      .filter((one) => !/^-/.test(one));
    if (word !== undefined && /^[a-z][a-z\d_-]*$/i.test(word)) return word;
    return programVariable(piece, subject) ?? variableNoun(piece, subject) ?? nounOf(piece);
  }
  const [, ...words] = commandOf(piece, subject);
  const hasValue = words[1] !== undefined && !words[1].startsWith('-');
  const flag = /^--([a-z][\w-]*)(=|$)/.exec(words[0] ?? '');
  const said = flag && (flag[2] !== '' || !hasValue) ? flag[1] : undefined;
  if (said !== undefined && own === program) return said;
  if (said === 'version') return `${own}_${said}`;
  // What follows an option is its value.
  const end = words.findIndex((one) => !/^[a-z][a-z\d_-]*$/i.test(one));
  const command = end < 0 ? words : words.slice(0, end);
  if (own === program) return command.length === 0 ? undefined : command.slice(0, 2).join('_');
  return [own, ...command.slice(0, 1)].join('_');
}

/** `python` of `[self.python_path, "-c", code]`. */
function programVariable({ site }: Piece, { document }: Subject): string | undefined {
  const args = site.callee.parent?.childForFieldName('arguments')?.namedChildren ?? [];
  const given = args.find(({ type }) => type !== 'comment');
  const list = given?.type === 'keyword_argument' ? given.childForFieldName('value') : given;
  const shell =
    list?.type === 'string'
      ? /^[fF]["']\{(\w+)\}\s/.exec(document.source.slice(list.startIndex, list.endIndex))?.[1]
      : undefined;
  if (shell !== undefined && /^[a-z]\w{2,}$/.test(shell) && !/^(?:cmd|command|args)$/.test(shell))
    return shell.replace(/_(?:path|bin|cmd|command)$/, '');
  const first = list && /^(?:list|tuple)$/.test(list.type) ? list.firstNamedChild : undefined;
  if (!first || !/^(?:identifier|attribute)$/.test(first.type)) return undefined;
  return /^(\w+)_(?:path|bin|binary|exe|executable|cmd|command)$/.exec(hintOf(first, document))?.[1];
}

/** `flake8` of `flake8_cmd`. */
function variableNoun({ site }: Piece, { document }: Subject): string | undefined {
  const list = site.callee.parent?.type === 'argument_list' ? site.callee.parent : undefined;
  const args = (list ?? site.callee.parent?.childForFieldName('arguments'))?.namedChildren ?? [];
  const first: SyntaxNode | undefined = args.find((one) => one.type !== 'comment' && one.id !== site.callee.id);
  if (!first || !/^(?:identifier|attribute)$/.test(first.type)) return undefined;
  const noun = /^(\w+)_(?:cmd|command|args|argv|cmdline|commandline)$/.exec(hintOf(first, document))?.[1];
  return noun === undefined || /^(?:full|base|new|final|my|the|shell|run|start|exec)$/.test(noun) ? undefined : noun;
}

function psutilName(piece: Piece, verb: string): string {
  if (verb === 'Process') return 'find_process';
  if (verb === 'process_iter') return 'list_processes';
  if (verb === 'Popen') return joined('start', nounOf(piece));
  const isAction = /^(?:pid_exists|kill|terminate|wait|suspend|resume|children|send\w*)$/.test(verb);
  return isAction ? snake(verb) : `read_${snake(verb)}`;
}

function signalName(piece: Piece, subject: Subject, verb: string): string {
  const said = /\bSIG([A-Z]+\d?)\b/.exec(subject.document.source.slice(piece.start, piece.end))?.[1];
  const whom = verb === 'killpg' ? 'group' : 'process';
  if (said === 'TERM') return `terminate_${whom}`;
  if (said === 'KILL') return `kill_${whom}`;
  return said === undefined ? `signal_${whom}` : `send_sig${said.toLowerCase()}`;
}
