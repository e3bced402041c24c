import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type FileWrite, recoverInterrupted, writeChange } from '../../session/write-change';
import { watchedDisk } from './write-fault';

/**
 * A process that writes a change, or recovers from one, and kills itself right before the n-th call of the file system: there is no
 * time for anything to be tidied up. `node write-victim.js write|recover ROOT N CHANGE.json`, where N may also name the call, as in
 * `unlink src/a.py`; with `stop` for `write` it only stands still there. Exits 0 if the call does not come.
 */
const [, , action, root = '', last = '', change = ''] = process.argv;

let calls = 0;
const files = watchedDisk(({ name, path }) => {
  calls++;
  if (last === String(calls) || last === `${name} ${relative(root, path)}`)
    process.kill(process.pid, action === 'stop' ? 'SIGSTOP' : 'SIGKILL');
});

const work = action === 'recover' ? recoverInterrupted(root, { files }) : writeChange(root, changeOf(), { files });
work.catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

function changeOf(): FileWrite[] {
  return JSON.parse(readFileSync(change, 'utf8')) as FileWrite[];
}
