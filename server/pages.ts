import type { InitializationOptions } from '../protocol/index';

/** Where pages of rules are found by clients that are not our extension. */
const DOCS = 'https://seamline.dev/rules/';

/** The page of a rule: our extension opens its bundled copy through a `vscode:` address. */
export function rulePage({ docsBaseUrl }: InitializationOptions, rule: string): string {
  return `${docsBaseUrl ?? DOCS}${rule}`;
}
