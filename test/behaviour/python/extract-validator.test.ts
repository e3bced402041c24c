import { testPrograms } from './programs';

/** What comes back, and the type and message of every exception, is the same; an answer that says no counts as a refusal as well. */
await testPrograms(new URL('./extract-validator.md', import.meta.url), {
  isRefusal: (result) => /^raises |^returns (?:False|\(4\d\d)/.test(result),
});
