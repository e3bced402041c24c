import type { Diagnostic } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import {
  type ConfigurationParams,
  type ConfigurationResult,
  SETTING_ORIGINS,
  type SettingOrigins,
} from '../protocol/index';
import type { UsageError } from '../session/index';
import type { ServerContext } from './context';
import type { Folder, Folders } from './folders';
import { pathOfUri } from './locate';

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
  await found.folder.live.whenConfigured;
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
