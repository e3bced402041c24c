import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { COMMANDS } from '../protocol/index';
import type { ActionCommands } from './action-commands';
import { fileChanged } from './refusal';
import { answerConfiguration, type Manifest } from './settings';

/** Where the editor has to do more than the library does. */
export function middleware(manifest: Manifest, commands: ActionCommands): Middleware {
  const carry = <A extends vscode.CodeAction>(action: A): A => {
    if (action.command) action.command = commands.carry(action.command);
    return action;
  };
  return {
    workspace: { configuration: (params, token, next) => answerConfiguration(manifest, params, token, next) },
    async provideCodeActions(document, range, context, token, next) {
      const actions = await next(document, range, context, token);
      return actions?.map((one) => (one instanceof vscode.CodeAction ? carry(one) : commands.carry(one)));
    },
    // The library forgets the versions of an edit: a document that changed while the edit was made must not take it.
    async resolveCodeAction(action, token, next) {
      const versions = new Map(vscode.workspace.textDocuments.map((one) => [one.uri.toString(), one.version]));
      const resolved = await next(action, token);
      const isStale = resolved?.edit?.entries().some(([uri]) => {
        const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
        const version = versions.get(uri.toString());
        return document !== undefined && version !== undefined && document.version !== version;
      });
      if (!resolved) return resolved;
      if (!isStale) return carry(resolved);
      resolved.edit = undefined;
      resolved.command = { title: resolved.title, command: COMMANDS.explainRefusal, arguments: [fileChanged()] };
      return carry(resolved);
    },
  };
}
