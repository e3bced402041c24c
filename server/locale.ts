import type { Locale } from '../report/messages';

/** The language for a client's locale (`pl`, `pl-PL`, `en-GB`...): English where we do not speak it. */
export function localeOf(locale: string | undefined): Locale {
  return /^pl\b/i.test(locale ?? '') ? 'pl' : 'en';
}
