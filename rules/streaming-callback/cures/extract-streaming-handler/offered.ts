import { Pathless } from '../../../../core/edit/pathless';
import { Refusal } from '../../../../core/edit/refusal';
import type { ParsedFile } from '../../../../core/facts/parsed-file';
import { checkedVariables, checkWorth } from './python-worth';
import { siteAt } from './site';

/**
 * Whether the cure would refuse a Python callback, as far as its file tells: the cure's own guards are asked, of the file alone.
 * @param start the offset of the nested function
 * @param passedTo what it is handed to, as the fact says
 */
export function isRefusedInPython(start: number, passedTo: readonly string[], file: ParsedFile): boolean {
  try {
    const site = siteAt(start, new Pathless(file), '', passedTo);
    if (!site) return true;
    checkWorth(site, checkedVariables(site));
    return false;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}
