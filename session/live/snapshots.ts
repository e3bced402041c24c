import type { Workspace } from '../workspace';

/** A workspace as it was at one moment, for all who ask before something changes; let go when the last of them is done. */
export class Snapshots {
  private current: { readonly workspace: Workspace; leases: number; isStale: boolean } | undefined;

  /** Works on the newest snapshot. */
  async with<T>(make: () => Workspace, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    this.current ??= { workspace: make(), leases: 0, isStale: false };
    const lease = this.current;
    lease.leases++;
    try {
      return await work(lease.workspace);
    } finally {
      lease.leases--;
      if (lease.isStale && lease.leases === 0) lease.workspace.dispose();
    }
  }

  /** Something changed: who asks from now on gets another one. */
  outdate(): void {
    if (!this.current) return;
    this.current.isStale = true;
    if (this.current.leases === 0) this.current.workspace.dispose();
    this.current = undefined;
  }
}
