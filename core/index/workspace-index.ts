import { compareText, isEqualJson, type Json } from '../rule/finding';

/** An entry with the key of its group. */
export interface KeyedEntry {
  readonly key: string;
  readonly value: Json;
}

export interface StoredEntry {
  readonly file: string;
  readonly value: Json;
}

type FileEntries = ReadonlyMap<string, readonly Json[]>;

/**
 * Groups what files say under shared keys.
 *
 * **Invariant:** a pure fold. Any order of `replace` and `remove` that ends in the same set of files gives the same index, and each
 * call returns exactly the keys in the symmetric difference of the file's old and new entries.
 */
export class WorkspaceIndex {
  private readonly files = new Map<string, FileEntries>();
  private readonly groups = new Map<string, Set<string>>();

  /** Subtracts what the file said before and adds `entries`. Returns the keys whose group changed. */
  replace(file: string, entries: readonly KeyedEntry[]): ReadonlySet<string> {
    const before = this.files.get(file);
    const after = groupByKey(entries);
    const changed = new Set<string>();
    for (const key of before?.keys() ?? []) {
      if (after.has(key)) continue;
      changed.add(key);
      this.leave(key, file);
    }
    for (const [key, values] of after) {
      const old = before?.get(key);
      if (old && isEqualJson(old, values)) continue;
      changed.add(key);
      if (!old) this.join(key, file);
    }
    if (after.size > 0) this.files.set(file, after);
    else this.files.delete(file);
    return changed;
  }

  /** Forgets a file. Returns the keys whose group changed. */
  remove(file: string): ReadonlySet<string> {
    return this.replace(file, []);
  }

  /** The entries of a key, sorted by file, then in the order in which the file gave them. */
  get(key: string): readonly StoredEntry[] {
    const files = [...(this.groups.get(key) ?? [])].sort(compareText);
    return files.flatMap((file) => (this.files.get(file)?.get(key) ?? []).map((value) => ({ file, value })));
  }

  /** All keys, sorted. */
  keys(): string[] {
    return [...this.groups.keys()].sort(compareText);
  }

  private join(key: string, file: string): void {
    const group = this.groups.get(key);
    if (group) group.add(file);
    else this.groups.set(key, new Set([file]));
  }

  private leave(key: string, file: string): void {
    const group = this.groups.get(key);
    group?.delete(file);
    if (group?.size === 0) this.groups.delete(key);
  }
}

function groupByKey(entries: readonly KeyedEntry[]): FileEntries {
  const values = new Map<string, Json[]>();
  for (const { key, value } of entries) {
    const list = values.get(key);
    if (list) list.push(value);
    else values.set(key, [value]);
  }
  return values;
}
