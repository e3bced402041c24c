import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageArgs } from '../core/rule/finding';

/** The languages that Seamline speaks. */
export type Locale = 'en' | 'pl';

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Renders an ICU message template (`{count, plural, one {# place} other {# places}}`) for the readers of a language, by its own plural rules.
 * @throws Error when the template lacks an argument: a defect of the rule, never of the input
 */
export function renderMessage(template: string, args: MessageArgs, locale: Locale = 'en'): string {
  const key = `${locale} ${template}`;
  let format = compiled.get(key);
  if (!format) {
    format = new IntlMessageFormat(template, locale, undefined, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format({ ...args }));
}
