import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type Registration,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

export interface ClientOptions {
  /** Merged over what a full client says. */
  readonly capabilities?: InitializeParams['capabilities'];
  readonly initializationOptions?: object;
  readonly locale?: string;
  /** What `workspace/configuration` answers, by folder name; '' for all. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly cache?: string;
  /** Folders below the root; by default the root itself. */
  readonly folders?: readonly string[];
}

export const FULL: InitializeParams['capabilities'] = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: {},
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      dataSupport: true,
      disabledSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit', 'command'] },
    },
  },
};

/** An editor as far as the server can tell: the real server process over standard input and output. */
export class LspClient {
  readonly pushed = new Map<string, Diagnostic[]>();
  /** What the server has registered, in order. */
  readonly registered: Registration[] = [];
  refreshes = 0;
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly root: string,
    readonly connection: ProtocolConnection,
    readonly process: ChildProcess,
    readonly initialized: InitializeResult,
  ) {}

  /** Starts a server for a folder that is there. */
  static async connect(script: string, root: string, options: ClientOptions = {}): Promise<LspClient> {
    const server = spawn(process.execPath, [script, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, SEAMLINE_CACHE_DIR: options.cache ?? join(root, '.test-cache') },
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const folders = (options.folders ?? ['']).map((name) => ({
      uri: pathToFileURL(join(root, name)).toString(),
      name,
    }));
    const settings = options.settings ?? {};
    let client: LspClient | undefined;
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(
        ({ scopeUri }) => settings[folders.find(({ uri }) => uri === scopeUri)?.name ?? ''] ?? settings[''] ?? null,
      ),
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      if (client) client.refreshes++;
      return null;
    });
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: Registration[] }) => {
      client?.registered.push(...registrations);
    });
    connection.onRequest('seamline/settingOrigins', () => ({
      profile: 'workspace',
      'rules.oversized-module.warningLines': 'folder',
    }));
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      client?.pushed.set(uri, diagnostics);
    });
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
    const initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? FULL,
      workspaceFolders: folders,
      ...(options.locale ? { locale: options.locale } : {}),
      ...(options.initializationOptions ? { initializationOptions: options.initializationOptions } : {}),
    });
    client = new LspClient(root, connection, server, initialized);
    await connection.sendNotification('initialized', {});
    return client;
  }

  uri(file: string): string {
    return pathToFileURL(join(this.root, file)).toString();
  }

  async open(file: string, text: string, languageId = file.endsWith('.py') ? 'python' : 'typescript'): Promise<void> {
    const uri = file.includes(':') ? file : this.uri(file);
    this.versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces the whole text, or the given range of it. */
  async change(file: string, text: string, range?: object): Promise<void> {
    const uri = file.includes(':') ? file : this.uri(file);
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [range ? { range, text } : { text }],
    });
  }

  async save(file: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri: this.uri(file) } });
  }

  async close(file: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(file) } });
  }

  /** Writes a file to disk and tells the server, as a watcher would. */
  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, file)), { recursive: true });
    await writeFile(join(this.root, file), text);
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(file), type: 2 }],
    });
  }

  /** Deletes files from disk and tells the server, as a watcher would. */
  async remove(...files: readonly string[]): Promise<void> {
    for (const file of files) await rm(join(this.root, file));
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: files.map((file) => ({ uri: this.uri(file), type: 3 })),
    });
  }

  async pull(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const uri = file.includes(':') ? file : this.uri(file);
    return this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  /** `rule line` of each diagnostic of a file. */
  async findings(file: string): Promise<string[]> {
    const report = await this.pull(file);
    return report.kind === 'full' ? report.items.map(({ code, range }) => `${code} ${range.start.line + 1}`) : [];
  }

  async actions(file: string, line: number, only?: readonly string[], character = 4): Promise<CodeAction[]> {
    const place = { line: line - 1, character };
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(file) },
      range: { start: place, end: place },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  /** Asks again until the answer is as expected, or time is up: then the last answer is returned for the assertion to show. */
  async eventually<T>(ask: () => T | Promise<T>, isExpected: (answer: T) => boolean, timeoutMs = 10_000): Promise<T> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const answer = await ask();
      if (isExpected(answer) || Date.now() > until) return answer;
      await new Promise((done) => setTimeout(done, 25));
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.once('exit', done));
    await Promise.race([this.connection.sendRequest('shutdown'), ended]).catch(() => undefined);
    await this.connection.sendNotification('exit').catch(() => undefined);
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 3_000);
    if (this.process.exitCode === null) await ended;
    clearTimeout(timer);
    this.connection.dispose();
  }
}
