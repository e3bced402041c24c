import { z } from 'zod';

export const options = z.strictObject({
  strictness: z
    .enum(['likely', 'all'])
    .default('likely')
    .describe(
      'Which silent handlers are reported: those around code where something is at stake (files, network, database, processes, tokens, work that is waited for), or all of them.',
    ),
  tryStatements: z
    .int()
    .min(0)
    .default(10)
    .describe('A try that guards more statements than this is reported one level up, but never above warning.'),
  narrow: z
    .enum(['outages', 'all', 'none'])
    .default('outages')
    .describe(
      'Which handlers for named exceptions are reported: those for failures of network, database or processes and those of a large try, all of them, or none.',
    ),
  cleanup: z.boolean().default(true).describe('Report (as a hint) handlers around code that only tidies up.'),
});

export type Options = z.infer<typeof options>;
