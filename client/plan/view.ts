import * as vscode from 'vscode';
import { FINDINGS, type FindingItem, type FindingsResult, RESCAN } from '../../protocol/index';
import { findingsText } from '../plural';
import type { Server } from '../server';
import { GROUPINGS, type Grouping, groupFindings } from './groups';
import { childrenOf, type PlanNode, treeItemOf } from './nodes';

const VIEW = 'seamline.plan';
const GROUPING = 'seamline.planGrouping';

/** Changes that come closer together than this are shown at once. */
const SETTLE_MS = 250;

/** The Refactor Plan: all findings of the workspace, by rule, file or priority. Reads them while somebody looks. */
export class Plan implements vscode.TreeDataProvider<PlanNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<PlanNode>;
  private readonly disposables: vscode.Disposable[];
  private findings: readonly FindingItem[] = [];
  private isOutdated = true;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.disposables = [
      this.view,
      this.changed,
      this.view.onDidChangeVisibility(() => this.schedule(0)),
      server.onDidChangeFindings(() => {
        this.isOutdated = true;
        this.schedule();
      }),
      server.onDidChange(() => this.describe()),
    ];
    this.describe();
    void vscode.commands.executeCommand('setContext', GROUPING, this.grouping);
  }

  get grouping(): Grouping {
    const kept = this.memory.get<Grouping>(GROUPING);
    return kept && GROUPINGS.includes(kept) ? kept : 'rule';
  }

  /** The finding that a command from the keyboard is about. */
  get selected(): PlanNode | undefined {
    return this.view.selection[0];
  }

  async groupBy(grouping: Grouping): Promise<void> {
    await this.memory.update(GROUPING, grouping);
    await vscode.commands.executeCommand('setContext', GROUPING, grouping);
    this.changed.fire(undefined);
  }

  /**
   * Reads the workspace anew.
   * @returns what is found now
   */
  async refresh(): Promise<readonly FindingItem[]> {
    await vscode.window.withProgress({ location: { viewId: VIEW } }, () => this.server.request(RESCAN, {}));
    return this.load();
  }

  getTreeItem(node: PlanNode): vscode.TreeItem {
    return treeItemOf(node);
  }

  getChildren(node?: PlanNode): PlanNode[] {
    if (node) return childrenOf(node);
    return groupFindings(this.findings, this.grouping).map((group) => ({ kind: 'group', group }));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const one of this.disposables) one.dispose();
  }

  private schedule(settleMs = SETTLE_MS): void {
    if (!this.isOutdated || !this.view.visible) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), settleMs);
  }

  private async load(): Promise<readonly FindingItem[]> {
    this.isOutdated = false;
    const isRunning = this.server.state === 'running';
    this.findings = isRunning ? await this.server.request<FindingsResult>(FINDINGS, {}).catch(() => []) : [];
    this.describe();
    this.changed.fire(undefined);
    return this.findings;
  }

  /** The badge counts what the server knows, also while nobody looks at the tree. */
  private describe(): void {
    const { status } = this.server;
    const count = status?.findings ?? this.findings.length;
    this.view.badge = count > 0 ? { value: count, tooltip: `Seamline: ${findingsText(count)}` } : undefined;
    this.view.message = this.messageOf();
  }

  /** What keeps the list from being all there is; without a message, an empty list says that nothing was found. */
  private messageOf(): string | undefined {
    const { state, status } = this.server;
    if (state === 'stopped') return vscode.l10n.t('The Seamline server is not running.');
    const isRead = state === 'running' && status?.state === 'ready';
    return isRead || vscode.workspace.workspaceFolders === undefined
      ? undefined
      : vscode.l10n.t('The workspace is being read...');
  }
}
