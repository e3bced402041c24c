import { z } from 'zod';

export const options = z.strictObject({
  limit: z.int().min(1).default(5).describe('More parameters than this are reported.'),
});

export type Options = z.infer<typeof options>;
