import * as vscode from 'vscode';

/** The plural categories that English and Polish know. */
type Category = 'one' | 'few' | 'many' | 'other';

let rules: Intl.PluralRules | undefined;

/** The plural category of a number in the language that the texts are shown in: English where there is no translation. */
export function category(count: number): Category {
  rules ??= new Intl.PluralRules(vscode.l10n.bundle ? vscode.env.language : 'en');
  const found = rules.select(count);
  return found === 'one' || found === 'few' || found === 'many' ? found : 'other';
}

// The category is the comment of a message and so part of its key in the bundle, as vscode.l10n forms keys: "{0} findings/few".

export function findingsText(count: number): string {
  return category(count) === 'one'
    ? vscode.l10n.t({ message: '{0} finding', args: [count], comment: ['one'] })
    : vscode.l10n.t({ message: '{0} findings', args: [count], comment: [category(count)] });
}

export function filesChangeText(count: number): string {
  return category(count) === 'one'
    ? vscode.l10n.t({ message: '{0} file changes', args: [count], comment: ['one'] })
    : vscode.l10n.t({ message: '{0} files change', args: [count], comment: [category(count)] });
}

export function filesCreatedText(count: number): string {
  return category(count) === 'one'
    ? vscode.l10n.t({ message: '{0} file is created', args: [count], comment: ['one'] })
    : vscode.l10n.t({ message: '{0} files are created', args: [count], comment: [category(count)] });
}
