import { NOTES, REFUSALS } from '../core/edit/refusal';
import { NOTES_PL, REFUSALS_PL } from '../core/edit/refusal.pl';
import type { CureMeta } from '../core/rule/cure';
import type { Finding, Message, MessageArgs } from '../core/rule/finding';
import type { CureTranslation, RuleMeta, RuleTranslation } from '../core/rule/rule';
import { type Locale, renderMessage } from './messages';

type Phrase = keyof (typeof PHRASES)['en'];

/** Turns what the engine says in message ids into words of a language; where that has none, into English. */
export class Texts {
  private readonly rules: ReadonlyMap<string, RuleMeta>;
  private readonly cures: ReadonlyMap<string, CureTranslation>;

  constructor(
    readonly locale: Locale,
    rules: readonly RuleMeta[],
  ) {
    this.rules = new Map(rules.map((meta) => [meta.id, meta]));
    this.cures = new Map(rules.flatMap((meta) => Object.entries(this.translation(meta)?.cures ?? {})));
  }

  rule(id: string): RuleMeta | undefined {
    return this.rules.get(id);
  }

  /** The message of a finding, or of one of its related places. */
  finding({ rule }: Pick<Finding, 'rule'>, message: Message): string {
    const meta = this.rules.get(rule);
    return this.render(message, this.translation(meta)?.messages, meta?.messages);
  }

  ruleTitle(id: string): string {
    const meta = this.rules.get(id);
    return this.translation(meta)?.title ?? meta?.title ?? id;
  }

  advice(id: string): RuleMeta['advice'] {
    const meta = this.rules.get(id);
    return this.translation(meta)?.advice ?? meta?.advice;
  }

  /** A phrase of the server or the command line itself. */
  say(phrase: Phrase, args: MessageArgs = {}): string {
    return renderMessage(PHRASES[this.locale][phrase], args, this.locale);
  }

  /** What a cure will do; what it is called where it has no plan yet, or no words for it. */
  cureTitle(cure: CureMeta | undefined, title: Message | undefined): string {
    if (!cure) return this.say('no-cure');
    const translation = this.cures.get(cure.id);
    return title && cure.messages[title.messageId] !== undefined
      ? this.render(title, translation?.messages, cure.messages)
      : (translation?.title ?? cure.title);
  }

  /** Why a cure is not carried out. */
  refusal(cure: CureMeta | undefined, refusal: Message): string {
    const own = cure?.refusals[refusal.messageId] !== undefined;
    return own
      ? this.render(refusal, this.cures.get(cure.id)?.refusals, cure.refusals)
      : this.render(refusal, COMMON[this.locale].refusals, REFUSALS);
  }

  note(cure: CureMeta | undefined, note: Message): string {
    const own = cure?.messages[note.messageId] !== undefined;
    return own
      ? this.render(note, this.cures.get(cure.id)?.messages, cure.messages)
      : this.render(note, COMMON[this.locale].notes, NOTES);
  }

  private translation(meta: RuleMeta | undefined): RuleTranslation | undefined {
    return this.locale === 'en' ? undefined : meta?.translations?.[this.locale];
  }

  private render(
    { messageId, args }: Message,
    translated: Templates | undefined,
    english: Templates | undefined,
  ): string {
    const own = translated?.[messageId];
    if (own !== undefined) return renderMessage(own, args, this.locale);
    const template = english?.[messageId];
    return template === undefined ? messageId : renderMessage(template, args);
  }
}

type Templates = Readonly<Record<string, string>>;

const COMMON = {
  en: { refusals: REFUSALS, notes: NOTES },
  pl: { refusals: REFUSALS_PL, notes: NOTES_PL },
} as const satisfies Record<Locale, unknown>;

/** What belongs to no rule and no cure: ICU templates by language. */
export const PHRASES = {
  en: {
    auditing: 'Auditing the workspace',
    'unknown-rule': 'there is no such rule',
    'read-more': 'Read more',
    'no-cure': 'no cure',
    preview: 'Preview: {title}',
    'with-options': '{title} with options...',
    'ignore-here': 'Ignore {rule} here',
    'ignore-in-file': 'Ignore {rule} in this file',
    'with-reason': '{title} (with reason)...',
    'why-no-fix': 'Why no fix? ({reason})',
    'fix-all': 'Fix all Seamline findings that are safe',
  },
  pl: {
    auditing: 'Audyt obszaru roboczego',
    'unknown-rule': 'nie ma takiej reguły',
    'read-more': 'Czytaj więcej',
    'no-cure': 'brak poprawki',
    preview: 'Podgląd: {title}',
    'with-options': '{title} (z opcjami)...',
    'ignore-here': 'Ignoruj tutaj {rule}',
    'ignore-in-file': 'Ignoruj {rule} w tym pliku',
    'with-reason': '{title} (z podaniem powodu)...',
    'why-no-fix': 'Dlaczego nie ma poprawki? ({reason})',
    'fix-all': 'Zastosuj wszystkie bezpieczne poprawki Seamline',
  },
} as const satisfies Record<Locale, Readonly<Record<string, string>>>;
