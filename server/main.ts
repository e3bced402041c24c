import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';

// A client starts us with its transport (`--stdio`, `--node-ipc`, `--socket=PORT`); by hand, standard input and output are meant.
if (!process.argv.some((word) => /^--(?:stdio|node-ipc|socket|pipe)/.test(word))) process.argv.push('--stdio');

startServer(createConnection(ProposedFeatures.all));
