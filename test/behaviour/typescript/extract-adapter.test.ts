import { expect } from 'vitest';
import { RANDOM, testPrograms } from './programs';

const PROJECT = {
  'seamline.json': JSON.stringify({
    rules: { 'mixed-io': { strictness: 'all', classLines: 20, functionLines: 20, methods: 1 } },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022', types: ['node'] },
  }),
};

/** What stands in for Node: each call is told, and fails now and then. */
const OUTSIDE = `
export const calls: string[] = [];
${RANDOM}
export { random };
const shown = (args: readonly unknown[]): string =>
  JSON.stringify(args, (_, value) => (typeof value === 'function' ? 'function' : value));
export const answer = (name: string, args: readonly unknown[]): string => {
  calls.push(name + shown(args));
  if (random(5) === 0) throw Object.assign(new Error(name + ' failed'), { code: random(2) === 0 ? 'ENOENT' : 'EACCES' });
  return name + random(100) + 'x' + random(3);
};
export const later = async (name: string, args: readonly unknown[]): Promise<string> => answer(name, args);
export const back = (name: string, args: readonly any[]): void => {
  const done = args.at(-1);
  let text: string;
  try {
    text = answer(name, args);
  } catch (error) {
    return done(error);
  }
  done(null, text);
};
const emitter = (events: Record<string, unknown>) => ({
  on(event: string, listener: (value: unknown) => void) {
    if (event in events) listener(events[event]);
    return this;
  },
});
export const child = (name: string, args: readonly unknown[]) => {
  const text = answer(name, args);
  return {
    ...emitter(random(4) === 0 ? { error: new Error(text) } : { close: random(3) }),
    stdout: emitter({ data: text }),
    kill: () => calls.push('kill'),
  };
};
export const stream = (name: string, args: readonly unknown[]) => {
  answer(name, args);
  return { write: (text: string) => calls.push('write ' + text), end: () => calls.push('end') };
};
(globalThis as any).fetch = async (url: string, init?: object) => {
  const text = answer('fetch', [url, init]);
  const status = [200, 200, 404, 500][random(4)]!;
  return {
    status,
    ok: status === 200,
    text: async () => text,
    json: async () => {
      if (random(4) === 0) throw new SyntaxError('no JSON');
      return [{ name: text }];
    },
  };
};
`;

const NAMES = {
  now: ['readFileSync', 'writeFileSync', 'appendFileSync', 'unlinkSync', 'renameSync', 'copyFileSync'],
  later: ['readFile', 'writeFile', 'rename'],
  process: ['execFileSync', 'execSync'],
};

const exported = (names: readonly string[], call: string): string =>
  names.map((name) => `export const ${name} = (...args: any[]): any => ${call}('${name}', args);`).join('\n');

const STUBS = {
  'stubs/outside.ts': OUTSIDE,
  'stubs/fs.ts': `import { answer, back, stream } from './outside';
${exported(NAMES.now, 'answer')}
${exported(['readFile'], 'back')}
${exported(['createWriteStream'], 'stream')}
export default { readFile, createWriteStream };`,
  'stubs/promises.ts': `import { later } from './outside';\n${exported(NAMES.later, 'later')}`,
  'stubs/child.ts': `import { answer, back, child } from './outside';
${exported(NAMES.process, 'answer')}
${exported(['execFile'], 'back')}
${exported(['spawn'], 'child')}`,
  'stubs/util.ts': `export const promisify = (call: any) => (...args: any[]) =>
  new Promise((resolve, reject) => call(...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))));`,
};

const ALIASES = {
  'node:fs': 'stubs/fs.ts',
  'node:fs/promises': 'stubs/promises.ts',
  'node:child_process': 'stubs/child.ts',
  'node:util': 'stubs/util.ts',
};

/** The program's own lines import it and define `once(pick)`, which is called with a choice among values. */
function driverOf(lines: string): string {
  return `import { calls, random } from './stubs/outside';
${lines}
const pick = (values: readonly any[]): any => values[random(values.length)];
async function settled(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return 'throws ' + (error as Error).name + ': ' + (error as Error).message;
  }
}
const results: unknown[] = [];
for (let at = 0; at < 300; at++) results.push([await once(pick), calls.splice(0)]);
export default results;
`;
}

/**
 * Programs that run before and after the cure, 300 times each, with files, processes and a network that answer or fail at random: what
 * comes back, every error, and every call that goes out, with its arguments and in its order, are the same.
 */
await testPrograms<readonly [unknown, readonly string[]]>(new URL('./extract-adapter.md', import.meta.url), {
  files: PROJECT,
  stubs: { files: STUBS, aliases: ALIASES },
  driverOf,
  expectTelling(results) {
    // Programs that always succeed, or always fail, would show nothing.
    expect(results).toHaveLength(300);
    const texts = results.map((result) => JSON.stringify(result));
    expect(new Set(texts).size).toBeGreaterThan(20);
    expect(texts.some((result) => result.includes('throws '))).toBe(true);
    expect(results.flatMap(([, calls]) => calls).length).toBeGreaterThan(300);
  },
});
