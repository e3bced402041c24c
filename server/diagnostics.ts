import { createHash } from 'node:crypto';
import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  MarkupKind,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Finding, Place } from '../core/rule/finding';
import type { DiagnosticData } from '../protocol/index';
import { messageText } from '../report/markdown';
import { cancelled } from './cancelled';
import type { ServerContext } from './context';
import type { FileInFolder, Folder } from './folders';
import { rulePage } from './pages';

const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Time in which changes of other files are gathered into one refresh. */
const REFRESH_MS = 150;

/** What was last told about one file. */
interface Told {
  readonly id: string;
  readonly items: Diagnostic[];
}

/**
 * Diagnostics by pull, and by push for clients that do not pull. What is known of a file is kept until its findings change, so that an
 * unchanged file is answered without any work.
 */
export class Diagnostics {
  private readonly told = new Map<string, Told>();
  private readonly configuration = new Map<string, { readonly uri: string; readonly diagnostic: Diagnostic }>();
  /** What was last pushed of each file: of what findings, and of what version. */
  private readonly pushed = new Map<string, string>();
  private refreshTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: ServerContext,
    private readonly isWorkspaceScope: (folder: Folder) => boolean,
  ) {}

  get pulls(): boolean {
    return this.context.client.textDocument?.diagnostic !== undefined;
  }

  /** Answers `textDocument/diagnostic`. */
  async document(
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const { folders, sync } = this.context;
    await sync.settled(uri);
    const found = folders.find(uri);
    if (token.isCancellationRequested) throw cancelled();
    const told = found && this.isShown(uri) ? this.report(uri, found) : { id: 'none', items: [] };
    if (told.id === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: told.id };
    return { kind: DocumentDiagnosticReportKind.Full, resultId: told.id, items: told.items };
  }

  /** Answers `workspace/diagnostic`: every file with findings, and those that had some when the client last asked. */
  async workspace(
    previous: ReadonlyMap<string, string>,
    token: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const { folders, documents, sync } = this.context;
    await sync.whenReady;
    if (token.isCancellationRequested) throw cancelled();
    const uris = new Set(previous.keys());
    for (const folder of folders.all.filter(this.isWorkspaceScope))
      for (const file of folder.live.filesWithFindings()) uris.add(folders.uriOf({ folder, file }));
    for (const { uri } of this.configuration.values()) uris.add(uri);
    for (const uri of uris) {
      const found = folders.find(uri);
      const told = found && this.isShown(uri) ? this.report(uri, found) : this.ofConfiguration(uri);
      const version = documents.get(uri)?.version ?? null;
      if (told.id === previous.get(uri)) items.push({ kind: 'unchanged', uri, version, resultId: told.id });
      else items.push({ kind: 'full', uri, version, resultId: told.id, items: told.items });
    }
    return items;
  }

  /** The findings of these files are other ones. For those that are being analysed the client asks by itself, or is told right after. */
  changed(uris: ReadonlySet<string>): void {
    for (const uri of uris) this.told.delete(uri);
    const others = [...uris].filter((uri) => !this.context.sync.isAnalysing(uri));
    if (!this.pulls) for (const uri of others) this.push(uri);
    else if (others.some((uri) => this.isShown(uri))) this.refresh();
  }

  /** A configuration file is wrong, or right again. */
  configurationChanged(
    folder: string,
    problem: { readonly uri: string; readonly diagnostic: Diagnostic } | undefined,
  ): void {
    const before = this.configuration.get(folder);
    if (problem) this.configuration.set(folder, problem);
    else this.configuration.delete(folder);
    // Configuration files are no documents of ours, so nobody pulls for them: they are always pushed.
    if (before && before.uri !== problem?.uri)
      void this.context.connection.sendDiagnostics({ uri: before.uri, diagnostics: [] });
    if (problem) void this.context.connection.sendDiagnostics({ uri: problem.uri, diagnostics: [problem.diagnostic] });
  }

  /** A document was closed: its diagnostics go with it, unless the whole workspace is shown. */
  closed(uri: string): void {
    this.told.delete(uri);
    if (!this.pulls) this.push(uri);
  }

  /** Asks the client to pull again, once for all changes of a moment. */
  refresh(): void {
    if (!this.context.client.workspace?.diagnostics?.refreshSupport || this.refreshTimer) return;
    this.refreshTimer = setTimeout(() => {
      this.refreshTimer = undefined;
      void Promise.resolve(this.context.connection.languages.diagnostics.refresh()).catch(() => undefined);
    }, REFRESH_MS);
  }

  dispose(): void {
    clearTimeout(this.refreshTimer);
  }

  /** Tells what is found in a file, unless that is what the client was told last; of what was never shown it is told nothing. */
  private push(uri: string): void {
    const { connection, folders, sync } = this.context;
    const found = folders.find(uri);
    const { id, items } = found && this.isShown(uri) ? this.report(uri, found) : { id: 'none', items: [] };
    const version = sync.versionOf(uri);
    const key = `${id} ${version ?? ''}`;
    if ((this.pushed.get(uri) ?? 'none ') === key) return;
    if (key === 'none ') this.pushed.delete(uri);
    else this.pushed.set(uri, key);
    void connection.sendDiagnostics({ uri, diagnostics: items, ...(version === undefined ? {} : { version }) });
  }

  private isShown(uri: string): boolean {
    if (this.context.documents.get(uri) !== undefined) return true;
    const found = this.context.folders.find(uri);
    return found !== undefined && this.isWorkspaceScope(found.folder);
  }

  private ofConfiguration(uri: string): Told {
    const problem = [...this.configuration.values()].find((one) => one.uri === uri);
    return problem ? { id: idOf([problem.diagnostic]), items: [problem.diagnostic] } : { id: 'none', items: [] };
  }

  private report(uri: string, found: FileInFolder): Told {
    const known = this.told.get(uri);
    if (known) return known;
    const { live } = found.folder;
    const items = live.findingsIn(found.file).flatMap((finding) => diagnosticsOf(this.context, found, uri, finding));
    const told = { id: items.length === 0 ? 'none' : idOf(items), items };
    this.told.set(uri, told);
    return told;
  }
}

/** One diagnostic for each place that a finding has in a file, each naming the other places. */
export function diagnosticsOf(context: ServerContext, at: FileInFolder, uri: string, finding: Finding): Diagnostic[] {
  const places: Place[] = [finding, ...finding.related.filter((place) => isSite(finding, place))];
  const message = messageOf(context, finding);
  const page = rulePage(context.options, finding.rule);
  return places
    .filter(({ file }) => file === at.file)
    .map((place) => ({
      range: place.range,
      severity: SEVERITY[finding.severity],
      source: 'seamline',
      code: finding.rule,
      ...(page === undefined ? {} : { codeDescription: { href: page } }),
      message,
      ...(finding.rule === 'unused-suppression' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      relatedInformation: [finding, ...finding.related]
        .filter((other) => other.file !== place.file || other.range.start.line !== place.range.start.line)
        .map((other) => ({
          location: { uri: context.folders.uriOf({ folder: at.folder, file: other.file }), range: other.range },
          message: context.texts.finding(finding, other),
        })),
      data: {
        uri,
        rule: finding.rule,
        fingerprint: finding.fingerprint,
        line: finding.range.start.line,
        cures: finding.cures.map(({ id }) => id),
      } satisfies DiagnosticData,
    }));
}

/** As Markdown for clients that render it. */
function messageOf({ client, texts, markdown }: ServerContext, finding: Finding): Diagnostic['message'] {
  if (!client.textDocument?.diagnostic?.markupMessageSupport) return texts.finding(finding, finding);
  return { kind: MarkupKind.Markdown, value: messageText(markdown.finding(finding, finding)) };
}

/** Whether a related place is one of the group's own, and not a hint about the one finding. */
function isSite(finding: Finding, place: Place): boolean {
  const { sites } = finding.data;
  if (!Array.isArray(sites)) return false;
  return sites.some((site: { file?: string; range?: { start?: { line?: number } }; line?: number }) => {
    const line = site.range?.start?.line ?? site.line;
    return site.file === place.file && (line === place.range.start.line || line === place.range.start.line + 1);
  });
}

function idOf(items: readonly Diagnostic[]): string {
  return createHash('sha1').update(JSON.stringify(items)).digest('base64url').slice(0, 16);
}
