import { z } from 'zod';
import type { RuleMeta } from '../core/rule/rule';
import { RULES } from './registry';

/** A rule as `seamline rules` lists it. */
export interface RuleListing {
  readonly meta: RuleMeta;
  /** JSON schema of the rule's options, with defaults and descriptions. */
  readonly optionsSchema: JsonSchema;
  /** Every option with its default. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** All rules in the order of the catalogue. */
export function rulesWithMetadata(): RuleListing[] {
  return RULES.map((rule) => ({
    meta: rule.meta,
    optionsSchema: z.toJSONSchema(rule.options, { io: 'input' }) as JsonSchema,
    defaults: rule.options.parse({}) as Record<string, unknown>,
  }));
}
