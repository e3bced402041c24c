import type { Document } from '../../../../../core/edit/snapshot';

/** Modules with more lines get no adapters put into them: they have a module of their own beside. */
const LARGE_MODULE = 500;

/** Whether adapters of a module go to another one. */
export function isLargeModule(document: Document): boolean {
  return document.source.lineAt(document.source.text.length) + 1 > LARGE_MODULE && !isShippedAlone(document);
}

/** Scripts with their own list of packages, and modules that Ansible copies to another machine one by one. */
function isShippedAlone({ source: { text } }: Document): boolean {
  return /^# \/\/\/ script\s*$|^from ansible\.module_utils\.basic import\b/m.test(text);
}
