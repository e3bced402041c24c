import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver/node';
import type { ServerContext } from './context';

/** Source files, and the files that decide what is analysed and how. */
const WATCHED = [
  '**/*.{py,pyi,ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/{seamline.json,pyproject.toml,package.json,.gitignore,ruff.toml,.ruff.toml,.eslintrc,.eslintrc.json}',
];

/** Asks a client that can to tell of changed settings and of files that change on disk. */
export async function register({ connection, client }: ServerContext): Promise<void> {
  const { workspace } = client;
  if (workspace?.didChangeConfiguration?.dynamicRegistration)
    await connection.client.register(DidChangeConfigurationNotification.type, { section: 'seamline' });
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
