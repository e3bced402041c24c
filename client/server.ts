import * as vscode from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  type ErrorHandler,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  FINDINGS_CHANGED,
  type InitializationOptions,
  SETTING_ORIGINS,
  STATUS,
  type StatusParams,
} from '../protocol/index';
import { ActionCommands } from './action-commands';
import { middleware } from './middleware';
import { OpenFiles } from './open-files';
import { SELECTOR } from './selector';
import { answerOrigins } from './settings';

/** Restarts after a crash, within three minutes, before the user is asked. */
const MOST_RESTARTS = 3;

/** The library's own messages go to the output alone: what the user has to know is said once, in the user's language. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The language server: its start, its end, and what it says of itself. */
export class Server implements vscode.Disposable {
  readonly client: LanguageClient;
  /** The commands of the actions that were offered last. */
  readonly actionCommands = new ActionCommands(vscode.commands);
  /** The last word of the server; undefined until it has spoken, and after it stopped. */
  status: StatusParams | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  /** The server started or stopped, or its status changed. */
  readonly onDidChange = this.changed.event;
  private readonly findingsChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeFindings = this.findingsChanged.event;
  private readonly disposables: vscode.Disposable[];
  private readonly crashes: ErrorHandler;
  private queue: Promise<void> = Promise.resolve();
  private isDisposed = false;
  /** Since it was last asked to start. */
  private hasRun = false;

  constructor(
    context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
  ) {
    const openFiles = new OpenFiles();
    this.client = new QuietClient(
      'seamline',
      'Seamline',
      { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc },
      {
        documentSelector: [...SELECTOR],
        outputChannel: output,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: () => initializationOptions(context),
        initializationFailedHandler: () => false,
        errorHandler: {
          error: (...args) => this.crashes.error(...args),
          closed: () => this.closed(),
        },
        middleware: middleware(context.extension.packageJSON, this.actionCommands),
        diagnosticCollectionProvider: openFiles,
      },
    );
    this.crashes = this.client.createDefaultErrorHandler(MOST_RESTARTS);
    this.disposables = [
      this.actionCommands,
      this.changed,
      this.findingsChanged,
      openFiles.follow(this.client),
      this.client.onNotification(STATUS, (status: StatusParams) => this.tell(status)),
      this.client.onRequest(SETTING_ORIGINS, (params: { uri: string }) =>
        answerOrigins(context.extension.packageJSON, params),
      ),
      this.client.onNotification(FINDINGS_CHANGED, () => this.findingsChanged.fire()),
      this.client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.hasRun = true;
        else this.status = undefined;
        this.changed.fire();
        this.findingsChanged.fire();
      }),
    ];
  }

  get state(): 'starting' | 'running' | 'stopped' {
    if (this.client.state === State.Running) return 'running';
    return this.client.state === State.Starting ? 'starting' : 'stopped';
  }

  /** Starts the server; a failure is shown, not thrown. */
  start(): Promise<boolean> {
    return this.enqueue(() => this.client.start());
  }

  /** Ends the server and starts it again, also when it does not run. */
  restart(): Promise<boolean> {
    return this.enqueue(async () => {
      if (this.client.state === State.Running) await this.client.stop();
      await this.client.start();
    });
  }

  async stop(): Promise<void> {
    this.isDisposed = true;
    await this.queue;
    if (this.client.state === State.Running) await this.client.stop();
  }

  /** Sends one of our own requests, once the server runs. */
  async request<R>(method: string, params: object, token?: vscode.CancellationToken): Promise<R> {
    await this.queue;
    if (this.client.state !== State.Running) {
      throw new Error(vscode.l10n.t('The Seamline server is not running.'));
    }
    return token ? this.client.sendRequest<R>(method, params, token) : this.client.sendRequest<R>(method, params);
  }

  dispose(): void {
    this.isDisposed = true;
    for (const one of this.disposables) one.dispose();
  }

  private tell(status: StatusParams): void {
    this.status = status;
    this.changed.fire();
  }

  /** Starts and stops follow one another: the client refuses to stop while it starts. */
  private enqueue(action: () => Promise<void>): Promise<boolean> {
    const done = this.queue.then(async () => {
      if (this.isDisposed) return false;
      this.hasRun = false;
      try {
        await action();
        return true;
      } catch (error) {
        this.output.error(error instanceof Error ? error : String(error));
        this.offerRestart(vscode.l10n.t('Seamline could not start its server. The output says more.'));
        return false;
      }
    });
    this.queue = done.then(() => undefined);
    return done;
  }

  /** A server that ended is started again, a few times; one that never ran is not, and whoever started it says so. */
  private async closed(): Promise<CloseHandlerResult> {
    if (!this.hasRun) return { action: CloseAction.DoNotRestart, handled: true };
    const result = await this.crashes.closed();
    if (result.action === CloseAction.DoNotRestart && !this.isDisposed) {
      this.offerRestart(vscode.l10n.t('The Seamline server ended several times and is not started again.'));
    }
    return { ...result, handled: true };
  }

  private offerRestart(message: string): void {
    const restart = vscode.l10n.t('Restart Server');
    const show = vscode.l10n.t('Show Output');
    void vscode.window.showErrorMessage(message, restart, show).then((choice) => {
      if (choice === restart) void this.restart();
      if (choice === show) this.output.show();
    });
  }
}

function initializationOptions({ extension }: vscode.ExtensionContext): InitializationOptions {
  return {
    isSeamlineClient: true,
    docsBaseUrl: `${vscode.env.uriScheme}://${extension.id}/rules/`,
  };
}
