import { NOTES, REFUSALS } from '../core/edit/refusal';
import { NOTES_PL, REFUSALS_PL } from '../core/edit/refusal.pl';
import type { CureMeta } from '../core/rule/cure';
import type { Finding, Message, MessageArgs } from '../core/rule/finding';
import type { CureTranslation, RuleMeta, RuleTranslation } from '../core/rule/rule';
import { type Locale, renderMessage } from './messages';
import { PHRASES } from './phrases';

export type Phrase = keyof (typeof PHRASES)['en'];

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

  /** The same in English: what programs read is in no other language. */
  get english(): Texts {
    return this.locale === 'en' ? this : new Texts('en', [...this.rules.values()]);
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

  /** A phrase of the reports, the server or the command line itself. */
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

  /** A number as the language writes it: `12,345`. */
  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /**
   * Why a cure is not carried out.
   * @param doubt the note for which a change needs review
   */
  refusal(cure: CureMeta | undefined, refusal: Message, doubt?: Message): string {
    if (doubt) return this.refusal(cure, { ...refusal, args: { note: this.note(cure, doubt) } });
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
