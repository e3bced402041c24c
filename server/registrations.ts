import { basename, dirname, join } from 'node:path';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
  WatchKind,
} from 'vscode-languageserver/node';
import type { ServerContext } from './context';
import { uriOfPath } from './locate';

/** The files that decide what is analysed and how: our configuration, what git ignores, and the settings of linters that we defer to. */
const DECIDING = [
  'seamline.json',
  'pyproject.toml',
  'package.json',
  '.gitignore',
  ...['ruff.toml', '.ruff.toml', 'pylintrc', '.pylintrc', 'pylintrc.toml', '.pylintrc.toml', 'setup.cfg', 'tox.ini'],
  ...['.eslintrc', '.eslintrc.json', '.eslintrc.yaml', '.eslintrc.yml'],
];

/** Whether a change of a file asks for everything to be read anew. */
export const isDeciding = (path: string): boolean => DECIDING.includes(basename(path));

/** Source files, and the files that decide what is analysed and how. */
const WATCHED = ['**/*.{py,pyi,ts,tsx,mts,cts,js,jsx,mjs,cjs}', `**/{${DECIDING.join(',')}}`];

/** Asks a client that can to tell of changed settings and of files that change on disk. */
export async function register({ connection, client }: ServerContext): Promise<void> {
  const { workspace } = client;
  if (workspace?.didChangeConfiguration?.dynamicRegistration)
    await connection.client.register(DidChangeConfigurationNotification.type, { section: 'seamline' });
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [
      ...WATCHED.map((globPattern) => ({ globPattern })),
      { globPattern: '**/*', kind: WatchKind.Delete },
    ];
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

/** Has the folders above the workspace's own watched, up to the root of each: a configuration there holds for what is open, too. */
export class WatchAbove {
  private registration: Disposable | undefined;

  constructor(private readonly context: ServerContext) {}

  /** The folders of the workspace are other ones. */
  async follow(): Promise<void> {
    const { client, connection, folders } = this.context;
    const support = client.workspace?.didChangeWatchedFiles;
    if (!support?.dynamicRegistration || !support.relativePatternSupport) return;
    const above = new Set(
      folders.all.flatMap(({ live, path, prefix, isScanned }) => [
        ...foldersAbove(live.root, prefix),
        // What the workspace holds is watched already.
        ...(isScanned ? [] : [path]),
      ]),
    );
    this.registration?.dispose();
    this.registration = undefined;
    if (above.size === 0) return;
    const watchers: FileSystemWatcher[] = [...above].map((path) => ({
      globPattern: { baseUri: uriOfPath(path), pattern: `{${DECIDING.join(',')}}` },
    }));
    this.registration = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

/** The root and the folders between it and the one at the prefix (`a/b/`), that one left out. */
function foldersAbove(root: string, prefix: string): string[] {
  const above: string[] = [];
  for (let at = dirname(prefix); prefix !== ''; at = dirname(at)) {
    above.push(at === '.' ? root : join(root, at));
    if (at === '.') break;
  }
  return above;
}
