import type { AnyRule } from '../core/rule/rule';
import { duplicateValidator } from '../rules/duplicate-validator/index';
import { mixedIo } from '../rules/mixed-io/index';
import { oversizedModule } from '../rules/oversized-module/index';
import { silentException } from '../rules/silent-exception/index';
import { streamingCallback } from '../rules/streaming-callback/index';
import { unusedSuppression } from '../rules/unused-suppression/index';

/** Every rule, in the order in which they are listed. */
export const RULES: readonly AnyRule[] = [
  duplicateValidator,
  mixedIo,
  oversizedModule,
  silentException,
  streamingCallback,
  unusedSuppression,
];
