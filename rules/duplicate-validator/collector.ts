import type { FactCollector } from '../../core/facts/parsed-file';
import type { ValidationFact } from './facts';
import { startPython } from './python';
import { startTypeScript } from './typescript';

/** The validations of a file, each in a normal form by which its equals are found. */
export const collect: FactCollector<readonly ValidationFact[]> = {
  id: 'duplicate-validator',
  version: 8,
  families: ['python', 'typescript'],
  // Candidates are rare: they are found in the text, each kind by a gate of its own, and only then looked up in the tree.
  kinds: () => [],
  start: (file) => (file.family === 'python' ? startPython(file) : startTypeScript(file)),
};
