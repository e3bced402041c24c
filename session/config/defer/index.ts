import type { Finding } from '../../../core/rule/finding';
import { type Equivalent, equivalentsOf, type Linter } from './equivalents';
import { EslintSettings } from './eslint';
import { LinterFiles, type LinterSettings } from './linter-files';
import { RuffSettings } from './ruff';

/**
 * Leaves out the findings that another linter reports as well, where the configuration defers to it (`deferTo`) and its nearest declared
 * settings switch the equal check on. Reads settings only for files with such findings, and never runs any.
 * @param deferTo the linters that win for a file (relative to the root)
 * @param readText decoded text of a file; undefined where it can no longer be read
 */
export async function withoutDeferred(
  root: string,
  findings: readonly Finding[],
  deferTo: (file: string) => readonly Linter[],
  readText: (file: string) => Promise<string | undefined>,
): Promise<readonly Finding[]> {
  const candidates = new Map(findings.map((finding) => [finding, equivalentsOf(finding, deferTo(finding.file))]));
  if ([...candidates.values()].every((list) => list.length === 0)) return findings;
  const files = new LinterFiles(root);
  const settings: Record<Linter, LinterSettings> = { ruff: new RuffSettings(files), eslint: new EslintSettings(files) };
  const kept: Finding[] = [];
  for (const [finding, equivalents] of candidates)
    if (!(await isReportedElsewhere(finding, equivalents))) kept.push(finding);
  return kept;

  async function isReportedElsewhere(finding: Finding, equivalents: readonly Equivalent[]): Promise<boolean> {
    for (const { linter, check, acceptsComment } of equivalents) {
      if (!(await settings[linter].isOn(check, finding.file))) continue;
      if (!acceptsComment || !holdsComment(await readText(finding.file), finding)) return true;
    }
    return false;
  }
}

/** Whether a comment may stand in the lines of a construct; a text that is gone may have held one. */
function holdsComment(text: string | undefined, { range, extentEndLine }: Finding): boolean {
  if (text === undefined) return true;
  const lines = text.split(/\r\n|[\n\r]/).slice(range.start.line, (extentEndLine ?? range.end.line) + 1);
  return lines.some((line) => /\/[/*]/.test(line));
}
