import { testPrograms } from './programs';

/**
 * Requests, processes and files are real or replaced by the driver: what comes back, every call in its order, and the type and message of
 * every exception are the same.
 */
await testPrograms(new URL('./extract-adapter.md', import.meta.url), {
  // Classes of fixtures are as short as can be.
  files: {
    'seamline.json': JSON.stringify({
      rules: { 'mixed-io': { strictness: 'all', classLines: 20, functionLines: 20, methods: 1 } },
    }),
  },
});
