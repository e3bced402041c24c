import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { parseIni } from './ini';
import { asStrings, asTable, foldersAbove, inFolder, type LinterFiles, type LinterSettings } from './linter-files';

/** Pylint's options, from all of its sections, with `-` in their names. */
type Options = ReadonlyMap<string, readonly string[]>;

/** By falling precedence, as Pylint looks for them in a folder; in setup.cfg and tox.ini only sections of its own count. */
const NAMES = ['pylintrc', 'pylintrc.toml', '.pylintrc', '.pylintrc.toml', 'pyproject.toml', 'setup.cfg', 'tox.ini'];

/** The other names that a check answers to: its code, what it was called before, its checker, its category. */
const CALLED: Readonly<Record<string, { readonly names: readonly string[]; readonly groups: readonly string[] }>> = {
  W0702: { names: ['w0702', 'bare-except'], groups: ['all', 'w', 'warning', 'exceptions'] },
  W0718: {
    names: ['w0718', 'w0703', 'broad-exception-caught', 'broad-except'],
    groups: ['all', 'w', 'warning', 'exceptions'],
  },
};

/** What `pylint --generate-rcfile` writes: it leaves out editors' lock files, none of which is a Python file of the project. */
const USUAL_PATTERN = '^\\.#';

/**
 * Pylint's settings: the nearest file that holds some. Its checks are on unless they are disabled, so an empty file of settings switches
 * them on, and none at all says that nobody runs it. Patterns of paths are not followed: with one, nothing is believed.
 */
export class PylintSettings implements LinterSettings {
  constructor(private readonly files: LinterFiles) {}

  async isOn(check: string, file: string): Promise<boolean> {
    const options = await this.optionsFor(file);
    const called = CALLED[check];
    if (!options || !called || options.get('errors-only')?.some((value) => /^(?:yes|y|true|1)$/i.test(value)))
      return false;
    const listed = (option: string) => (options.get(option) ?? []).map((one) => one.toLowerCase());
    const says = (option: string, among: readonly string[]) => listed(option).some((one) => among.includes(one));
    if (says('disable', called.names)) return false;
    if (says('disable', called.groups) && !says('enable', called.names)) return false;
    if (check === 'W0718' && options.has('overgeneral-exceptions') && !namesException(listed('overgeneral-exceptions')))
      return false;
    return !leavesOut(options, file);
  }

  private async optionsFor(file: string): Promise<Options | undefined> {
    for (const folder of foldersAbove(file)) {
      const names = await this.files.namesIn(folder);
      for (const name of NAMES.filter((one) => names.has(one))) {
        const text = await this.files.text(inFolder(folder, name));
        const options = text === undefined ? 'broken' : name.endsWith('.toml') ? ofToml(name, text) : ofIni(name, text);
        if (options === 'broken') return undefined;
        if (options) return options;
      }
    }
    return undefined;
  }
}

const namesException = (names: readonly string[]) => names.some((one) => /^(?:builtins\.)?exception$/.test(one));

/** `[tool.pylint]` and its subtables; pylintrc.toml is laid out the same way. */
function ofToml(name: string, text: string): Options | 'broken' | undefined {
  try {
    const { pylint } = asTable(asTable(getStaticTOMLValue(parseTOML(text))).tool);
    if (pylint === undefined) return name === 'pyproject.toml' ? undefined : new Map();
    const options = new Map<string, readonly string[]>();
    const collect = (table: Readonly<Record<string, unknown>>) => {
      for (const [key, value] of Object.entries(table)) {
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) collect(asTable(value));
        else options.set(key.replaceAll('_', '-').toLowerCase(), asStrings(value).flatMap(split).concat(flag(value)));
      }
    };
    collect(asTable(pylint));
    return options;
  } catch {
    return 'broken'; // Not TOML: Pylint's to complain about.
  }
}

const flag = (value: unknown): string[] => (value === true ? ['yes'] : []);

function ofIni(name: string, text: string): Options | undefined {
  const isShared = name === 'setup.cfg' || name === 'tox.ini';
  const own = parseIni(text).filter(({ section }) => !isShared || /^(?:tool:)?pylint\b/i.test(section));
  if (isShared && own.length === 0) return undefined;
  return new Map(
    own.flatMap(({ values }) => [...values].map(([key, value]) => [key.replaceAll('_', '-'), split(value)] as const)),
  );
}

/** A list of Pylint: by commas or lines. */
const split = (value: string): string[] => value.split(/[,\n]/).flatMap((one) => one.trim() || []);

/** Whether a file is left out, or may be: base names are compared, patterns are not followed. */
function leavesOut(options: Options, file: string): boolean {
  if ((options.get('ignore-paths') ?? []).length > 0) return true;
  if ((options.get('ignore-patterns') ?? []).some((one) => one !== USUAL_PATTERN)) return true;
  const parts = file.split('/');
  return (options.get('ignore') ?? []).some((one) => parts.includes(one));
}
