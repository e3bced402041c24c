import { appendFileSync } from 'node:fs';

export type Level = 'info' | 'warn' | 'error';

export interface Logger {
  info(message: string, context?: Record<string, unknown>): void;
  warn(message: string, context?: Record<string, unknown>): void;
  error(message: string, context?: Record<string, unknown>): void;
}

/** One JSON document a line, which the dashboard tails. */
export function fileLogger(path: string, now: () => number = Date.now): Logger {
  const write = (level: Level, message: string, context: Record<string, unknown> = {}): void => {
    try {
      appendFileSync(path, `${JSON.stringify({ time: now(), level, message, ...context })}\n`);
    } catch {
      // A full disk must not take the service down, and there is nowhere else to say so.
    }
  };
  return {
    info: (message, context) => write('info', message, context),
    warn: (message, context) => write('warn', message, context),
    error: (message, context) => write('error', message, context),
  };
}

/** Keeps what was logged, for tests and for the status page. */
export class MemoryLogger implements Logger {
  readonly lines: string[] = [];

  info(message: string): void {
    this.lines.push(`info: ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }

  error(message: string): void {
    this.lines.push(`error: ${message}`);
  }
}
