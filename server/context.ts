import type { ClientCapabilities, Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { InitializationOptions } from '../protocol/index';
import type { Texts } from '../report/texts';
import type { TypeScriptService } from '../session/index';
import type { DocumentSync } from './documents';
import type { Folder, Folders } from './folders';
import type { PlainTexts } from './plain-texts';

/** What every request needs; made once, when the client has introduced itself. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
  readonly sync: DocumentSync;
  readonly client: ClientCapabilities;
  readonly options: InitializationOptions;
  readonly texts: PlainTexts;
  /** The same as Markdown. */
  readonly markdown: Texts;
  /** The folder's compiler process, started on first use. */
  typescriptOf(folder: Folder): TypeScriptService;
}
