import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../logging';
import { parseJson } from '../parsing';

const MAX_LOG_BYTES = 5 * 1024 * 1024;
const MAX_HISTORY = 100;

export const SERVICE_COMMANDS: Record<string, readonly string[]> = {
  ollama: ['ollama', 'serve'],
  vllm: ['python', '-m', 'vllm.entrypoints.openai.api_server'],
  worker: ['node', 'worker.js'],
};

export interface ServiceStatus {
  readonly name: string;
  readonly running: boolean;
  readonly pid: number | null;
  readonly cpuPercent: number;
  readonly memoryMb: number;
  readonly error: string | null;
}

export interface HistoryEntry {
  readonly time: number;
  readonly action: 'start' | 'stop';
  readonly service: string;
  readonly ok: boolean;
}

export class UnknownServiceError extends Error {
  constructor(name: string) {
    super(`Unknown service: ${name}`);
  }
}

/** One process for each service, a pid file to find it again, a log file to read. */
export class RuntimeController {
  constructor(
    private readonly logsDir: string,
    private readonly logger: Logger,
    private readonly commands: Record<string, readonly string[]> = SERVICE_COMMANDS,
  ) {}

  services(): string[] {
    return Object.keys(this.commands).sort();
  }

  /** Starts the service unless it runs already. */
  start(name: string, extra: readonly string[] = []): ServiceStatus {
    const [binary = '', ...args] = this.command(name);
    const current = this.status(name);
    if (current.running) return current;
    mkdirSync(this.logsDir, { recursive: true });
    this.rotateLog(name);
    const log = openSync(this.logPath(name), 'a');
    try {
      const child = spawn(binary, [...args, ...extra], { detached: true, stdio: ['ignore', log, log] });
      child.on('error', (error) => this.logger.error(`${name} did not start`, { error: error.message }));
      child.unref();
      if (child.pid === undefined) {
        this.record('start', name, false);
        return { ...stopped(name), error: `${binary} cannot be run` };
      }
      writeFileSync(this.pidPath(name), String(child.pid));
    } finally {
      closeSync(log);
    }
    this.record('start', name, true);
    return this.status(name);
  }

  /** Asks the process to end; `force` does not ask. */
  stop(name: string, force = false): ServiceStatus {
    this.command(name);
    const pid = this.readPid(name);
    if (pid === null) return stopped(name);
    try {
      process.kill(pid, force ? 'SIGKILL' : 'SIGTERM');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    rmSync(this.pidPath(name), { force: true });
    this.record('stop', name, true);
    return stopped(name);
  }

  status(name: string): ServiceStatus {
    this.command(name);
    const pid = this.readPid(name);
    if (pid === null || !isAlive(pid)) return stopped(name);
    let cpuPercent = 0;
    let memoryMb = 0;
    try {
      const output = execFileSync('ps', ['-o', '%cpu=,rss=', '-p', String(pid)], { encoding: 'utf8' });
      const [cpu, rss] = output.trim().split(/\s+/).map(Number);
      cpuPercent = cpu ?? 0;
      memoryMb = Math.round(((rss ?? 0) / 1024) * 10) / 10;
    } catch {
      // Containers often lack `ps`; the service still counts as running.
    }
    return { name, running: true, pid, cpuPercent, memoryMb, error: null };
  }

  allStatuses(): ServiceStatus[] {
    return this.services().map((name) => this.status(name));
  }

  /** The last lines of the log of a service; empty when it never ran. */
  tailLog(name: string, lines = 100): string[] {
    this.command(name);
    const path = this.logPath(name);
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines);
  }

  countErrors(name: string): number {
    return this.tailLog(name, 1000).filter((line) => /\b(ERROR|FATAL)\b/.test(line)).length;
  }

  history(limit = 20): HistoryEntry[] {
    const path = join(this.logsDir, 'runtime-history.json');
    const document = existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : [];
    return (Array.isArray(document) ? (document as HistoryEntry[]) : []).slice(-limit);
  }

  private command(name: string): readonly string[] {
    const command = this.commands[name];
    if (command === undefined) throw new UnknownServiceError(name);
    return command;
  }

  private pidPath(name: string): string {
    return join(this.logsDir, `${name}.pid`);
  }

  private logPath(name: string): string {
    return join(this.logsDir, `${name}.log`);
  }

  private readPid(name: string): number | null {
    const path = this.pidPath(name);
    if (!existsSync(path)) return null;
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  }

  private rotateLog(name: string): void {
    const path = this.logPath(name);
    try {
      if (statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
    } catch {}
  }

  private record(action: HistoryEntry['action'], service: string, ok: boolean): void {
    const entries = [...this.history(MAX_HISTORY), { time: Date.now(), action, service, ok }].slice(-MAX_HISTORY);
    writeFileSync(join(this.logsDir, 'runtime-history.json'), JSON.stringify(entries));
  }
}

function stopped(name: string): ServiceStatus {
  return { name, running: false, pid: null, cpuPercent: 0, memoryMb: 0, error: null };
}

/** Signal 0 asks whether the process exists, and touches nothing. */
function isAlive(pid: number): boolean {
  let alive = true;
  try {
    process.kill(pid, 0);
  } catch {
    alive = false;
  }
  return alive;
}
