import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { Plan } from './plan/view';
import { PREVIEW_SCHEME, Previews } from './preview/previews';
import { RulePages } from './rule-pages';
import { Server } from './server';
import { showStatus } from './status';
import { TEXT_SCHEME, VirtualTexts } from './virtual-texts';

/** What the parts of the extension share. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly output: vscode.LogOutputChannel;
  readonly server: Server;
  readonly plan: Plan;
  readonly previews: Previews;
  readonly rulePages: RulePages;
  /** Reports and effective configurations. */
  readonly texts: VirtualTexts;
}

let running: Server | undefined;

/**
 * Registers everything and starts the server without waiting for it: a command that needs it waits itself.
 * @returns the services, for the tests in a real editor; no interface for other extensions
 */
export function activate(context: vscode.ExtensionContext): Services {
  const output = vscode.window.createOutputChannel('Seamline', { log: true });
  const server = new Server(context, output);
  running = server;
  const services: Services = {
    context,
    output,
    server,
    plan: new Plan(server, context.workspaceState),
    previews: new Previews(server, new VirtualTexts(PREVIEW_SCHEME)),
    rulePages: new RulePages(context.extensionUri),
    texts: new VirtualTexts(TEXT_SCHEME),
  };
  const { plan, previews, rulePages, texts } = services;
  context.subscriptions.push(output, server, plan, previews, rulePages, texts, showStatus(server));
  registerCommands(services);
  void server.start();
  return services;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
