import { testPrograms } from './programs';

/**
 * What comes back, every call in its order, each reading of a clock among them, and the type and message of every exception are the same.
 */
await testPrograms(new URL('./extract-streaming-handler.md', import.meta.url), {
  // The cure is offered for whatever the rule may report.
  files: { 'seamline.json': JSON.stringify({ rules: { 'streaming-callback': { strictness: 'all' } } }) },
});
