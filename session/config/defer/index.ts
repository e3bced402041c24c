import type { Finding } from '../../../core/rule/finding';
import { type Equivalent, equivalentsOf, type Linter } from './equivalents';
import { EslintSettings } from './eslint';
import { LinterFiles, type LinterSettings } from './linter-files';
import { PylintSettings } from './pylint';
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
  const deferred = await new Deferral(root, deferTo, readText).of(findings);
  return deferred.length === 0 ? findings : findings.filter((one) => !deferred.includes(one));
}

/** The settings of other linters as they were when each was first asked for. Parameters as of {@link withoutDeferred}. */
export class Deferral {
  private readonly settings: Record<Linter, LinterSettings>;

  constructor(
    root: string,
    private readonly deferTo: (file: string) => readonly Linter[],
    private readonly readText: (file: string) => Promise<string | undefined>,
  ) {
    const files = new LinterFiles(root);
    this.settings = {
      ruff: new RuffSettings(files),
      pylint: new PylintSettings(files),
      eslint: new EslintSettings(files),
    };
  }

  /** Those of the findings that another linter reports as well. */
  async of(findings: readonly Finding[]): Promise<Finding[]> {
    const deferred: Finding[] = [];
    for (const finding of findings) {
      const equivalents = equivalentsOf(finding, this.deferTo(finding.file));
      if (equivalents.length > 0 && (await this.isReportedElsewhere(finding, equivalents))) deferred.push(finding);
    }
    return deferred;
  }

  private async isReportedElsewhere(finding: Finding, equivalents: readonly Equivalent[]): Promise<boolean> {
    for (const { linter, check, acceptsComment } of equivalents) {
      if (!(await this.settings[linter].isOn(check, finding.file))) continue;
      if (!acceptsComment || !holdsComment(await this.readText(finding.file), finding)) return true;
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
