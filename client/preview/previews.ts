import { basename } from 'node:path';
import * as vscode from 'vscode';
import { BUILD_CURE, type BuildCureParams, type BuildCureResult } from '../../protocol/index';
import { filesChangeText, filesCreatedText } from '../plural';
import { fileChanged, showRefusal } from '../refusal';
import type { Server } from '../server';
import type { VirtualTexts } from '../virtual-texts';
import { applyEdit } from './apply';
import { askReason } from './options';
import { staleFile } from './stale';

/** Scheme of the texts before and after a change. */
export const PREVIEW_SCHEME = 'seamline-preview';

/** Tells the Apply button in the editor's title when to appear. */
const CONTEXT_KEY = 'seamline.isPreview';

/** Of a cure that wants a reason in words. */
const REASON_NEEDED = 'reason-needed';

/** A change, and what was asked for. */
export interface Built {
  readonly params: BuildCureParams;
  readonly result: BuildCureResult;
}

/** What the user looks at. */
interface Preview extends Built {
  readonly title: string;
}

/** What became of a preview. */
export interface Previewed {
  readonly title: string;
  readonly files: number;
}

/** Shows a change before it is made: all its files in one diff, with Apply. There is one preview at a time. */
export class Previews implements vscode.Disposable {
  private current: Preview | undefined;
  private isShown = false;
  private readonly tabs: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly texts: VirtualTexts,
  ) {
    this.tabs = vscode.Disposable.from(
      vscode.window.tabGroups.onDidChangeTabs(() => this.followTabs()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.followTabs()),
    );
  }

  /**
   * Builds a cure with the user's choices, and asks for the reason that some cures want; a refusal is shown.
   * @returns undefined when it was refused, or the user left
   */
  async build(params: BuildCureParams): Promise<Built | undefined> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Seamline prepares the change'),
      cancellable: true,
    };
    const result = await vscode.window.withProgress(options, (_, token) =>
      this.server.request<BuildCureResult>(BUILD_CURE, params, token),
    );
    if (!result.refusal) return { params, result };
    if (result.refusal.code === REASON_NEEDED && params.reason === undefined) {
      const reason = await askReason(result.title);
      return reason === undefined ? undefined : this.build({ ...params, reason });
    }
    await showRefusal(result.refusal);
    return undefined;
  }

  async open(params: BuildCureParams): Promise<Previewed | undefined> {
    const built = await this.build(params);
    return built && this.show(built);
  }

  /** Shows a change that is built already. */
  async show({ params, result }: Built): Promise<Previewed> {
    await this.close();
    const title = vscode.l10n.t('Preview: {0}', result.title ?? params.cure);
    this.current = { title, params, result };
    const files = result.files ?? [];
    const rows = files.map(({ uri, before, after }) => {
      const target = vscode.Uri.parse(uri);
      // The same path on both sides: the editor would take two for a renamed file.
      const path = `/${vscode.workspace.asRelativePath(target)}`.replace(/^\/+/, '/');
      const left = before === undefined ? undefined : this.texts.set(path, before, 'before');
      return [target, left, this.texts.set(path, after, 'after')];
    });
    await vscode.commands.executeCommand('vscode.changes', title, rows);
    this.followTabs();
    void this.offerApply(this.current);
    return { title, files: files.length };
  }

  /**
   * Makes the change that is shown, unless a file of it changed since.
   * @returns whether it was made
   */
  async apply(): Promise<boolean> {
    const preview = this.current;
    if (!preview) return false;
    const stale = await staleFile(preview.result);
    if (stale !== undefined) {
      void this.offerAgain(preview, stale);
      return false;
    }
    await this.close();
    return applyEdit(this.server.client, preview.result);
  }

  dispose(): void {
    this.tabs.dispose();
  }

  private async offerApply(preview: Preview): Promise<void> {
    const apply = vscode.l10n.t('Apply');
    const { certainPlaces: places } = preview.result;
    const certain = vscode.l10n.t('Only Certain Places');
    const buttons = places ? [apply, certain] : [apply];
    const choice = await vscode.window.showInformationMessage(summary(preview.result), ...buttons);
    // The message may outlive its preview.
    if (this.current !== preview) return;
    if (choice === apply) await vscode.commands.executeCommand('seamline.applyPreview');
    // Built and proven without the others, and shown again: what it creates may be something else.
    if (choice === certain) await vscode.commands.executeCommand('seamline.preview', { ...preview.params, places });
  }

  private async offerAgain({ params }: Preview, uri: string): Promise<void> {
    const again = vscode.l10n.t('Preview Again');
    const message = `${basename(vscode.Uri.parse(uri).path)}: ${fileChanged().reason}`;
    if ((await vscode.window.showWarningMessage(message, again)) === again) {
      await vscode.commands.executeCommand('seamline.preview', params);
    }
  }

  private async close(): Promise<void> {
    const tabs = this.openTabs();
    this.forget();
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }

  private forget(): void {
    this.current = undefined;
    this.isShown = false;
    this.texts.clear();
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, false);
  }

  private followTabs(): void {
    if (!this.current) return;
    const isOpen = this.openTabs().length > 0;
    if (isOpen) this.isShown = true;
    // A tab that was just asked for may not be known yet.
    else if (this.isShown) this.forget();
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, active !== undefined && this.isOurs(active));
  }

  private openTabs(): vscode.Tab[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => this.isOurs(tab));
  }

  /** The editor tells extensions nothing of a multi-file diff but its label, to which it adds the number of files. */
  private isOurs({ label }: vscode.Tab): boolean {
    return this.current !== undefined && label.startsWith(this.current.title);
  }
}

/** `Extract the validator: 3 files change, 1 file is created. To review: ...` */
function summary({ title = '', files = [], notes = [] }: BuildCureResult): string {
  const created = files.filter(({ before }) => before === undefined).length;
  const changed = files.length - created;
  const counts = [
    ...(changed > 0 ? [filesChangeText(changed)] : []),
    ...(created > 0 ? [filesCreatedText(created)] : []),
  ].join(', ');
  const doubts = notes.filter(({ isDoubt }) => isDoubt).map(({ message }) => message);
  const head = `${title}: ${counts}.`;
  return doubts.length > 0 ? `${head} ${vscode.l10n.t('To review: {0}', doubts.join('; '))}` : head;
}
