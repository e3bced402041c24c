import { z } from 'zod';

export const options = z.strictObject({
  strictness: z
    .enum(['all', 'likely'])
    .default('likely')
    .describe(
      'Which silent handlers are reported: all of them, or only those for which something speaks: everything is caught in Python, something is at stake (files, network, database, processes, tokens, work that is waited for), an item is lost, the try is large.',
    ),
  tryStatements: z
    .int()
    .min(0)
    .default(10)
    .describe('A try that guards more statements than this is reported one level up, but never above warning.'),
  narrow: z
    .enum(['failures', 'all', 'none'])
    .default('failures')
    .describe(
      'Which handlers for named exceptions are reported: those for failures, as opposed to what code asks for (KeyError, ValueError, FileNotFoundError and their kin), and those of a large try; all of them; or none.',
    ),
  cleanup: z.boolean().default(true).describe('Report (as a hint) handlers around code that only tidies up.'),
});

export type Options = z.infer<typeof options>;
