import { importCollector } from '../core/facts/imports';
import { metricsCollector } from '../core/facts/metrics';
import type { FactCollector } from '../core/facts/parsed-file';
import { patchedNamesCollector } from '../core/facts/patched-names';
import { suppressionCollector } from '../core/facts/suppressions';
import type { Json } from '../core/rule/finding';
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

/** Facts that belong to no single rule. */
const BASE_COLLECTORS = [
  suppressionCollector,
  importCollector,
  metricsCollector,
  patchedNamesCollector,
] as unknown as readonly FactCollector<Json>[];

/** All collectors, each once: an audit always computes all facts, so that the cache serves every choice of rules. */
export const COLLECTORS: readonly FactCollector<Json>[] = [
  ...new Map([...BASE_COLLECTORS, ...RULES.map((rule) => rule.collect)].map((one) => [one.id, one])).values(),
];
