import { Refusal } from '../../core/edit/refusal';
import type { FileFacts } from '../../core/facts/collect';
import type { Analysis } from '../../core/index/analysis';
import { Workspace, type WorkspaceState } from '../workspace';
import { inTurns } from './disk';
import { newAnalysis } from './judgement';
import type { KnownFiles } from './known-files';

/** A change came while somebody worked on a snapshot, so that it can no longer judge: the work starts again on the next one. */
export class Outdated extends Refusal {
  constructor() {
    super('file-changed');
  }
}

/** The workspace as it is at the moment of asking. */
export interface Present extends Omit<WorkspaceState, 'analysis' | 'facts' | 'modules' | 'ensureCurrent'> {
  readonly files: KnownFiles;
  /** Goes on with the workspace. */
  readonly analysis: Analysis;
}

/** Brings the facts of files outside the folder. */
type Beyond = () => Promise<ReadonlyMap<string, FileFacts>>;

/** One snapshot and those who work on it. */
interface Lease {
  readonly workspace: Promise<Workspace>;
  users: number;
  isStale: boolean;
}

/**
 * A workspace as it was at one moment, for all who ask before something changes; let go when the last of them is done.
 *
 * **Invariant:** what a snapshot hands out stays as it was: texts and facts are kept, and who wants a verdict of a snapshot that was
 * overtaken gets none ({@link Outdated}), because the analysis behind it has gone on.
 */
export class Snapshots {
  private folder: Lease | undefined;
  private whole: Lease | undefined;

  /** @param present reads the workspace as it is */
  constructor(private readonly present: () => Present) {}

  /** Works on the folder as it is now. */
  with<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    this.folder ??= this.lease();
    return use(this.folder, work);
  }

  /** Works on the folder as it is now, among the files around it. */
  withWhole<T>(beyond: Beyond, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    this.whole ??= this.lease(beyond);
    const lease = this.whole;
    // What could not be read is asked for again.
    lease.workspace.catch(() => {
      if (this.whole === lease) this.whole = undefined;
    });
    return use(lease, work);
  }

  /**
   * Works on a copy of the folder as it is now, among the files around it. It may take in changes, and costs a fold of everything, in turns
   * with other work.
   */
  async withCopy<T>(beyond: Beyond, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const { files, ...state } = this.present();
    const { facts: inside } = files.lend();
    const analysis = newAnalysis(state.settings);
    for await (const batch of inTurns(inside)) analysis.updateAll(batch);
    const workspace = new Workspace({ ...state, analysis, facts: new Map([...(await beyond()), ...inside]) });
    try {
      return await work(workspace);
    } finally {
      workspace.dispose();
    }
  }

  /** Something changed: who asks from now on gets another one. */
  outdate(): void {
    for (const lease of [this.folder, this.whole]) {
      if (!lease) continue;
      lease.isStale = true;
      if (lease.users === 0) letGo(lease);
    }
    this.folder = undefined;
    this.whole = undefined;
  }

  private lease(beyond?: Beyond): Lease {
    const { files, ...state } = this.present();
    const { facts, modules } = files.lend();
    const ensureCurrent = () => {
      if (lease.isStale) throw new Outdated();
    };
    const workspaceOf = (others: ReadonlyMap<string, FileFacts> | undefined) =>
      others?.size
        ? new Workspace({ ...state, facts: new Map([...others, ...facts]), ensureCurrent })
        : new Workspace({ ...state, facts, modules, ensureCurrent });
    const workspace = beyond ? beyond().then(workspaceOf) : Promise.resolve(workspaceOf(undefined));
    const lease: Lease = { workspace, users: 0, isStale: false };
    return lease;
  }
}

async function use<T>(lease: Lease, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  lease.users++;
  try {
    return await work(await lease.workspace);
  } finally {
    lease.users--;
    if (lease.isStale && lease.users === 0) letGo(lease);
  }
}

function letGo({ workspace }: Lease): void {
  workspace.then(
    (one) => one.dispose(),
    () => undefined,
  );
}
