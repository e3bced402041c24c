import { z } from 'zod';
import { FLOOR_LINES } from './facts';

export const options = z.strictObject({
  minLines: z
    .int()
    .min(FLOOR_LINES)
    .default(8)
    .describe(
      'A callback is reported from this many lines on; a shorter one only if it binds a captured name anew and reads it again.',
    ),
});

export type Options = z.infer<typeof options>;
