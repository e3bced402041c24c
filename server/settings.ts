import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '../protocol/index';
import { type EditorSettings, readEditorSettings, speaksOfUs } from '../session/index';
import type { ServerContext } from './context';

const SECTION = 'seamline';

/**
 * The settings of a client: those that it answers when it is asked (`workspace/configuration`), else those that it pushed last
 * (`workspace/didChangeConfiguration`), else those that it came with (`initializationOptions.settings`).
 */
export class ClientSettings {
  private pushed: object | undefined;
  /** How often the client said that its settings are other ones. */
  changes = 0;
  /** What is wrong with the settings of each resource. */
  private readonly problems = new Map<string, readonly string[]>();

  /** @param onProblem called once for each value that cannot be used, until it is right again */
  constructor(
    private readonly connection: ServerContext['connection'],
    private readonly params: InitializeParams,
    private readonly options: InitializationOptions,
    private readonly onProblem: (problem: string) => void,
  ) {}

  /** Takes in what a client pushes: `{ "seamline": {...} }`, or the section alone. Clients that are asked push nothing. */
  push(settings: unknown): void {
    this.changes++;
    if (!isObject(settings)) return;
    // Some push everything that the user has set; without a word about us, nothing of it is ours to judge.
    const section = SECTION in settings ? settings[SECTION] : speaksOfUs(settings) ? settings : {};
    this.pushed = isObject(section) ? section : {};
  }

  /** @param uri a folder, or a document outside every folder */
  async of(uri: string): Promise<EditorSettings> {
    const section: unknown = (await this.pull(uri)) ?? this.pushed ?? this.options.settings ?? {};
    const settings = readEditorSettings(isObject(section) ? section : {});
    const problems = isObject(section) ? settings.problems : [`${SECTION}: expected an object`];
    const told = new Set([...this.problems.values()].flat());
    this.problems.set(uri, problems);
    for (const problem of problems) if (!told.has(problem)) this.onProblem(problem);
    return settings;
  }

  private async pull(scopeUri: string): Promise<unknown> {
    if (!this.params.capabilities.workspace?.configuration) return undefined;
    try {
      return await this.connection.workspace.getConfiguration({ scopeUri, section: SECTION });
    } catch (error) {
      this.connection.console.warn(`The client does not say its settings for ${scopeUri}: ${error}`);
      return undefined;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
