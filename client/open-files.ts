import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { DefaultDiagnosticCollectionProvider, DiagnosticCollectionSource } from 'vscode-languageclient/node';

/**
 * Takes the diagnostics of a file away with its last tab, where only open files are shown. An editor keeps a document for minutes after
 * its tab is gone, and the library leaves what it shows of it to the server, which still takes it for open.
 */
export class OpenFiles extends DefaultDiagnosticCollectionProvider {
  private readonly collections = new Set<vscode.DiagnosticCollection>();

  override create(name: string | undefined, source: DiagnosticCollectionSource): vscode.DiagnosticCollection {
    const collection = super.create(name, source);
    // What is pushed is about configuration files, open or not.
    if (source === DiagnosticCollectionSource.pull) this.collections.add(collection);
    return collection;
  }

  override dispose(collection: vscode.DiagnosticCollection, source: DiagnosticCollectionSource): void {
    this.collections.delete(collection);
    super.dispose(collection, source);
  }

  /** Starts to follow the tabs. */
  follow({ visibleDocuments }: LanguageClient): vscode.Disposable {
    return visibleDocuments.onClose((closed) => {
      for (const uri of closed) if (!isWorkspaceScope(uri)) this.forget(uri);
    });
  }

  private forget(uri: vscode.Uri): void {
    for (const collection of this.collections) collection.delete(uri);
  }
}

function isWorkspaceScope(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration('seamline', uri).get('diagnostics.scope') === 'workspace';
}
