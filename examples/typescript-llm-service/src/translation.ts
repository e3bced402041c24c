import { complete, type Kernel } from './llm/kernel';

export const LANGUAGES: Readonly<Record<string, string>> = {
  de: 'German',
  en: 'English',
  es: 'Spanish',
  fr: 'French',
  pl: 'Polish',
};

const MAX_CACHED = 256;

/** Translates short texts; recent ones are kept, since the dashboard asks for the same labels again. */
export class Translator {
  private readonly cache = new Map<string, string>();

  constructor(private readonly kernel: Kernel) {}

  async translate(text: string, target: string): Promise<string> {
    const key = `${target}\n${text}`;
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const prompt = [
      `Translate the text between the markers into ${LANGUAGES[target]}.`,
      'Answer with the translation alone.',
      `<<<\n${text}\n>>>`,
    ].join('\n');
    const answer = await complete(this.kernel, prompt, { temperature: 0 });
    const translated = answer.replace(/^\s*(<<<)?\s*|\s*(>>>)?\s*$/g, '');
    if (this.cache.size >= MAX_CACHED) {
      for (const oldest of this.cache.keys()) {
        this.cache.delete(oldest);
        break;
      }
    }
    this.cache.set(key, translated);
    return translated;
  }
}
