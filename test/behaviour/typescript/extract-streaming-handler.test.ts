import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { TypeScriptService } from '../../../session/index';
import { parseCureFixtures } from '../../support/cure-fixtures';
import { runCure } from '../../support/cure-run';
import { runTypeScript } from '../../support/node-runner';
import { openWorkspace } from '../../support/open-workspace';

/**
 * Programs that run before and after the cure, each with 300 random worlds: every call to the outside in its order, each reading of a
 * clock and each timer among them, and what comes back or is thrown, are the same. In `extract-streaming-handler.md` the `diff` block
 * holds the title alone; the `run` block defines `once(world)`, and `WORLD` below is what it gets.
 */
const cases = parseCureFixtures(await readFile(new URL('./extract-streaming-handler.md', import.meta.url), 'utf8'));

const compiler = new TypeScriptService({
  root: realpathSync(tmpdir()),
  script: join(inject('cliFolder'), 'typescript-child.js'),
});
afterAll(() => compiler.close());

test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
  const workspace = await openWorkspace(one.files);
  const { text, change } = await runCure(workspace, compiler.at(realpathSync(workspace.root)), one.target);
  expect(text.split('\n', 1)[0]).toBe(one.expected);
  const after = { ...one.files, ...Object.fromEntries(change!.files.map((file) => [file.file, file.after])) };
  const was = await runTypeScript(one.files, driverOf(one.run!.driver));
  const is = await runTypeScript(after, driverOf(one.run!.driver));
  expect(is).toEqual(was);
  // Worlds that all look alike would show nothing.
  const results = JSON.parse(was.outcome.replace(/^returned /, '')) as string[];
  expect(results).toHaveLength(300);
  expect(new Set(results).size).toBeGreaterThan(100);
});

/** A clock that goes on by chance and notes each reading, timers that fire when the clock says so, and an emitter that sets `this`. */
const WORLD = `
class World {
  calls = [];
  time = 0;
  timers = new Map();
  note(...parts) { this.calls.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')); }
  now() { this.time += random(7); this.note('clock', this.time); return this.time; }
  every(run, gap, again) { const id = ++last; this.timers.set(id, { run, at: this.time + gap, gap, again }); this.note('timer', id, gap); return id; }
  clear(id) { this.note('clear', id); this.timers.delete(id); }
  wait(time) {
    this.time += time;
    for (const [id, timer] of [...this.timers]) {
      if (!this.timers.has(id) || timer.at > this.time) continue;
      if (timer.again) timer.at = this.time + timer.gap;
      else this.timers.delete(id);
      timer.run();
    }
  }
  emitter(name) { return new Emitter(this, name); }
  pick(values) { return values[random(values.length)]; }
  words() { return Array.from({ length: random(4) }, () => this.pick(['a', 'bc', '\\n', 'def', '', ' g'])).join(''); }
  turns(run) { for (let turn = random(9); turn >= 0; turn--) run(turn); }
}
class Emitter {
  listeners = [];
  constructor(world, name) { this.world = world; this.name = name; }
  on(event, run) { this.world.note('on', this.name, event); if (!this.listeners.some((one) => one.event === event && one.run === run)) this.listeners.push({ event, run }); return this; }
  off(event, run) { const at = this.listeners.findIndex((one) => one.event === event && one.run === run); this.world.note('off', this.name, event, at); if (at >= 0) this.listeners.splice(at, 1); }
  addEventListener(event, run) { this.on(event, run); }
  removeEventListener(event, run) { this.off(event, run); }
  emit(event, ...values) { const given = []; for (const one of [...this.listeners]) if (one.event === event) given.push(one.run.call(this, ...values)); return given; }
  send(text) { this.world.note('send', this.name, text); }
  close() { this.world.note('close', this.name); this.emit('close'); }
}
`;

function driverOf(lines: string): string {
  return `${lines}
let state = 20261121;
let last = 0;
const random = (below) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
${WORLD}
const outcome = async () => {
  const world = new World();
  last = 0;
  Date.now = () => world.now();
  globalThis.performance = { now: () => world.now() };
  globalThis.setInterval = (run, gap) => world.every(run, gap, true);
  globalThis.clearInterval = globalThis.clearTimeout = (id) => world.clear(id);
  globalThis.setTimeout = (run, gap) => world.every(run, gap, false);
  let result;
  try {
    result = 'returns ' + JSON.stringify(await once(world));
  } catch (error) {
    result = 'throws ' + error.name + ': ' + error.message;
  }
  return world.calls.join('; ') + ' => ' + result;
};
const outcomes = async () => {
  const found = [];
  for (let round = 0; round < 300; round++) found.push(await outcome());
  return found;
};
export default outcomes();
`;
}
