import { type ParseError, parse } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
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

/** With one of these above a file ESLint reads no `.eslintrc` at all. */
const FLAT = /^eslint\.config\.[cm]?[jt]s$/;
/** These win over the others in their folder, and are code. */
const OPAQUE = /^\.eslintrc\.c?js$/;

/** By falling precedence; in a folder the first counts. */
const NAMES = ['.eslintrc.yaml', '.eslintrc.yml', '.eslintrc.json', '.eslintrc', 'package.json'];

/** Checks of `eslint:recommended` that a rule of ours is equal to. */
const RECOMMENDED: readonly string[] = ['no-empty'];

/**
 * ESLint's settings in YAML or JSON: `.eslintrc.yml`, `.eslintrc.json`, `.eslintrc` and `eslintConfig` of package.json, from the nearest
 * folder up to the one that says `root`. Configurations that are code are never run and do not count; neither does what packages would add.
 */
export class EslintSettings implements LinterSettings {
  constructor(private readonly files: LinterFiles) {}

  async isOn(check: string, file: string): Promise<boolean> {
    const folders = foldersAbove(file);
    const names = await Promise.all(folders.map((folder) => this.files.namesIn(folder)));
    if (names.some((one) => [...one].some((name) => FLAT.test(name)))) return false;
    const ignored = (await this.files.text('.eslintignore'))?.split(/\r?\n/) ?? [];
    if (matchesAny(ignored, '', file)) return false;
    let verdict: boolean | undefined;
    for (const [index, folder] of folders.entries()) {
      if ([...names[index]!].some((name) => OPAQUE.test(name))) break;
      const config = await this.configOf(folder, names[index]!);
      if (config === 'broken') return false;
      if (!config) continue;
      if (matchesAny(asStrings(config.ignorePatterns), folder, file)) return false;
      const statements = statementsOf(config, check, folder, file);
      // An option further up holds for a level further down that names none.
      if (statements.some((one) => asTable(Array.isArray(one) ? one[1] : undefined).allowEmptyCatch === true))
        return false;
      if (statements.length > 0) verdict ??= isLevelOn(statements[0]);
      if (config.root === true) break;
    }
    return verdict ?? false;
  }

  private async configOf(folder: string, names: ReadonlySet<string>): Promise<Table | 'broken' | undefined> {
    for (const name of NAMES) {
      const text = names.has(name) ? await this.files.text(inFolder(folder, name)) : undefined;
      if (text === undefined) continue;
      const value = name.includes('.y')
        ? ofYaml(text)
        : (ofJson(text) ?? (name === '.eslintrc' ? ofYaml(text) : undefined));
      const config = name === 'package.json' ? asTable(value).eslintConfig : value;
      if (value === undefined && name !== 'package.json') return 'broken';
      if (config !== undefined) return asTable(config);
    }
    return undefined;
  }
}

/** JSON with comments; undefined where it is none. */
function ofJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  return errors.length > 0 ? undefined : value;
}

/** YAML; undefined where it is none. */
function ofYaml(text: string): unknown {
  try {
    return parseYaml(text) ?? {};
  } catch {
    return undefined; // ESLint's to complain about.
  }
}

/** What one configuration says about a check, by falling precedence: its overrides from the last, its rules, what it extends. */
function statementsOf(config: Table, check: string, folder: string, file: string): unknown[] {
  const overrides = (Array.isArray(config.overrides) ? config.overrides : [])
    .map(asTable)
    .filter(
      ({ files, excludedFiles }) =>
        matchesAny(asStrings(files), folder, file) && !matchesAny(asStrings(excludedFiles), folder, file),
    );
  return [...overrides.reverse(), config].flatMap((part) => {
    const own = asTable(part.rules)[check];
    const base = asStrings(part.extends).find((one) => one === 'eslint:all' || one === 'eslint:recommended');
    const inherited = base !== undefined && (base === 'eslint:all' || RECOMMENDED.includes(check)) ? ['error'] : [];
    return own === undefined ? inherited : [own, ...inherited];
  });
}

function isLevelOn(statement: unknown): boolean {
  const level: unknown = Array.isArray(statement) ? statement[0] : statement;
  return level === 'error' || level === 'warn' || level === 2 || level === 1;
}
