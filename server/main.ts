import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { VERSION } from '../session/index';
import { startServer } from './server';

const USAGE = `seamline-server ${VERSION}: the language server of Seamline, started by an editor.

  seamline-server --stdio      speaks the Language Server Protocol on standard input and output
  seamline-server --version

Settings for editors: docs/editors.md.
`;

const words = process.argv.slice(2);
// A client names its transport (`--stdio`, `--node-ipc`, `--socket=PORT`, `--pipe=NAME`); without one, standard input and output are meant.
if (words.includes('--version')) process.stdout.write(`${VERSION}\n`);
else if (words.includes('--help') || words.includes('-h')) process.stdout.write(USAGE);
else if (process.stdin.isTTY && words.length === 0) {
  // By hand, at a terminal, where nobody speaks the protocol.
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  if (!words.some((word) => /^--(?:stdio|node-ipc|socket|pipe)/.test(word))) process.argv.push('--stdio');
  startServer(createConnection(ProposedFeatures.all));
}
