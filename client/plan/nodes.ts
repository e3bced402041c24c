import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { FindingItem } from '../../protocol/index';
import { findingsText } from '../plural';
import type { Group, Severity } from './groups';

/** What stands in the tree: groups, their findings, and the other places of a finding. */
export type PlanNode =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'finding'; readonly item: FindingItem; readonly group: Group }
  | { readonly kind: 'place'; readonly place: FindingItem['related'][number]; readonly parent: PlanNode };

/** Icons and colours as in the editor's list of problems. */
const ICONS: Readonly<Record<Severity, readonly [icon: string, color: string]>> = {
  error: ['error', 'problemsErrorIcon.foreground'],
  warning: ['warning', 'problemsWarningIcon.foreground'],
  information: ['info', 'problemsInfoIcon.foreground'],
  hint: ['lightbulb', 'problemsInfoIcon.foreground'],
};

export function childrenOf(node: PlanNode): PlanNode[] {
  switch (node.kind) {
    case 'group':
      return node.group.findings.map((item) => ({ kind: 'finding', item, group: node.group }));
    case 'finding':
      return node.item.related.map((place) => ({ kind: 'place', place, parent: node }));
    case 'place':
      return [];
  }
}

export function treeItemOf(node: PlanNode): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node.group);
    case 'finding':
      return findingItem(node.item, node.group);
    case 'place':
      return placeItem(node.place);
  }
}

function groupItem({ kind, key, title, findings }: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${kind} ${key}`;
  item.contextValue = `group.${kind}`;
  item.description = String(findings.length);
  item.tooltip = `${title}: ${findingsText(findings.length)}`;
  if (kind === 'rule') {
    item.label = key;
    item.description = `${findings.length} · ${title}`;
  } else if (kind === 'file') {
    item.label = posix.basename(title);
    const folder = posix.dirname(title);
    if (folder !== '.') item.description = `${findings.length} · ${folder}`;
    // The icon by the name of the file; under the file's own scheme the editor would count its problems beside our findings.
    item.resourceUri = vscode.Uri.from({ scheme: 'seamline-plan', path: vscode.Uri.parse(key).path });
    item.iconPath = vscode.ThemeIcon.File;
  } else if (kind === 'priority') {
    item.label = severityText(key as Severity);
    item.iconPath = icon(key as Severity);
  }
  return item;
}

/**
 * A sidebar shows some 35 characters, and a sentence that is cut off says nothing: where it is, and in what; the message stands in the
 * tooltip. What lies in nothing that has a name begins its message there.
 */
function findingItem(finding: FindingItem, group: Group): vscode.TreeItem {
  const state = finding.related.length > 0 ? 'Collapsed' : 'None';
  const line = finding.range.start.line + 1;
  const place = `${posix.basename(finding.file)}:${line}`;
  const { message } = finding;
  const symbol = finding.symbol?.split('.').at(-1) ?? message;
  const [label, description] =
    group.kind === 'rule'
      ? [place, symbol]
      : group.kind === 'file'
        ? [`${line}: ${finding.rule}`, symbol]
        : [place, finding.rule];
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState[state]);
  item.description = description;
  item.iconPath = icon(finding.severity);
  item.contextValue = finding.cures.length > 0 ? 'finding.curable' : 'finding';
  item.tooltip = `${message}\n${severityText(finding.severity)}, ${finding.rule}: ${finding.ruleTitle}\n${finding.file}:${line}`;
  item.accessibilityInformation = { label: `${severityText(finding.severity)}: ${message}, ${finding.file}:${line}` };
  item.command = { command: 'seamline.goTo', title: vscode.l10n.t('Go to Finding'), arguments: [finding] };
  return item;
}

function placeItem(place: FindingItem['related'][number]): vscode.TreeItem {
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri));
  const line = place.range.start.line + 1;
  const item = new vscode.TreeItem(`${posix.basename(file)}:${line}`);
  item.description = place.message;
  item.tooltip = `${file}:${line}`;
  item.iconPath = new vscode.ThemeIcon('circle-small');
  item.contextValue = 'place';
  item.command = { command: 'seamline.goTo', title: vscode.l10n.t('Go to Finding'), arguments: [place] };
  return item;
}

function icon(severity: Severity): vscode.ThemeIcon {
  const [name, color] = ICONS[severity];
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}

function severityText(severity: Severity): string {
  switch (severity) {
    case 'error':
      return vscode.l10n.t('Error');
    case 'warning':
      return vscode.l10n.t('Warning');
    case 'information':
      return vscode.l10n.t('Information');
    case 'hint':
      return vscode.l10n.t('Hint');
  }
}
