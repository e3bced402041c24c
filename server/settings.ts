import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions, Settings } from '../protocol/index';
import type { ServerContext } from './context';

const SECTION = 'seamline';

/**
 * The settings of a client: those that it answers when it is asked (`workspace/configuration`), else those that it pushed last
 * (`workspace/didChangeConfiguration`), else those that it came with (`initializationOptions.settings`).
 */
export class ClientSettings {
  private pushed: Settings | undefined;

  constructor(
    private readonly connection: ServerContext['connection'],
    private readonly params: InitializeParams,
    private readonly options: InitializationOptions,
  ) {}

  /** Takes in what a client pushes: `{ "seamline": {...} }`, or the section alone. Clients that are asked push nothing. */
  push(settings: unknown): void {
    if (!isObject(settings)) return;
    const section = SECTION in settings ? settings[SECTION] : settings;
    this.pushed = isObject(section) ? section : {};
  }

  /** @param uri a folder, or a document outside every folder */
  async of(uri: string): Promise<Settings | undefined> {
    return (await this.pull(uri)) ?? this.pushed ?? this.options.settings;
  }

  private async pull(scopeUri: string): Promise<Settings | undefined> {
    if (!this.params.capabilities.workspace?.configuration) return undefined;
    try {
      return (await this.connection.workspace.getConfiguration({ scopeUri, section: SECTION })) ?? undefined;
    } catch (error) {
      this.connection.console.warn(`The client does not say its settings for ${scopeUri}: ${error}`);
      return undefined;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
