import { posix } from 'node:path';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import {
  asStrings,
  asTable,
  foldersAbove,
  inFolder,
  type LinterFiles,
  type LinterSettings,
  matchesAny,
} from './linter-files';

type Table = Readonly<Record<string, unknown>>;

/** One file of settings, and the folder that its patterns are relative to. */
interface Layer {
  readonly folder: string;
  readonly ruff: Table;
}

/** By falling precedence; in a folder the first that holds settings counts, and only the nearest folder that has any. */
const NAMES = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'];

/** Longer chains of `extend` are a circle. */
const MAX_LAYERS = 10;

/**
 * Ruff's settings: the nearest file with what it extends. A check is on where `select` or `extend-select` name it more exactly than
 * `ignore` and the like. What Ruff selects when nobody says anything depends on its version, so that alone switches nothing on.
 */
export class RuffSettings implements LinterSettings {
  constructor(private readonly files: LinterFiles) {}

  async isOn(check: string, file: string): Promise<boolean> {
    const layers = await this.layersFor(file);
    if (!layers) return false;
    let isOn = false;
    for (const { ruff } of [...layers].reverse()) {
      const chosen = Math.max(exactness(both(ruff, 'select'), check), exactness(both(ruff, 'extend-select'), check));
      const dropped = Math.max(exactness(both(ruff, 'ignore'), check), exactness(both(ruff, 'extend-ignore'), check));
      if (chosen > dropped) isOn = true;
      else if (dropped >= 0 || lint(ruff).select !== undefined || ruff.select !== undefined) isOn = false;
    }
    return isOn && !layers.some((layer) => leavesOut(layer, check, file));
  }

  /** The nearest settings and what they extend; undefined where there are none, or where a part cannot be read. */
  private async layersFor(file: string): Promise<Layer[] | undefined> {
    for (const folder of foldersAbove(file)) {
      const names = await this.files.namesIn(folder);
      for (const name of NAMES.filter((one) => names.has(one))) {
        const ruff = await this.read(inFolder(folder, name));
        if (ruff) return this.withExtended({ folder, ruff });
        // Broken settings stop Ruff; a pyproject.toml without a table for it does not count.
        if (name !== 'pyproject.toml') return undefined;
      }
    }
    return undefined;
  }

  private async withExtended(nearest: Layer): Promise<Layer[] | undefined> {
    const layers = [nearest];
    for (let last = nearest; last.ruff.extend !== undefined; layers.push(last)) {
      if (typeof last.ruff.extend !== 'string' || layers.length === MAX_LAYERS) return undefined;
      const path = posix.join(last.folder || '.', last.ruff.extend);
      const ruff = path.startsWith('..') || posix.isAbsolute(last.ruff.extend) ? undefined : await this.read(path);
      if (!ruff) return undefined;
      const folder = posix.dirname(path);
      last = { folder: folder === '.' ? '' : folder, ruff };
    }
    return layers;
  }

  private async read(file: string): Promise<Table | undefined> {
    const text = await this.files.text(file);
    if (text === undefined) return undefined;
    try {
      const table = asTable(getStaticTOMLValue(parseTOML(text)));
      if (posix.basename(file) !== 'pyproject.toml') return table;
      const { ruff } = asTable(table.tool);
      return ruff === undefined ? undefined : asTable(ruff);
    } catch {
      return undefined; // Not TOML: Ruff's to complain about.
    }
  }
}

const lint = (ruff: Table): Table => asTable(ruff.lint);

/** A setting of `[lint]`, or at its old place outside of it. */
const both = (ruff: Table, key: string): string[] => asStrings(lint(ruff)[key] ?? ruff[key]);

/** How exactly selectors name a check: the length of the longest prefix, 0 for `ALL`, -1 where none does. */
function exactness(selectors: readonly string[], check: string): number {
  const [letters = ''] = /^[A-Z]+/.exec(check) ?? [];
  const hits = selectors.filter((one) => one === 'ALL' || (one.startsWith(letters) && check.startsWith(one)));
  return Math.max(-1, ...hits.map((one) => (one === 'ALL' ? 0 : one.length)));
}

/** Whether the file is not looked at, or not for this check. */
function leavesOut({ folder, ruff }: Layer, check: string, file: string): boolean {
  const excluded = [ruff.exclude, ruff['extend-exclude'], lint(ruff).exclude].flatMap(asStrings);
  if (matchesAny(excluded, folder, file, true)) return true;
  return [lint(ruff), ruff]
    .flatMap((table) => [table['per-file-ignores'], table['extend-per-file-ignores']])
    .flatMap((table) => Object.entries(asTable(table)))
    .some(
      ([pattern, codes]) =>
        exactness(asStrings(codes), check) >= 0 &&
        (pattern.startsWith('!')
          ? !matchesAny([pattern.slice(1)], folder, file, true)
          : matchesAny([pattern], folder, file, true)),
    );
}
