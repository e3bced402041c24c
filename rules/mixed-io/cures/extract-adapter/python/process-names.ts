import { snakeOf } from '../../../../../core/text/words';
import { textOf } from '../subject';
import { joined } from './nouns';
import type { Piece } from './piece';
import { commandWords } from './specific';
import type { Subject } from './subject';

/** What starts a process and does not wait for its end. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  Popen: ['start'],
  create_subprocess_exec: ['start', 'start_program'],
  create_subprocess_shell: ['start_shell'],
  open_process: ['start'],
  spawn: ['start'],
};

/** Names that say more than those of the calls. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  run_process: ['run'],
  system: ['run_shell'],
  popen: ['open_pipe'],
};

/**
 * Names for a run, the best first.
 * @param program the one that the method's class is for, which the method need not say again
 */
export function processNames(
  piece: Piece,
  subject: Subject,
  verb: string,
  program: string | undefined,
): readonly string[] {
  const { path } = piece.site.call;
  if (path.startsWith('psutil.')) return [psutilName(verb)];
  if (/^os\.kill/.test(path) || /^signal\./.test(path)) return signalNames(piece, subject, verb);
  if (path === 'os.waitpid') return ['wait_for_process'];
  const any = STARTS[verb] ?? RUNS[verb] ?? [snakeOf(verb)];
  const words = isGeneric(piece) ? undefined : commandWords(piece, subject);
  if (!words) return any;
  const start = Object.hasOwn(STARTS, verb) ? 'start' : 'run';
  const said = words[0] === program ? words.slice(1) : words;
  if (said.length === 0 || (said.length === 1 && said[0] === start)) return [start];
  // `npm run build` is run, and so is `run`.
  return [joined(start, (said[0] === start && said.length > 1 ? said.slice(1) : said).join('_'))];
}

/** Whether the method is handed its command. */
const isGeneric = ({ inputs }: Piece): boolean => inputs.some(({ name }) => name === 'command');

function psutilName(verb: string): string {
  if (verb === 'Process') return 'find_process';
  if (verb === 'process_iter') return 'list_processes';
  if (verb === 'Popen') return 'start';
  const isAction = /^(?:pid_exists|kill|terminate|wait|suspend|resume|children|send\w*)$/.test(verb);
  return isAction ? snakeOf(verb) : `read_${snakeOf(verb)}`;
}

function signalNames(piece: Piece, subject: Subject, verb: string): readonly string[] {
  const said = /\bSIG([A-Z]+\d?)\b/.exec(subject.document.source.slice(piece.start, piece.end))?.[1];
  const whom = verb === 'killpg' ? 'group' : 'process';
  // Signal 0 only asks whether it is there.
  const [, signal] = piece.site.callee.parent!.childForFieldName('arguments')?.namedChildren ?? [];
  if (signal && textOf(subject.document, signal) === '0') return [`check_${whom}`];
  if (said === 'TERM') return [`terminate_${whom}`];
  if (said === 'KILL') return [`kill_${whom}`];
  return said === undefined ? [`signal_${whom}`] : [`send_sig${said.toLowerCase()}`];
}
