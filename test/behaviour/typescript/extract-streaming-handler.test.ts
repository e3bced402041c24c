import { expect } from 'vitest';
import { RANDOM, testPrograms } from './programs';

/**
 * Programs that run before and after the cure, each with 300 random worlds: every call to the outside in its order, each reading of a
 * clock and each timer among them, and what comes back or is thrown, are the same. The `run` block of a case defines `once(world)`.
 */
await testPrograms<string>(new URL('./extract-streaming-handler.md', import.meta.url), {
  driverOf,
  expectTelling(results) {
    // Worlds that all look alike would show nothing.
    expect(results).toHaveLength(300);
    expect(new Set(results).size).toBeGreaterThan(100);
  },
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
${RANDOM}
let last = 0;
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
