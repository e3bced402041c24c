import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { RecipeAnswer, RecipeRequest, TypeScriptRecipes } from '../../core/edit/typescript/recipe';
import type { TypeScriptCheck, TypeScriptChecker, TypeScriptVerdict } from '../../core/verify/typescript';
import {
  type Answer,
  type FormatAnswer,
  type FormatRequest,
  type FromChild,
  HEAP_MB,
  type Question,
  type Questions,
  SEMI_SPACE_MB,
  type ToChild,
} from './messages';

/** The compiler of TypeScript, as cures and `verify` need it, and the formatter beside it. */
export interface TypeScriptCompiler extends TypeScriptChecker, TypeScriptRecipes {
  /** Never throws and always ends. */
  format(request: FormatRequest, signal?: AbortSignal): Promise<FormatAnswer>;
}

export interface TypeScriptServiceOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** The bundle of child.ts; by default the one beside this bundle. */
  readonly script?: string;
  /** Milliseconds after which a check is given up. */
  readonly timeoutMs?: number;
  /** Milliseconds without a check after which the process is ended. */
  readonly idleMs?: number;
}

const TIMEOUT_MS = 60_000;
const IDLE_MS = 5 * 60_000;

/** Milliseconds that the process has to notice that its check was cancelled; what it knows is lost when it must be killed. */
const CANCEL_MS = 2_000;

interface Job {
  readonly id: number;
  readonly root: string;
  readonly question: Question;
  /** The caller's answer; the first one counts. */
  readonly settle: (answer: Answer) => void;
}

/**
 * Keeps one process with a TypeScript compiler, started with the first question, and asks it one thing after another. Nothing of the
 * workspace runs in it. It does not keep this process alive between checks, and ends with it.
 */
export class TypeScriptService implements TypeScriptCompiler {
  private readonly root: string;
  private readonly script: string;
  private readonly timeoutMs: number;
  private readonly idleMs: number;
  private readonly queue: Job[] = [];
  private current: Job | undefined;
  private child: ChildProcess | undefined;
  /** Ends the process: because the check took too long, or because there was none for long. */
  private timer: NodeJS.Timeout | undefined;
  private lastId = 0;
  private isClosed = false;

  constructor({ root, script, timeoutMs, idleMs }: TypeScriptServiceOptions) {
    this.root = withSlashes(root);
    this.script = script ?? join(__dirname, 'typescript-child.js');
    this.timeoutMs = timeoutMs ?? TIMEOUT_MS;
    this.idleMs = idleMs ?? IDLE_MS;
  }

  /** Number of the process; undefined while there is none. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  check(request: TypeScriptCheck, signal?: AbortSignal): Promise<TypeScriptVerdict> {
    return this.ask(this.root, 'check', request, signal);
  }

  run(request: RecipeRequest, signal?: AbortSignal): Promise<RecipeAnswer> {
    return this.ask(this.root, 'recipe', request, signal);
  }

  format(request: FormatRequest, signal?: AbortSignal): Promise<FormatAnswer> {
    return this.ask(this.root, 'format', request, signal);
  }

  /** The compiler for another workspace, in the same process. */
  at(root: string): TypeScriptCompiler {
    const folder = withSlashes(root);
    return {
      check: (request, signal) => this.ask(folder, 'check', request, signal),
      run: (request, signal) => this.ask(folder, 'recipe', request, signal),
      format: (request, signal) => this.ask(folder, 'format', request, signal),
    };
  }

  private ask<Kind extends keyof Questions>(
    root: string,
    kind: Kind,
    request: Questions[Kind]['request'],
    signal: AbortSignal | undefined,
  ): Promise<Questions[Kind]['answer']> {
    return new Promise((resolve) => {
      const settle = (answer: Answer) => {
        signal?.removeEventListener('abort', cancel);
        resolve(answer);
      };
      const job: Job = { id: ++this.lastId, root, question: { kind, request } as Question, settle };
      const cancel = () => this.cancel(job);
      if (signal?.aborted) return settle(unavailable('cancelled'));
      signal?.addEventListener('abort', cancel);
      this.queue.push(job);
      this.next();
    });
  }

  /** Ends the process; checks under way and later ones are unavailable. */
  close(): void {
    this.isClosed = true;
    for (const job of this.queue.splice(0)) job.settle(unavailable('cancelled'));
    this.end('cancelled');
  }

  /** Starts on the first check that can be made; without any, the process rests. */
  private next(): void {
    while (!this.current && this.queue.length > 0) {
      const job = this.queue.shift()!;
      if (this.isClosed) job.settle(unavailable('cancelled'));
      else if (!existsSync(this.script)) job.settle(unavailable('this build of Seamline has no TypeScript compiler'));
      else this.begin(job);
    }
    if (!this.current) this.rest();
  }

  private begin(job: Job): void {
    this.current = job;
    const child = this.start();
    child.ref();
    child.channel?.ref();
    this.endAfter(this.timeoutMs, `TypeScript took longer than ${seconds(this.timeoutMs)}`);
    this.say(child, { kind: 'ask', id: job.id, root: job.root, question: job.question });
  }

  /** The process stays for the next check, but does not keep anybody waiting. */
  private rest(): void {
    this.child?.unref();
    this.child?.channel?.unref();
    clearTimeout(this.timer);
    if (this.child) this.endAfter(this.idleMs, 'idle').unref();
  }

  private start(): ChildProcess {
    if (this.child?.connected) return this.child;
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = fork(this.script, {
      cwd: dirname(this.script),
      env,
      execArgv: [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${SEMI_SPACE_MB}`, '--expose-gc'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message) => this.hear(child, message as FromChild));
    child.on('error', (error) => this.lose(child, `the TypeScript process could not be used: ${error.message}`));
    child.on('exit', (code, signal) => this.lose(child, endOf(code, signal)));
    this.child = child;
    return child;
  }

  private say(child: ChildProcess, message: ToChild): void {
    child.send(message, (error) => {
      if (error) this.lose(child, `the TypeScript process could not be reached: ${error.message}`);
    });
  }

  private hear(child: ChildProcess, { id, answer }: FromChild): void {
    if (child === this.child && id === this.current?.id) this.finish(answer);
  }

  /** The process is gone, or useless. */
  private lose(child: ChildProcess, reason: string): void {
    if (child === this.child) this.end(reason);
    else child.kill('SIGKILL');
  }

  private cancel(job: Job): void {
    job.settle(unavailable('cancelled'));
    const index = this.queue.indexOf(job);
    if (index >= 0) this.queue.splice(index, 1);
    if (job !== this.current || !this.child) return;
    this.endAfter(CANCEL_MS, 'cancelled');
    this.say(this.child, { kind: 'cancel', id: job.id });
  }

  private endAfter(milliseconds: number, reason: string): NodeJS.Timeout {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(reason), milliseconds);
    return this.timer;
  }

  /** Ends the process and, with this reason, its check; the next check starts another. */
  private end(reason: string): void {
    const { child } = this;
    this.child = undefined;
    child?.kill('SIGKILL');
    this.finish(unavailable(reason));
  }

  private finish(answer: Answer): void {
    clearTimeout(this.timer);
    const job = this.current;
    this.current = undefined;
    job?.settle(answer);
    this.next();
  }
}

const withSlashes = (folder: string): string => folder.replaceAll(sep, '/').replace(/(?<=.)\/+$/, '');

const unavailable = (reason: string) => ({ kind: 'unavailable' as const, reason });

function seconds(milliseconds: number): string {
  const count = Math.round(milliseconds / 100) / 10;
  return count === 1 ? 'one second' : `${count} seconds`;
}

/** V8 ends a process that runs out of memory by SIGABRT, which a shell or Windows shows as 134. */
function endOf(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGABRT' || code === 134) {
    return `the TypeScript process ended, out of memory most likely: its limit is ${HEAP_MB} MB`;
  }
  return `the TypeScript process ended unexpectedly (${signal ?? `code ${code}`})`;
}
