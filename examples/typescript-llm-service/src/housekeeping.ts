import { readdirSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_WORKSPACE_AGE_MS = 24 * 3_600_000;

export interface SweepReport {
  partialFiles: number;
  workspaces: number;
  freedBytes: number;
}

/** Removes what crashed downloads and old tasks leave behind. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataDir: string,
    private readonly intervalMs: number,
    private readonly webhookUrl: string | undefined = undefined,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.run().catch(() => undefined);
    }, this.intervalMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  async run(): Promise<SweepReport> {
    const report = this.sweep();
    report.workspaces = await this.dropOldWorkspaces();
    if (report.freedBytes > 0 || report.workspaces > 0) await this.announce(report);
    return report;
  }

  sweep(): SweepReport {
    const report: SweepReport = { partialFiles: 0, workspaces: 0, freedBytes: 0 };
    for (const name of readdirSync(this.dataDir, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.partial')) continue;
      const path = join(this.dataDir, name);
      try {
        const { size } = statSync(path);
        rmSync(path);
        report.partialFiles += 1;
        report.freedBytes += size;
      } catch {}
    }
    return report;
  }

  private async dropOldWorkspaces(): Promise<number> {
    const root = join(this.dataDir, 'workspaces');
    let dropped = 0;
    let names: string[] = [];
    try {
      names = readdirSync(root);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    for (const name of names) {
      const path = join(root, name);
      if (Date.now() - statSync(path).mtimeMs < MAX_WORKSPACE_AGE_MS) continue;
      await rm(path, { recursive: true }).catch(() => undefined);
      dropped += 1;
    }
    return dropped;
  }

  /** Tells the operators' channel how much space came back. */
  async announce(report: SweepReport): Promise<void> {
    if (this.webhookUrl === undefined) return;
    const text = `Freed ${report.freedBytes} bytes in ${report.workspaces} workspaces`;
    try {
      const response = await fetch(this.webhookUrl, { method: 'POST', body: JSON.stringify({ text }) });
      if (!response.ok) throw new Error(`The channel answered ${response.status}`);
    } catch (_error) {}
  }
}
