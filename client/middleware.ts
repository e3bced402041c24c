import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { COMMANDS } from '../protocol/index';
import type { ActionCommands } from './action-commands';
import { fileChanged } from './refusal';
import { answerConfiguration, type Manifest } from './settings';

/** Makes a safe change, shows another: what the Refactor Plan runs for a finding. */
const APPLY = 'seamline.apply';

/** Where the editor has to do more than the library does. */
export function middleware(manifest: Manifest, commands: ActionCommands): Middleware {
  const carry = <A extends vscode.CodeAction>(action: A): A => {
    const { title } = action;
    const data = dataOf(action);
    // An action that is still to be resolved, should VS Code not get so far, is carried out as one of the Refactor Plan is.
    const command = action.command ?? (data === undefined ? undefined : { title, command: APPLY, arguments: [data] });
    if (command) action.command = commands.carry(command);
    return action;
  };
  return {
    workspace: { configuration: (params, token, next) => answerConfiguration(manifest, params, token, next) },
    async provideCodeActions(document, range, context, token, next) {
      const actions = await next(document, range, context, token);
      return actions?.map((one) => (one instanceof vscode.CodeAction ? carry(one) : commands.carry(one)));
    },
    async resolveCodeAction(action, token, next) {
      const { command: offered } = action;
      if (dataOf(action) === undefined || !offered) return action;
      const versions = new Map(vscode.workspace.textDocuments.map((one) => [one.uri.toString(), one.version]));
      const resolved = await next(action, token);
      if (!resolved) return resolved;
      // The library forgets the versions of an edit: a document that changed while the edit was made must not take it.
      const isStale = resolved.edit?.entries().some(([uri]) => {
        const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
        const version = versions.get(uri.toString());
        return document !== undefined && version !== undefined && document.version !== version;
      });
      const { title, command } = resolved;
      if (isStale) {
        resolved.edit = undefined;
        commands.settle(offered, { title, command: COMMANDS.explainRefusal, arguments: [fileChanged()] });
      } else commands.settle(offered, command?.command === offered.command ? undefined : command);
      resolved.command = offered;
      return resolved;
    },
  };
}

/** What the library keeps for the server beside an action that is still to be resolved. */
const dataOf = (action: vscode.CodeAction & { readonly data?: unknown }): unknown => action.data;
