import type { FactCollector } from '../../core/facts/parsed-file';
import { isRefusedInPython } from './cures/extract-streaming-handler/offered';
import { refusedInTypeScript } from './cures/extract-streaming-handler/typescript/offered';
import type { CallbackFact } from './facts';
import { startPython } from './python';
import { startTypeScript, TYPESCRIPT_KINDS } from './typescript';

/** The nested functions of a file that outlive the call that made them and change its variables. */
export const collect: FactCollector<readonly CallbackFact[]> = {
  id: 'streaming-callback',
  version: 15,
  families: ['python', 'typescript'],
  // In Python callbacks with state are found in the text and only then looked up in the tree.
  kinds: (family) => (family === 'python' ? [] : TYPESCRIPT_KINDS),
  start: (file) =>
    file.family === 'python' ? startPython(file, isRefusedInPython) : startTypeScript(file, refusedInTypeScript()),
};
