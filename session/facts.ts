import type { FileFacts } from '../core/facts/collect';
import type { KnownRecord } from './cache';
import type { DiscoveredFile } from './discovery';
import type { FileRecord } from './examine';
import type { SkippedFile } from './types';

/**
 * The facts of the files that have any, in their order: what is folded into an analysis. Each record is let go once it is read.
 * @param records of the same files; emptied on the way
 * @param onSkipped hears of each file that was not examined, or only in part
 */
export function* factsOf(
  files: readonly DiscoveredFile[],
  records: (KnownRecord | undefined)[],
  onSkipped: (file: SkippedFile) => void = () => undefined,
): Generator<readonly [string, FileFacts]> {
  for (const [index, { file }] of files.entries()) {
    const record = JSON.parse(records[index]!.record()) as FileRecord;
    records[index] = undefined;
    if ('skipped' in record) {
      onSkipped({ file, ...record.skipped });
      continue;
    }
    const { facts } = record;
    if (facts.syntaxErrorLine !== undefined) {
      const line = facts.syntaxErrorLine + 1;
      const detail = `line ${line}: not understood; the definitions around syntax errors were left out`;
      onSkipped({ file, reason: 'syntax-error', detail });
    }
    yield [file, facts];
  }
}
