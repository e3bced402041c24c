/**
 * Which reading of a folder is the newest. A second one gives up the first, and whoever waits, also for the first, waits for the newest:
 * nobody takes a folder for read that is being read again.
 */
export class Reading {
  private current: AbortController | undefined;
  /** Settles with the newest reading; before the first one, when that begins. */
  private newest: Promise<void>;
  private begin!: () => void;
  private hasBegun = false;
  private isDisposed = false;

  constructor() {
    this.newest = new Promise((resolve) => {
      this.begin = resolve;
    });
  }

  /** Whether the folder is being read, or about to be: what is known of it is not all. */
  get isUnderWay(): boolean {
    return !this.hasBegun || this.current !== undefined;
  }

  /**
   * Begins to read, and gives up what runs; nothing is read any more after {@link dispose}.
   * @param read looks at the signal after each wait: a reading that was given up must leave no trace
   * @returns resolves when the newest reading has ended, also when this one was given up; rejects with what this one throws
   */
  start(read: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.isDisposed) return Promise.resolve();
    this.current?.abort();
    const controller = new AbortController();
    this.current = controller;
    const done = this.run(controller, read);
    this.newest = done.catch(() => undefined);
    this.hasBegun = true;
    this.begin();
    return done;
  }

  /** Resolves when nothing is being read any more; before the first reading it waits for that. */
  async over(): Promise<void> {
    while (this.isUnderWay) await this.newest;
  }

  dispose(): void {
    this.isDisposed = true;
    this.current?.abort();
    this.current = undefined;
    this.hasBegun = true;
    this.begin();
  }

  private async run(controller: AbortController, read: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = controller;
    try {
      await read(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (this.current === controller) this.current = undefined;
    }
    if (signal.aborted) await this.over();
  }
}
