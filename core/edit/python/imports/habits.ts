import type { ImportFact } from '../../../facts/imports';
import { folderOf } from '../../../modules/python/layout';
import type { PythonModules } from '../../../modules/python/modules';

/** Files that are asked for the habits of a project, evenly spread. */
const SAMPLE = 300;

/** How the files of a project write their imports, as far as the facts tell: asked where a file itself leaves it open. */
export class ImportHabits {
  private forms: boolean | undefined;
  private single: boolean | undefined;
  private combined: boolean | undefined;
  private neighbourhood: Map<string, Neighbourhood> | undefined;

  constructor(private readonly modules: PythonModules) {}

  /** `force-sort-within-sections`: `from a import x` stands before `import b`. */
  get sortsFormsTogether(): boolean {
    this.forms ??= this.outweighs(1, 3, (facts, vote) => {
      for (const [before, after] of neighbours(facts, 1)) {
        const isMixed = (before.names.length === 0) !== (after.names.length === 0);
        if (!isMixed || before.module.startsWith('.') || after.module.startsWith('.')) continue;
        const isByName = before.module.toLowerCase() < after.module.toLowerCase();
        // `import b` and then `from a`: sorted by form only. `from a` and then `import b`: by name only.
        if (before.names.length === 0 && !isByName) vote(false);
        if (before.names.length > 0 && isByName) vote(true);
      }
    });
    return this.forms;
  }

  /** `force-single-line`: every imported name has a statement of its own. */
  get importsOneByOne(): boolean {
    // Two statements for one module on lines that touch may stand under different conditions: one pair is no habit.
    this.single ??= this.outweighs(3, 5, (facts, vote) => {
      for (const fact of facts) if (fact.names.length > 1) vote(false);
      for (const [before, after] of neighbours(facts, 1)) {
        const isSplit = before.names.length === 1 && after.names.length === 1 && !before.aliases && !after.aliases;
        if (isSplit && before.module === after.module) vote(true);
      }
    });
    return this.single;
  }

  /** `combine-as-imports`: renamed members stand in one statement with others. */
  get combinesRenamed(): boolean {
    this.combined ??= this.outweighs(1, 1, (facts, vote) => {
      for (const fact of facts) if (fact.aliases && fact.names.length > 1) vote(true);
      for (const [before, after] of neighbours(facts, 1)) {
        const isSplit = before.names.length > 0 && after.names.length > 0 && (before.aliases ?? after.aliases);
        if (isSplit && before.module === after.module) vote(false);
      }
    });
    return this.combined;
  }

  /**
   * How the project's files have imports of two packages that stand next to each other: in one block, or in two and which comes first.
   * Undefined where no file shows it. Modules as written; relative ones count as one package.
   */
  neighbourhoodOf(one: string, other: string): Neighbourhood | undefined {
    this.neighbourhood ??= this.learnNeighbourhood();
    return this.neighbourhood.get(`${topOf(one)} ${topOf(other)}`);
  }

  /**
   * Whether a file would name another module of its package with leading dots: as it and its neighbours do for modules as far away.
   * @param dots how many dots it would take
   */
  isRelative(file: string, dots: number): boolean {
    const folder = folderOf(file);
    const own = this.distances(file);
    const near = (): Distance[] =>
      this.modules.files
        .filter((other) => other !== file && folderOf(other) === folder)
        .slice(0, 30)
        .flatMap((other) => this.distances(other));
    for (const votes of [own, near()]) {
      const same = votes.filter((vote) => vote.dots === dots);
      const pool = same.length > 0 ? same : votes.filter((vote) => !vote.relative || vote.dots >= dots);
      if (pool.length > 0) return pool.filter((vote) => vote.relative).length * 2 > pool.length;
    }
    return false;
  }

  /** Of each import of the own package: how many dots it has or would have. */
  private distances(file: string): Distance[] {
    return this.modules.importsOf(file).flatMap(({ module }): Distance[] => {
      if (module.startsWith('.')) return [{ dots: /^\.+/.exec(module)![0].length, relative: true }];
      const [target, other] = this.modules.resolve(file, module);
      const name = target && !other ? this.modules.relativeName(file, target) : undefined;
      return name ? [{ dots: name.dots, relative: false }] : [];
    });
  }

  private learnNeighbourhood(): Map<string, Neighbourhood> {
    const votes = new Map<string, Record<Neighbourhood, number>>();
    const vote = (one: string, other: string, what: Neighbourhood): void => {
      const key = `${topOf(one)} ${topOf(other)}`;
      const known = votes.get(key) ?? { together: 0, before: 0, after: 0 };
      known[what]++;
      votes.set(key, known);
    };
    for (const facts of this.sample()) {
      for (const distance of [1, 2]) {
        // A gap of one line between statements of one line is a blank line.
        for (const [before, after] of neighbours(facts, distance)) {
          vote(before.module, after.module, distance === 1 ? 'together' : 'before');
          vote(after.module, before.module, distance === 1 ? 'together' : 'after');
        }
      }
    }
    const most = ({ together, before, after }: Record<Neighbourhood, number>): Neighbourhood => {
      if (together >= before + after) return 'together';
      return before >= after ? 'before' : 'after';
    };
    return new Map([...votes].map(([key, counts]) => [key, most(counts)]));
  }

  /** Whether a sample of the files shows a habit so many times, and so many times as often as its opposite. */
  private outweighs(
    least: number,
    ratio: number,
    count: (facts: readonly ImportFact[], vote: (isFor: boolean) => void) => void,
  ): boolean {
    let pro = 0;
    let contra = 0;
    for (const facts of this.sample()) {
      count(facts, (isFor) => {
        if (isFor) pro++;
        else contra++;
      });
    }
    return pro >= least && pro > ratio * contra;
  }

  private *sample(): Generator<readonly ImportFact[]> {
    const { files } = this.modules;
    const step = Math.max(1, Math.floor(files.length / SAMPLE));
    for (let at = 0; at < files.length; at += step) yield this.modules.importsOf(files[at]!);
  }
}

/** How one package stands to another: in its block, in a block above, or in a block below. */
export type Neighbourhood = 'together' | 'before' | 'after';

const topOf = (module: string): string => (module.startsWith('.') ? '.' : module.split('.', 1)[0]!);

interface Distance {
  readonly dots: number;
  readonly relative: boolean;
}

/** Statements at module level whose lines are so far apart. */
function neighbours(facts: readonly ImportFact[], distance: number): [ImportFact, ImportFact][] {
  const plain = facts.filter((fact) => !fact.lazy && !fact.typeOnly);
  return plain.slice(1).flatMap((after, index) => {
    const before = plain[index]!;
    return after.line === before.line + distance ? [[before, after] as [ImportFact, ImportFact]] : [];
  });
}
