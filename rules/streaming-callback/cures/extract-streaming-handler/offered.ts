import { Pathless } from '../../../../core/edit/pathless';
import { refusedBy } from '../../../../core/edit/refused';
import type { ParsedFile } from '../../../../core/facts/parsed-file';
import { checkedVariables, checkWorth } from './python-worth';
import { siteAt } from './site';

/**
 * Whether the cure would refuse a Python callback, as far as its file tells: the cure's own guards are asked, of the file alone.
 * @param start the offset of the nested function
 * @param passedTo what it is handed to, as the fact says
 */
export function isRefusedInPython(start: number, passedTo: readonly string[], file: ParsedFile): boolean {
  const document = new Pathless(file);
  let isFound = false;
  const refused = refusedBy(() => {
    const site = siteAt(start, document, '', passedTo);
    isFound = site !== undefined;
    if (site) checkWorth(site, checkedVariables(site));
  });
  return !isFound || refused !== undefined;
}
