import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import type { AuditParams, AuditResult } from '../protocol/index';
import { renderMarkdown } from '../report/markdown';
import { audit, VERSION } from '../session/index';
import { cancelled } from './cancelled';
import type { ServerContext } from './context';

/** Answers `seamline/audit`: audits every workspace folder as it is on disk, one after the other, and writes the report. */
export async function auditRequest(
  context: ServerContext,
  { profile }: AuditParams,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
): Promise<AuditResult> {
  await context.sync.whenReady;
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  const folders = context.folders.all.filter(({ isScanned }) => isScanned);
  progress.begin(context.texts.say('auditing'), 0, undefined, true);
  try {
    const reports: string[] = [];
    let findings = 0;
    for (const [index, { path, live }] of folders.entries()) {
      const result = await audit({
        paths: [path],
        cwd: path,
        base: live.base,
        engine: 'wasm',
        useCache: true,
        signal: controller.signal,
        ...(profile ? { profile } : {}),
        onProgress: (done, total) =>
          progress.report(Math.round(((index + done / Math.max(1, total)) / folders.length) * 100), `${done}/${total}`),
      });
      findings += result.findings.length;
      reports.push(
        renderMarkdown({
          tool: { name: 'seamline', version: VERSION },
          root: result.root,
          scope: result.scope,
          modules: result.modules,
          findings: result.findings,
          skipped: result.skipped,
          texts: context.markdown,
        }),
      );
    }
    return { report: reports.join('\n\n'), findings };
  } catch (error) {
    throw controller.signal.aborted ? cancelled() : error;
  } finally {
    listener.dispose();
    progress.done();
  }
}
