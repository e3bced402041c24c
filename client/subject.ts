import * as vscode from 'vscode';
import type { CureReference, FindingItem, FindingReference } from '../protocol/index';

/** What a command is about: a reference from a code action, or a finding of the Refactor Plan. */
export type Subject = FindingReference & { readonly cure?: string } & Partial<FindingItem>;

/** Reads a command's argument: a node of the tree or a plain reference. Undefined for anything else. */
export function subjectOf(argument: unknown): Subject | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('item' in argument) return subjectOf(argument.item);
  return 'fingerprint' in argument && 'uri' in argument ? (argument as Subject) : undefined;
}

/** Only what names the finding: nothing else belongs into a request. */
export function referenceOf({ uri, rule, fingerprint, line }: FindingReference): FindingReference {
  return { uri, rule, fingerprint, line };
}

/** The cure that the subject names, or the one that the user picks; undefined where there is none or the user leaves. */
export async function chooseCure(subject: Subject): Promise<CureReference | undefined> {
  const reference = referenceOf(subject);
  if (subject.cure !== undefined) return { ...reference, cure: subject.cure };
  const cures = subject.cures ?? [];
  if (cures.length < 2) return cures[0] && { ...reference, cure: cures[0].id };
  const picked = await vscode.window.showQuickPick(
    cures.map(({ id, title }) => ({ label: title, id })),
    { title: vscode.l10n.t('Which fix?') },
  );
  return picked && { ...reference, cure: picked.id };
}
