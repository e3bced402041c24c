import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { COMMANDS } from '../protocol/index';
import { fileChanged } from './refusal';
import { answerConfiguration, type Manifest } from './settings';

/** Where the editor has to do more than the library does. */
export function middleware(manifest: Manifest): Middleware {
  return {
    workspace: { configuration: (params, token, next) => answerConfiguration(manifest, params, token, next) },
    // The library forgets the versions of an edit: a document that changed while the edit was made must not take it.
    async resolveCodeAction(action, token, next) {
      const versions = new Map(vscode.workspace.textDocuments.map((one) => [one.uri.toString(), one.version]));
      const resolved = await next(action, token);
      const isStale = resolved?.edit?.entries().some(([uri]) => {
        const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
        const version = versions.get(uri.toString());
        return document !== undefined && version !== undefined && document.version !== version;
      });
      if (!resolved || !isStale) return resolved;
      resolved.edit = undefined;
      resolved.command = { title: resolved.title, command: COMMANDS.explainRefusal, arguments: [fileChanged()] };
      return resolved;
    },
  };
}
