import type { FolderConfig } from '../config/settings';
import type { Scope } from '../root';
import { standingOf } from './disk';

/** What is known of one document before the first scan has found anything. */
export interface EarlyStanding {
  /** Whether an audit would pass it over. */
  readonly isUnlisted: boolean;
  /** All configurations that are known by now; undefined when this document brought no new one. */
  readonly configs: readonly FolderConfig[] | undefined;
}

/**
 * Before the first scan has found anything, which takes a while in a large folder, a document that is opened has what holds for it looked
 * up by itself: nothing is shown that the configuration switches off.
 */
export class Early {
  private readonly configs = new Map<string, FolderConfig>();
  /** A scan knows better. */
  isOver = false;

  constructor(private readonly scope: Scope) {}

  /** The configurations that are known by now. */
  get known(): readonly FolderConfig[] {
    return [...this.configs.values()];
  }

  /**
   * @param exclude as the editor's settings have it
   * @returns undefined where a scan knows, or a configuration on the way to the file is wrong
   */
  async standing(file: string, exclude: readonly string[] | undefined): Promise<EarlyStanding | undefined> {
    if (this.isOver) return undefined;
    const standing = await standingOf(this.scope, [file], exclude);
    if (!standing || this.isOver) return undefined;
    const before = this.configs.size;
    for (const one of standing.configs) this.configs.set(one.folder, one);
    const isNew = this.configs.size > before;
    return { isUnlisted: !standing.files.has(file), configs: isNew ? this.known : undefined };
  }
}
