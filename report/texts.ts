import { NOTES, REFUSALS } from '../core/edit/refusal';
import type { CureMeta } from '../core/rule/cure';
import type { Finding, Message, MessageArgs } from '../core/rule/finding';
import type { RuleMeta } from '../core/rule/rule';
import { type Locale, renderMessage } from './messages';

/** What belongs to no rule and no cure. */
const PHRASES = {
  auditing: 'Auditing the workspace',
  'unknown-rule': 'there is no such rule',
  'read-more': 'Read more',
} as const;

/** Turns what the engine says in message ids into words. */
export class Texts {
  private readonly rules: ReadonlyMap<string, RuleMeta>;

  constructor(
    readonly locale: Locale,
    rules: readonly RuleMeta[],
  ) {
    this.rules = new Map(rules.map((meta) => [meta.id, meta]));
  }

  rule(id: string): RuleMeta | undefined {
    return this.rules.get(id);
  }

  /** The message of a finding, or of one of its related places. */
  finding({ rule }: Pick<Finding, 'rule'>, message: Message): string {
    return this.render(this.rules.get(rule)?.messages[message.messageId], message);
  }

  ruleTitle(id: string): string {
    return this.rules.get(id)?.title ?? id;
  }

  advice(id: string): RuleMeta['advice'] {
    return this.rules.get(id)?.advice;
  }

  /** A phrase of the server or the command line itself. */
  say(phrase: keyof typeof PHRASES, args: MessageArgs = {}): string {
    return renderMessage(PHRASES[phrase], args, this.locale);
  }

  /** What a cure will do; what it is called where it has no plan yet. */
  cureTitle(cure: CureMeta | undefined, title: Message | undefined): string {
    return title ? this.render(cure?.messages[title.messageId] ?? cure?.title, title) : (cure?.title ?? 'no cure');
  }

  /** Why a cure is not carried out. */
  refusal(cure: CureMeta | undefined, refusal: Message): string {
    return this.render(cure?.refusals[refusal.messageId] ?? REFUSALS[refusal.messageId], refusal);
  }

  note(cure: CureMeta | undefined, note: Message): string {
    return this.render(cure?.messages[note.messageId] ?? NOTES[note.messageId], note);
  }

  private render(template: string | undefined, { messageId, args }: Message): string {
    return template === undefined ? messageId : renderMessage(template, args, this.locale);
  }
}
