import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import * as protocol from '../protocol/index';
import { Texts } from '../report/texts';
import {
  type EditorSettings,
  isNeverEntered,
  languageOfPath,
  rulesWithMetadata,
  TypeScriptService,
  VERSION,
} from '../session/index';
import { auditRequest } from './audit';
import { codeActions, resolveAction } from './code-actions';
import { configurationDiagnostic, configurationRequest } from './configuration';
import type { ServerContext } from './context';
import { buildCureRequest, planCureRequest } from './cure-requests';
import { explainRefusal } from './cures';
import { Diagnostics } from './diagnostics';
import { DocumentSync } from './documents';
import { findingsRequest } from './findings';
import { FIX_ALL } from './fix-all';
import { type Folder, Folders, shortName } from './folders';
import { hover } from './hover';
import { ignoreRequest } from './ignore';
import { localeOf } from './locale';
import { pathOfUri } from './locate';
import { PlainTexts } from './plain-texts';
import { isDeciding, register, WatchAbove } from './registrations';
import { ClientSettings } from './settings';
import { Status } from './status';

/** Wires a connection to the engine and starts to listen. */
export function startServer(connection: Connection): void {
  connection.onInitialize((params) => new Server(connection, params).capabilities());
  connection.listen();
}

class Server {
  private readonly documents = new TextDocuments(TextDocument);
  private readonly context: ServerContext;
  private readonly diagnostics: Diagnostics;
  private readonly settings: ClientSettings;
  private readonly status: Status;
  private readonly above: WatchAbove;
  private readonly compilers = new Map<string, TypeScriptService>();
  /** Paths of the folders all of whose files are shown, open or not. */
  private readonly shownWhole = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly params: InitializeParams,
  ) {
    const options = (params.initializationOptions ?? {}) as protocol.InitializationOptions;
    const folders = new Folders({
      settingsOf: async (uri) => (await this.settings.of(uri)).config,
      onLoose: () => void this.above.follow(),
      onFindings: (uris) => this.onFindings(uris),
      onFailure: (file, error) => this.tellFailure(`${file} could not be judged, which is a defect of Seamline`, error),
      onConfiguration: (folder, problem) => {
        const told = problem && configurationDiagnostic(folders, folder, problem);
        this.diagnostics.configurationChanged(folder.path, told);
        this.status.configuration(folder.path, told);
      },
    });
    const rules = rulesWithMetadata().map(({ meta }) => meta);
    this.context = {
      connection,
      folders,
      options,
      documents: this.documents,
      client: params.capabilities,
      texts: new PlainTexts(localeOf(params.locale), rules),
      markdown: new Texts(localeOf(params.locale), rules),
      sync: new DocumentSync(
        this.documents,
        folders,
        (uri) => this.onAnalysed(uri),
        (error) => this.tellFailure('a document could not be followed', error),
      ),
      typescriptOf: (folder) => this.compilerOf(folder),
    };
    this.settings = new ClientSettings(connection, params, options, (problem) => this.tellSetting(problem));
    this.status = new Status(this.context);
    this.above = new WatchAbove(this.context);
    this.diagnostics = new Diagnostics(this.context, ({ path }) => this.shownWhole.has(path));
    this.register();
    this.documents.listen(connection);
  }

  capabilities(): InitializeResult {
    return {
      serverInfo: { name: 'Seamline', version: VERSION },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        ...(this.diagnostics.pulls
          ? { diagnosticProvider: { identifier: 'seamline', interFileDependencies: true, workspaceDiagnostics: true } }
          : {}),
        codeActionProvider: {
          codeActionKinds: ['quickfix', 'refactor.extract', 'refactor.move', 'refactor.rewrite', FIX_ALL],
          resolveProvider: true,
        },
        hoverProvider: true,
        // Our own client knows how to show a reason; for the others the server does.
        ...(this.context.options.isSeamlineClient
          ? {}
          : { executeCommandProvider: { commands: [protocol.COMMANDS.explainRefusal] } }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private register(): void {
    const { connection, context, diagnostics } = this;
    connection.onInitialized(() => this.inBackground(this.start()));
    connection.onShutdown(() => this.stop());
    connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
      diagnostics.document(textDocument.uri, previousResultId, token),
    );
    connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => ({
      items: await diagnostics.workspace(new Map(previousResultIds.map(({ uri, value }) => [uri, value])), token),
    }));
    connection.onCodeAction((params, token) => codeActions(context, params, token));
    connection.onCodeActionResolve((action, token) => resolveAction(context, action, token));
    connection.onExecuteCommand(({ arguments: [refusal] = [] }) => explainRefusal(context, refusal));
    connection.onHover((params) => hover(context, params));
    connection.onDidChangeConfiguration(({ settings }) => {
      this.settings.push(settings);
      this.inBackground(this.configure());
    });
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.inBackground(this.filesChanged(changes.map(({ uri }) => uri))),
    );
    this.documents.onDidClose(({ document }) => diagnostics.closed(document.uri));
    connection.onRequest(protocol.PLAN_CURE, (params: protocol.CureReference) => planCureRequest(context, params));
    connection.onRequest(protocol.BUILD_CURE, (params: protocol.BuildCureParams, token) =>
      buildCureRequest(context, params, token),
    );
    connection.onRequest(protocol.AUDIT, (params: protocol.AuditParams, token) =>
      auditRequest(context, params, token, connection.window.attachWorkDoneProgress(params.workDoneToken)),
    );
    connection.onRequest(protocol.FINDINGS, () => findingsRequest(context));
    connection.onRequest(protocol.IGNORE, (params: protocol.IgnoreParams) => ignoreRequest(context, params));
    connection.onRequest(protocol.CONFIGURATION, (params: protocol.ConfigurationParams) =>
      configurationRequest(context, params),
    );
    connection.onRequest(protocol.RESCAN, () => context.sync.whenReady.then(() => this.scanAll()));
  }

  /** The client is ready: its settings are asked for, and the folders are read. */
  private async start(): Promise<void> {
    const { params, connection, context } = this;
    await register(context);
    const folders = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: '' }] : []);
    if (params.capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        for (const { uri } of removed) context.folders.remove(uri);
        const folders = [];
        for (const { uri } of added) folders.push(await this.addFolder(uri));
        context.sync.adopt();
        await this.above.follow();
        await Promise.all(folders.map((folder) => folder && this.scan(folder)));
      });
    }
    for (const { uri } of folders) await this.addFolder(uri);
    context.sync.adopt();
    await this.above.follow();
    await this.scanAll();
  }

  private async addFolder(uri: string): Promise<Folder | undefined> {
    const before = this.settings.changes;
    const settings = await this.settings.of(uri);
    const folder = await this.context.folders.add(uri, settings.config);
    if (folder) this.takeScope(folder, settings);
    // Told while the folder was not there yet: many clients push their settings right after they have introduced themselves.
    if (folder && this.settings.changes !== before) await this.configureFolder(folder);
    return folder;
  }

  private takeScope({ path }: Folder, { scope }: EditorSettings): void {
    if (scope === 'workspace') this.shownWhole.add(path);
    else this.shownWhole.delete(path);
  }

  private async scanAll(): Promise<void> {
    if (await this.context.folders.renew()) {
      this.context.sync.adopt();
      await this.above.follow();
    }
    await Promise.all(this.context.folders.all.map((folder) => this.scan(folder)));
  }

  private async scan({ live }: Folder): Promise<void> {
    await this.status
      .during(() => live.scan())
      .catch((error: unknown) => this.tellFailure(`${live.root} could not be read`, error));
  }

  private async configure(): Promise<void> {
    const { folders } = this.context;
    for (const folder of folders.all) await this.configureFolder(folder);
    await Promise.all(folders.all.map((folder) => this.scan(folder)));
    if (this.diagnostics.pulls) this.diagnostics.refresh();
  }

  private async configureFolder(folder: Folder): Promise<void> {
    const settings = await this.settings.of(this.context.folders.folderUri(folder));
    this.takeScope(folder, settings);
    await folder.live.configure(settings.config);
  }

  /** Few source files are read again one by one; a configuration, an ignore file or a switch of branches asks for all. */
  private async filesChanged(uris: readonly string[]): Promise<void> {
    const paths = uris.map(pathOfUri).filter((path) => path !== undefined);
    if (paths.some((path) => isDeciding(path) && !this.isPassedOver(path))) return this.scanAll();
    const byFolder = new Map<Folder, string[]>();
    let count = 0;
    for (const path of paths) {
      const found = this.context.folders.findPath(path);
      if (!found?.folder.isScanned) continue;
      // What is no source file may have been a folder of them: of a deleted folder an editor tells that alone.
      const files = languageOfPath(path) ? [found.file] : found.folder.live.filesBelow(found.file);
      count += files.length;
      byFolder.set(found.folder, [...(byFolder.get(found.folder) ?? []), ...files]);
    }
    if (count > MANY) return this.scanAll();
    for (const [{ live }, files] of byFolder) await live.filesChanged(files);
  }

  /** Whether nothing at a path is ever looked at: what is installed there comes with configurations by the thousand. */
  private isPassedOver(path: string): boolean {
    const found = this.context.folders.findPath(path);
    return found !== undefined && shortName(found.folder, found.file).split('/').some(isNeverEntered);
  }

  /** Nobody waits for it; that it failed must not end the server. */
  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.tellFailure('something went wrong', error));
  }

  /** A setting that cannot be used must not look as if it held: told where the user sees it, and kept in the output. */
  private tellSetting(problem: string): void {
    const message = this.context.texts.say('wrong-setting', { problem });
    this.connection.console.warn(message);
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }

  private tellFailure(what: string, error: unknown): void {
    this.connection.console.error(`${what}: ${error instanceof Error ? error.stack : error}`);
  }

  private onFindings(uris: ReadonlySet<string>): void {
    this.diagnostics.changed(uris);
    this.status.tell();
    if (this.context.options.isSeamlineClient) this.announce();
  }

  private onAnalysed(uri: string): void {
    if (!this.diagnostics.pulls) this.diagnostics.changed(new Set([uri]));
  }

  private announcing: NodeJS.Timeout | undefined;
  private announce(): void {
    this.announcing ??= setTimeout(() => {
      this.announcing = undefined;
      void this.connection.sendNotification(protocol.FINDINGS_CHANGED);
    }, ANNOUNCE_MS);
  }

  private compilerOf({ live: { root } }: Folder): TypeScriptService {
    let compiler = this.compilers.get(root);
    if (!compiler) {
      compiler = new TypeScriptService({ root });
      this.compilers.set(root, compiler);
    }
    return compiler;
  }

  private async stop(): Promise<void> {
    clearTimeout(this.announcing);
    this.diagnostics.dispose();
    this.status.dispose();
    this.context.folders.dispose();
    await Promise.all([...this.compilers.values()].map((compiler) => compiler.close()));
  }
}

/** More changed files than this are a switch of branches. */
const MANY = 50;
const ANNOUNCE_MS = 300;
