import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileInFolder, Folders } from './folders';

/**
 * Hands the texts of open documents to their folders, one after the other and only the newest: a keystroke that is overtaken by the next
 * one is never analysed.
 */
export class DocumentSync {
  private isReady = false;
  private readonly ready = deferred();
  private readonly pending = new Map<string, TextDocument>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly analysed = new Set<string>();
  /** Documents whose folder is being prepared. */
  private readonly opening = new Map<string, Promise<void>>();
  /** Version of each document that has been analysed. */
  private readonly done = new Map<string, number>();

  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly folders: Folders,
    /** Called when a document has been analysed. */
    private readonly onAnalysed: (uri: string) => void,
    /** Told of what nobody waits for and yet failed. */
    private readonly onError: (error: unknown) => void,
  ) {
    documents.onDidOpen(({ document }) => {
      if (this.isReady) this.open(document);
    });
    documents.onDidChangeContent(({ document }) => this.take(document));
    documents.onDidSave(({ document }) => {
      void this.saved(document.uri).catch(this.onError);
    });
    documents.onDidClose(({ document }) => {
      const found = this.located(document);
      this.pending.delete(document.uri);
      this.done.delete(document.uri);
      folders.closed(document.uri);
      void found?.folder.live.close(found.file).catch(this.onError);
    });
  }

  /** The folders are known now, or other ones: every open document is given to the one that it lies in. */
  adopt(): void {
    for (const document of this.documents.all()) {
      this.open(document);
      this.take(document, true);
    }
    this.isReady = true;
    this.ready.resolve();
  }

  /** Resolves when the folders of the workspace are known. */
  get whenReady(): Promise<void> {
    return this.ready.promise;
  }

  /** Resolves when the newest text of a document has been analysed. */
  async settled(uri: string): Promise<void> {
    await this.ready.promise;
    while (this.running.has(uri)) await this.running.get(uri);
  }

  /** Whether a document is being analysed just now: what is found in it is told when that is done. */
  isAnalysing(uri: string): boolean {
    return this.analysed.has(uri);
  }

  /** The version of a document that its findings belong to. */
  versionOf(uri: string): number | undefined {
    return this.done.get(uri);
  }

  /** What was typed right before a save belongs to it. */
  private async saved(uri: string): Promise<void> {
    await this.settled(uri);
    const found = this.folders.find(uri);
    await found?.folder.live.saved(found.file);
  }

  private located(document: TextDocument): FileInFolder | undefined {
    return this.folders.find(document.uri);
  }

  private open({ uri, languageId }: TextDocument): void {
    const opening = this.folders.opened(uri, languageId).finally(() => {
      if (this.opening.get(uri) === opening) this.opening.delete(uri);
    });
    this.opening.set(uri, opening);
  }

  private take(document: TextDocument, isReady = this.isReady): void {
    const { uri } = document;
    if (!isReady || !(this.opening.has(uri) || this.located(document))) return;
    this.pending.set(uri, document);
    if (!this.running.has(uri))
      this.running.set(
        uri,
        this.run(uri)
          .catch(this.onError)
          .finally(() => this.running.delete(uri)),
      );
  }

  private async run(uri: string): Promise<void> {
    // What came in one go is analysed once.
    await new Promise(setImmediate);
    await this.opening.get(uri);
    for (let next = this.pending.get(uri); next; next = this.pending.get(uri)) {
      this.pending.delete(uri);
      const found = this.located(next);
      const current = this.documents.get(uri);
      if (!found || !current) return;
      this.analysed.add(uri);
      await found.folder.live.setText(found.file, current.getText()).finally(() => this.analysed.delete(uri));
      // Closed while it was analysed.
      if (!this.documents.get(uri)) return found.folder.live.close(found.file);
      this.done.set(uri, current.version);
      this.onAnalysed(uri);
    }
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
