import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageArgs } from '../core/rule/finding';

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Renders an ICU message template (`{count, plural, one {# place} other {# places}}`) for English readers.
 * @throws Error when the template lacks an argument: a defect of the rule, never of the input
 */
export function renderMessage(template: string, args: MessageArgs): string {
  let format = compiled.get(template);
  if (!format) {
    format = new IntlMessageFormat(template, 'en', undefined, { ignoreTag: true });
    compiled.set(template, format);
  }
  return String(format.format({ ...args }));
}
