import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { ModuleRow } from '../core/facts/audited';
import type { Finding } from '../core/rule/finding';
import { cachePath } from './cache';
import { replaceFile } from './replace-file';
import type { SkippedFile } from './types';
import { BUILD_ID, VERSION } from './versions';

/** What the rules made of a set of files. */
export interface Verdict {
  readonly modules: ModuleRow[];
  readonly findings: readonly Finding[];
  readonly skipped: SkippedFile[];
}

/**
 * The verdict of the last audit of a root, beside its facts. It holds only while everything that decides it is the same: the contents of
 * all files, the configuration, the choice of rules, and Seamline itself. So nothing is judged twice in a workspace where nothing changed.
 */
export class ResultCache {
  private constructor(
    private readonly path: string,
    private readonly key: string,
  ) {}

  /**
   * @param material everything, as JSON, that decides the verdict besides Seamline itself
   * @param root the root of the audit
   */
  static of(root: string, material: unknown): ResultCache {
    const key = createHash('sha256')
      .update(JSON.stringify([VERSION, BUILD_ID, material]))
      .digest('hex');
    return new ResultCache(cachePath(root).replace(/facts$/, 'result'), key);
  }

  /** The verdict, if it was reached about the very same material. Damage counts as absence. */
  async load(): Promise<Verdict | undefined> {
    try {
      const text = await readFile(this.path, 'utf8');
      const [key, checksum, body] = split(text);
      return key === this.key && checksum === checksumOf(body) ? (JSON.parse(body) as Verdict) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a verdict. A failure only means that the next audit is slower. */
  async save(verdict: Verdict): Promise<void> {
    const body = JSON.stringify(verdict);
    const text = `${this.key}\n${checksumOf(body)}\n${body}`;
    await replaceFile(this.path, (temporary) => writeFile(temporary, text, { mode: 0o600 })).catch(() => undefined);
  }
}

function split(text: string): [key: string, checksum: string, body: string] {
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function checksumOf(body: string): string {
  return createHash('sha1').update(body).digest('hex');
}
