import { z } from 'zod';
import { FLOOR_LINES } from './facts';

export const options = z.strictObject({
  strictness: z
    .enum(['all', 'likely'])
    .default('likely')
    .describe(
      'Which callbacks are reported: all that the limit lets through, or only those whose state is shared, several variables, or much code.',
    ),
  minLines: z
    .int()
    .min(FLOOR_LINES)
    .default(8)
    .describe(
      'A callback is reported from this many lines on; a shorter one only if it binds a captured name anew and reads it again.',
    ),
});

export type Options = z.infer<typeof options>;
