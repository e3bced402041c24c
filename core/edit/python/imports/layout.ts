import type { PythonModules } from '../../../modules/python/modules';
import type { Document } from '../../snapshot';
import type { ImportHabits } from './habits';
import { bestPlace, compareGroups, compareImports, ORDERS, type Order, type OrderKey } from './order';
import { blocksOf, type ImportRun, type ImportStatement, importRuns } from './statement';
import { type NewName, spelled } from './write-names';

/** A line of the layout: a statement that stands there, or one to be written. */
export type Entry =
  | { readonly key: OrderKey; readonly statement: ImportStatement }
  | { readonly key: OrderKey; readonly statement: undefined; readonly added: NewStatement };

/** A statement to be written: `from` what, or undefined for `import a`, and what it names; names may still come. */
export interface NewStatement {
  readonly from: string | undefined;
  readonly names: NewName[];
  /** The offset by which it must stand. */
  readonly before: number;
}

/** One run of import statements with what is to be added: entries in blocks that blank lines separate. */
export interface RunLayout {
  readonly blocks: Entry[][];
  /** Where a run begins that has no statement yet; undefined for one that stands in the file. */
  readonly insertAt: number | undefined;
}

/** A pair in wrong order is an accident up to this share; above it a block is not sorted. */
const TOLERATED = 0.1;

/** The import statements at the top level of a document with the new ones put among them, where the file's own order wants them. */
export class ImportLayout {
  readonly runs: RunLayout[];

  constructor(
    private readonly document: Document,
    private readonly modules: PythonModules,
    private readonly habits: ImportHabits,
  ) {
    const { root, source } = document;
    this.runs = importRuns(root, source).map((run) => ({ blocks: this.blocks(run), insertAt: undefined }));
  }

  /** What decides where a statement stands. */
  key(module: string, isStraight: boolean, member: string | undefined): OrderKey {
    return { group: this.modules.groupOf(this.document.file, module), isStraight, module, member };
  }

  /**
   * Plans a new statement.
   * @param newRun where a run begins if none is there
   */
  add(key: OrderKey, added: NewStatement, newRun: number): void {
    const entry: Entry = { key, statement: undefined, added };
    const run = this.runFor(key, added.before);
    if (run) this.addTo(run, entry);
    else this.runs.push({ blocks: [[entry]], insertAt: newRun });
  }

  private blocks(run: ImportRun): Entry[][] {
    return blocksOf(run, this.document.source.text).map((block) =>
      block.map((statement) => ({ key: this.keyOf(statement), statement })),
    );
  }

  private keyOf(statement: ImportStatement): OrderKey {
    const [first] = statement.items;
    return statement.from === undefined
      ? this.key(first?.name ?? '', true, undefined)
      : this.key(statement.from, false, first && spelled(first));
  }

  /** The run with the nearest kin: the same top package, then the same section, then the longest; set-up code between runs matters. */
  private runFor(key: OrderKey, before: number): RunLayout | undefined {
    const candidates = this.runs.filter((run) => {
      const entries = run.blocks.flat();
      const isEarly = entries.every(({ statement }) => !statement || statement.end <= before);
      return isEarly && entries.some((entry) => entry.key.group !== 'future');
    });
    const score = (run: RunLayout): number => {
      const entries = run.blocks.flat();
      const kin = entries.filter((entry) => isKin(entry.key, key)).length;
      const same = entries.filter((entry) => entry.key.group === key.group).length;
      return kin * 1e6 + same * 1e3 + entries.length;
    };
    const [first, ...rest] = candidates;
    if (first) return rest.reduce((best, run) => (score(run) > score(best) ? run : best), first);
    // `from __future__` alone, with code behind it.
    return this.runs.find((run) => run.blocks.flat().every(({ statement }) => statement && statement.end <= before));
  }

  private addTo(run: RunLayout, entry: Entry): void {
    const block = this.blockFor(run, entry.key);
    if (!block) {
      let at = run.blocks.findIndex((one) => this.isBelow(one, entry.key));
      if (at < 0) at = run.blocks.length;
      run.blocks.splice(at, 0, [entry]);
      return;
    }
    block.splice(this.placeIn(block, entry.key), 0, entry);
  }

  private blockFor(run: RunLayout, key: OrderKey): Entry[] | undefined {
    const { blocks } = run;
    const kin = blocks.filter((block) => block.some((entry) => isKin(entry.key, key)));
    const [closest] = kin.length > 0 ? kin : [];
    if (closest)
      return kin.find((block) => block.some((entry) => isKin(entry.key, key) && sameForm(entry.key, key))) ?? closest;
    const same = blocks.filter((block) => mainGroup(block) === key.group && !this.areApart(block, key));
    if (same.length > 0) {
      const count = (block: Entry[]): number =>
        block.filter((entry) => entry.key.group === key.group).length * 2 +
        Number(block.some((one) => sameForm(one.key, key)));
      return same.reduce((best, block) => (count(block) > count(best) ? block : best));
    }
    const [only] = blocks.filter((block) => block.some((entry) => entry.key.group !== 'future'));
    const isOneBlock = blocks.filter((block) => block.some((entry) => entry.key.group !== 'future')).length === 1;
    // One block with several sections in it: the file does not separate them.
    return isOneBlock && only && new Set(only.map((entry) => entry.key.group)).size > 1 ? only : undefined;
  }

  /** `forced-separate`: the project gives a package a block of its own. */
  private areApart(block: readonly Entry[], key: OrderKey): boolean {
    const known = block.flatMap((entry) => this.habits.neighbourhoodOf(key.module, entry.key.module) ?? []);
    return known.length > 0 && known.every((one) => one !== 'together');
  }

  /** Whether a block stands below a new block: as the project has it, else by the order of the sections. */
  private isBelow(block: readonly Entry[], key: OrderKey): boolean {
    const known = block.flatMap((entry) => this.habits.neighbourhoodOf(key.module, entry.key.module) ?? []);
    const apart = known.find((one) => one !== 'together');
    return apart === undefined || block.some((entry) => entry.key.group === 'future')
      ? compareGroups(mainGroup(block), key.group) > 0
      : apart === 'before';
  }

  private placeIn(block: readonly Entry[], key: OrderKey): number {
    const order = this.orderOf(block, key);
    if (order)
      return bestPlace(
        block.map((entry) => entry.key),
        key,
        (a, b) => compareImports(a, b, order),
      );
    // Not sorted at all: with its kin, else with its form, else at the end.
    for (const isNear of [isKin, (a: OrderKey, b: OrderKey) => a.group === b.group && sameForm(a, b)]) {
      const at = block.findLastIndex((entry) => isNear(entry.key, key));
      if (at >= 0) return at + 1;
    }
    return block.length;
  }

  /** The order in which a block is sorted, and most likely the rest of the file; undefined when it is not sorted. */
  private orderOf(block: readonly Entry[], key: OrderKey): Order | undefined {
    const all = this.runs.flatMap((run) => run.blocks);
    const rated = ORDERS.filter((order) => wrongPairs(block, order) <= TOLERATED * (block.length - 1)).map((order) => ({
      order,
      wrong: all.reduce((sum, one) => sum + wrongPairs(one, order), 0),
    }));
    const least = Math.min(...rated.map(({ wrong }) => wrong));
    const best = rated.filter(({ wrong }) => wrong === least).map(({ order }) => order);
    const [first] = best;
    if (!first || best.length === 1) return first;
    // The file leaves it open whether forms are kept apart: the project decides, but only where that makes a difference.
    const isOpen = block.some((entry) => !sameForm(entry.key, key)) && first.forms === 'import-first';
    if (!isOpen || !this.habits.sortsFormsTogether) return first;
    return best.find((order) => order.forms === 'together' && order.sections === first.sections) ?? first;
  }
}

const sameForm = (a: OrderKey, b: OrderKey): boolean => a.isStraight === b.isStraight;

function isKin(a: OrderKey, b: OrderKey): boolean {
  if (a.group !== b.group) return false;
  return a.group === 'local' || a.group === 'future' || topOf(a.module) === topOf(b.module);
}

const topOf = (module: string): string => module.split('.', 1)[0]!;

/** The section that most entries of a block belong to. */
function mainGroup(block: readonly Entry[]): OrderKey['group'] {
  const count = (group: OrderKey['group']): number => block.filter((entry) => entry.key.group === group).length;
  return block.map((entry) => entry.key.group).reduce((best, group) => (count(group) > count(best) ? group : best));
}

function wrongPairs(block: readonly Entry[], order: Order): number {
  let wrong = 0;
  for (let at = 1; at < block.length; at++) if (compareImports(block[at - 1]!.key, block[at]!.key, order) > 0) wrong++;
  return wrong;
}
