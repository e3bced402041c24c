import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InitializationOptions } from '../protocol/index';
import { uriOfPath } from './locate';

/** The rules' pages lie in the package, beside the folder of the bundles. */
const PAGES = join(__dirname, '..', 'rules');
const bundled = new Map<string, string | undefined>();

/** The address of a rule's page: our extension opens its bundled copy itself, others get that as a file. Undefined where there is none. */
export function rulePage({ docsBaseUrl }: InitializationOptions, rule: string): string | undefined {
  if (docsBaseUrl !== undefined) return `${docsBaseUrl}${rule}`;
  if (!bundled.has(rule)) {
    const page = join(PAGES, rule, 'README.md');
    bundled.set(rule, existsSync(page) ? uriOfPath(page) : undefined);
  }
  return bundled.get(rule);
}
