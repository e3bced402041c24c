import { Pathless } from '../../../../core/edit/pathless';
import { Refusal } from '../../../../core/edit/refusal';
import { orRefusal } from '../../../../core/edit/refused';
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
  const isRefused = orRefusal(() => {
    const site = siteAt(start, document, '', passedTo);
    if (site) checkWorth(site, checkedVariables(site));
    return site === undefined;
  });
  return isRefused instanceof Refusal || isRefused;
}
