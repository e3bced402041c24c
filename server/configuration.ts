import type { Diagnostic } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import {
  type ConfigurationParams,
  type ConfigurationResult,
  SETTING_ORIGINS,
  type SettingOrigins,
  type Settings,
} from '../protocol/index';
import { CONFIG_SCHEMA, type Config, type UsageError } from '../session/index';
import type { ServerContext } from './context';
import type { Folder, Folders } from './folders';
import { pathOfUri } from './locate';

/** What the editor's settings say, as a configuration below all files; a value of the wrong kind is left out, key by key. */
export function configOf(settings: Settings | null | undefined): Config {
  const config: Record<string, unknown> = {};
  for (const key of ['profile', 'exclude', 'tests', 'deferTo', 'rules'] as const) {
    const value = settings?.[key];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    if (CONFIG_SCHEMA.safeParse({ [key]: value }).success) config[key] = value;
  }
  return config as Config;
}

/** A wrong configuration as a diagnostic on its own file; the message of the error starts with file, line and column. */
export function configurationDiagnostic(
  folders: Folders,
  folder: Folder,
  problem: UsageError,
): { uri: string; diagnostic: Diagnostic } {
  const [, file, line, column, text] = /^(.+?):(\d+)(?::(\d+))?: ([\s\S]*)$/.exec(problem.message) ?? [];
  const start = { line: Number(line ?? 1) - 1, character: Number(column ?? 1) - 1 };
  return {
    uri: folders.uriOf({ folder, file: file ?? `${folder.prefix}seamline.json` }),
    diagnostic: {
      range: { start, end: { line: start.line, character: start.character + 1 } },
      severity: DiagnosticSeverity.Error,
      source: 'seamline',
      code: 'configuration',
      message: text ?? problem.message,
    },
  };
}

/** Answers `seamline/configuration`. */
export async function configurationRequest(
  context: ServerContext,
  { uri }: ConfigurationParams,
): Promise<ConfigurationResult> {
  await context.sync.whenReady;
  const path = pathOfUri(uri);
  const whole = context.folders.all.find((folder) => folder.path === path);
  const found = whole ? { folder: whole, file: whole.prefix } : context.folders.find(uri);
  if (!found) return { text: '{}\n' };
  const origins: SettingOrigins = context.options.isSeamlineClient
    ? await context.connection.sendRequest<SettingOrigins>(SETTING_ORIGINS, { uri })
    : {};
  const rows = found.folder.live.configurationOf(found.file, (key) => origins[key] ?? 'editor settings');
  const lines = rows.map(({ key, value, origin }, index) => {
    const text = JSON.stringify(value, null, 2).replace(/\n/g, '\n  ');
    return `  ${JSON.stringify(key)}: ${text}${index < rows.length - 1 ? ',' : ''} // ${origin}`;
  });
  return { text: `// ${whole ? whole.path : found.file}\n{\n${lines.join('\n')}\n}\n` };
}
