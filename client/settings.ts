import * as vscode from 'vscode';
import type { ConfigurationParams, LSPAny } from 'vscode-languageclient/node';
import type { SettingOrigins } from '../protocol/index';
import { type Inspected, toOrigins, toSettings } from './settings-model';

const SECTION = 'seamline';

/** The part of package.json that declares settings. */
export interface Manifest {
  readonly contributes: { readonly configuration: readonly { readonly properties: object }[] };
}

type ConfigurationHandler = (params: ConfigurationParams, token: vscode.CancellationToken) => unknown;

/**
 * Answers `workspace/configuration`: our section as `seamline.json` would say it, every other as the editor has it.
 */
export async function answerConfiguration(
  manifest: Manifest,
  params: ConfigurationParams,
  token: vscode.CancellationToken,
  next: ConfigurationHandler,
): Promise<LSPAny[]> {
  const answers = (await next(params, token)) as LSPAny[];
  if (!Array.isArray(answers)) return answers;
  return params.items.map(({ section, scopeUri }, index) =>
    section === SECTION ? (toSettings(inspectAll(manifest, scopeUri)) as LSPAny) : answers[index]!,
  );
}

/** Answers `seamline/settingOrigins`. */
export function answerOrigins(manifest: Manifest, { uri }: { readonly uri: string }): SettingOrigins {
  return toOrigins(inspectAll(manifest, uri));
}

function inspectAll(manifest: Manifest, scopeUri: string | undefined): Inspected[] {
  const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
  const configuration = vscode.workspace.getConfiguration(SECTION, scope);
  return keysOf(manifest).map((key) => inspect(configuration, key));
}

function inspect(configuration: vscode.WorkspaceConfiguration, key: string): Inspected {
  const found = configuration.inspect(key);
  return { key, user: found?.globalValue, workspace: found?.workspaceValue, folder: found?.workspaceFolderValue };
}

/** The settings that the manifest declares, without the section. */
function keysOf({ contributes }: Manifest): string[] {
  return contributes.configuration
    .flatMap(({ properties }) => Object.keys(properties))
    .map((key) => key.slice(SECTION.length + 1));
}
