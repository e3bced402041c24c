import { z } from 'zod';

const lines = (limit: number, what: string) => z.int().min(1).default(limit).describe(what);

export const options = z.strictObject({
  warningLines: lines(800, 'More lines than this are a warning.'),
  informationLines: lines(700, 'More lines than this are an information.'),
  testWarningLines: lines(1500, 'More lines than this are a warning in a test file.'),
  testInformationLines: lines(1200, 'More lines than this are an information in a test file.'),
});

export type Options = z.infer<typeof options>;
