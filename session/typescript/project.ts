import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { canonical } from './disk';
import { grammarErrors } from './internals';
import { checkingOptions, LENIENT } from './options';
import { isAbsolute, relativeTo, withRelativePaths } from './paths';
import type { View } from './view';

/** How the compiler is to look at some files. */
export interface Project {
  /** Absolute path of the tsconfig.json or jsconfig.json; undefined where none speaks of the files. */
  readonly config?: string;
  readonly options: ts.CompilerOptions;
  /** All files that the tsconfig selects, absolute. */
  readonly fileNames: readonly string[];
  readonly references?: readonly ts.ProjectReference[];
  /** Configurations that it extends and that are not there. */
  readonly missing: readonly string[];
}

/** A tsconfig that cannot be understood: what it wants of the code is unknown. */
export class BrokenProject extends Error {}

const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json'];

const CANNOT_READ_FILE = 5083;
const FILE_NOT_FOUND = 6053;
/** A value of the wrong type, a root that is no object, a file that extends itself. */
const UNREADABLE = new Set([5024, 5092, 18000, CANNOT_READ_FILE]);
/** Below stand the errors of the grammar, JSON's included; above, options that this compiler does not know, which prove nothing. */
const FIRST_SEMANTIC_CODE = 2000;

interface Configuration extends Project {
  readonly config: string;
  readonly parsed: ts.ParsedCommandLine;
  readonly canonicalNames: ReadonlySet<string>;
}

/** Finds the project of each file, as an editor does: upwards to the root, and from a tsconfig into those that it references. */
export class Projects {
  private readonly configurations = new Map<string, Configuration>();
  private readonly loose = new Map<Configuration, Project>();
  private readonly lenient: Project = { options: LENIENT, fileNames: [], missing: [] };

  /** @param root absolute; no configuration above it is looked for */
  constructor(
    private readonly root: string,
    private readonly view: View,
  ) {}

  /**
   * The project of a file: the nearest tsconfig that includes it, itself or by reference; else the options of the nearest one, so that
   * paths and strictness are the project's; else options that accept much.
   * @throws BrokenProject
   */
  projectOf(path: string): Project {
    let nearest: Configuration | undefined;
    for (const config of this.configsAbove(path)) {
      const configuration = this.configuration(config);
      const owner = this.owner(configuration, canonical(path), new Set());
      if (owner) return owner;
      nearest ??= configuration;
    }
    if (!nearest) return this.lenient;
    return isJavaScript(path) && !nearest.options.allowJs ? this.withJavaScript(nearest) : nearest;
  }

  /** For the compiler, which asks about referenced projects. */
  parsed(config: string): ts.ParsedCommandLine | undefined {
    // A part of the repository that was not checked out; the compiler's reader stumbles over a file that is not there.
    if (!this.view.fileExists(config)) return undefined;
    try {
      return this.configuration(config).parsed;
    } catch (error) {
      if (error instanceof BrokenProject) return undefined;
      throw error;
    }
  }

  private *configsAbove(path: string): Generator<string> {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const name = CONFIG_NAMES.find((one) => this.view.fileExists(posix.join(folder, one)));
      if (name) yield posix.join(folder, name);
      if (folder === this.root || posix.dirname(folder) === folder) return;
    }
  }

  private owner(configuration: Configuration, file: string, seen: Set<string>): Configuration | undefined {
    if (seen.has(configuration.config)) return undefined;
    seen.add(configuration.config);
    if (configuration.canonicalNames.has(file)) return configuration;
    for (const reference of configuration.references ?? []) {
      const config = ts.resolveProjectReferencePath(reference);
      if (!this.view.fileExists(config)) continue;
      const owner = this.owner(this.configuration(config), file, seen);
      if (owner) return owner;
    }
    return undefined;
  }

  /** The options of a project that has no JavaScript, for a JavaScript file below it. */
  private withJavaScript(nearest: Configuration): Project {
    const known = this.loose.get(nearest);
    if (known) return known;
    const { config, references, missing } = nearest;
    const options = { ...nearest.options, allowJs: true };
    const project = { config, references, missing, options, fileNames: [] };
    this.loose.set(nearest, project);
    return project;
  }

  private configuration(config: string): Configuration {
    const known = this.configurations.get(config);
    if (known) return known;
    const { view } = this;
    const source = ts.readJsonConfigFile(config, (path) => view.readFile(path));
    const parsed = ts.parseJsonSourceFileConfigFileContent(source, view, posix.dirname(config), undefined, config);
    const missing = this.judge(config, [...grammarErrors(source), ...parsed.errors]);
    const configuration: Configuration = {
      config,
      parsed,
      options: checkingOptions(parsed.options, posix.dirname(config), view),
      fileNames: parsed.fileNames,
      canonicalNames: new Set(parsed.fileNames.map(canonical)),
      references: parsed.projectReferences,
      missing,
    };
    this.configurations.set(config, configuration);
    return configuration;
  }

  /**
   * The extended configurations that are missing: installed with node_modules or generated, and so often not there.
   * @throws BrokenProject for what leaves no reading of the configuration
   */
  private judge(config: string, errors: readonly ts.Diagnostic[]): string[] {
    const missing = new Set<string>();
    for (const { code, messageText, file } of errors) {
      const message = ts.flattenDiagnosticMessageText(messageText, ' ');
      const named = /'([^']*)'/.exec(message)?.[1];
      if ((code === FILE_NOT_FOUND || code === CANNOT_READ_FILE) && named !== undefined && named !== config) {
        missing.add(isAbsolute(named) ? relativeTo(this.root, named) : named);
      } else if (code < FIRST_SEMANTIC_CODE || UNREADABLE.has(code)) {
        throw new BrokenProject(
          `${relativeTo(this.root, file?.fileName ?? config)}: ${withRelativePaths(message, this.root)}`,
        );
      }
    }
    return [...missing].sort();
  }
}

const isJavaScript = (path: string): boolean => /\.[cm]?jsx?$/i.test(path);
