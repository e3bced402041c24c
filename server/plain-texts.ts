import type { CureMeta } from '../core/rule/cure';
import type { Finding, Message } from '../core/rule/finding';
import { Texts } from '../report/texts';

/** Texts for where a client renders no Markdown: messages, titles, reasons. What a rule advises stays Markdown, for hover texts. */
export class PlainTexts extends Texts {
  override finding(finding: Pick<Finding, 'rule'>, message: Message): string {
    return this.plain(super.finding(finding, message));
  }

  override cureTitle(cure: CureMeta | undefined, title: Message | undefined): string {
    return this.plain(super.cureTitle(cure, title));
  }

  override refusal(cure: CureMeta | undefined, refusal: Message, doubt?: Message): string {
    return this.plain(super.refusal(cure, refusal, doubt));
  }

  override note(cure: CureMeta | undefined, note: Message): string {
    return this.plain(super.note(cure, note));
  }

  /** Code in quotation marks instead of backticks. */
  plain(markdown: string): string {
    return markdown.replace(/`([^`]*)`/g, this.locale === 'pl' ? '„$1”' : '"$1"');
  }
}
