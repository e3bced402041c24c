import type { FindingItem } from '../protocol/index';
import type { ServerContext } from './context';
import { shortName } from './folders';

/** Answers `seamline/findings`: every finding of every folder, each once. */
export async function findingsRequest(context: ServerContext): Promise<FindingItem[]> {
  const { folders, sync, texts } = context;
  await sync.whenReady;
  return folders.all.flatMap((folder) =>
    folder.live.findings().map((finding) => {
      const uri = folders.uriOf({ folder, file: finding.file });
      const cures = texts.rule(finding.rule)?.cures ?? [];
      return {
        uri,
        file: shortName(folder, finding.file),
        rule: finding.rule,
        ruleTitle: texts.ruleTitle(finding.rule),
        fingerprint: finding.fingerprint,
        line: finding.range.start.line,
        message: texts.finding(finding, finding),
        ...(finding.symbol === undefined ? {} : { symbol: finding.symbol }),
        severity: finding.severity,
        range: finding.range,
        related: finding.related.map((place) => ({
          uri: folders.uriOf({ folder, file: place.file }),
          range: place.range,
          message: texts.finding(finding, place),
        })),
        cures: finding.cures.map(({ id }) => ({
          id,
          title: texts.cureTitle(
            cures.find((cure) => cure.id === id),
            undefined,
          ),
        })),
      };
    }),
  );
}
