import { z } from 'zod';

export const options = z.strictObject({
  minPlaces: z.int().min(2).default(2).describe('Places that must validate alike before they are reported.'),
  minAtoms: z
    .int()
    .min(1)
    .default(4)
    .describe('Smallest pattern that counts: characters and members of classes count one each, an explicit count two.'),
  drift: z.boolean().default(true).describe('Report validators of one name whose patterns differ a little.'),
});

export type Options = z.infer<typeof options>;
