import { z } from 'zod';
import { FLOOR_LINES } from './facts';

export const options = z.strictObject({
  classLines: z.int().min(FLOOR_LINES).default(100).describe('A class is judged when it has more lines than this.'),
  functionLines: z
    .int()
    .min(FLOOR_LINES)
    .default(100)
    .describe('A function or method is judged when it has more lines than this.'),
  methods: z.int().min(0).default(2).describe('A class is judged when it has at least this many methods.'),
  strictness: z
    .enum(['all', 'likely'])
    .default('likely')
    .describe(
      'Which mixtures are reported: all of them, or only those whose calls are several and stand among other code.',
    ),
  kinds: z.int().min(2).max(5).default(2).describe('At least this many kinds of I/O make a finding.'),
});

export type MixedIoOptions = z.infer<typeof options>;
