import type { Diagnostic } from 'vscode-languageserver/node';
import { STATUS, type StatusParams } from '../protocol/index';
import type { ServerContext } from './context';

/** Changes of a moment are told once. */
const TELL_MS = 300;

/** Keeps our own client's status item true: what the server is doing, how much it found, which configuration is wrong. */
export class Status {
  private scans = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly broken = new Map<string, { readonly uri: string; readonly diagnostic: Diagnostic }>();

  constructor(private readonly context: ServerContext) {}

  /** Runs work during which the workspace is being read. */
  async during(work: () => Promise<void>): Promise<void> {
    this.scans++;
    this.tell();
    try {
      await work();
    } finally {
      this.scans--;
      this.tell();
    }
  }

  configuration(folder: string, problem: { readonly uri: string; readonly diagnostic: Diagnostic } | undefined): void {
    if (problem) this.broken.set(folder, problem);
    else this.broken.delete(folder);
    this.tell();
  }

  /** Tells soon; what happens until then is in it. */
  tell(): void {
    if (!this.context.options.isSeamlineClient) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.context.connection.sendNotification(STATUS, this.current());
    }, TELL_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private current(): StatusParams {
    const [broken] = this.broken.values();
    return {
      state: this.scans > 0 ? 'indexing' : 'ready',
      findings: this.context.folders.all.reduce((sum, { live }) => sum + live.findings().length, 0),
      ...(broken
        ? {
            brokenConfiguration: {
              uri: broken.uri,
              range: broken.diagnostic.range,
              message: String(broken.diagnostic.message),
            },
          }
        : {}),
    };
  }
}
