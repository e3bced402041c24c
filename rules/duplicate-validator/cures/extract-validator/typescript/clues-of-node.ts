import { Pathless } from '../../../../../core/edit/pathless';
import { placeAt } from '../../../../../core/edit/places';
import { Refusal } from '../../../../../core/edit/refusal';
import { unfitFor } from '../../../../../core/edit/typescript/unfit-file';
import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../../core/syntax/typescript';
import { checkOf } from './check';
import { type Clues, cluesOf } from './clues';
import { bodyUnit, isUnit } from './unit';

/** What cannot be taken apart says nothing, and shares nothing. */
const NOTHING: Clues = { own: [], said: [], around: [] };

/** What a whole validator says. @param owner the function */
export function cluesOfBody(file: ParsedFile, owner: SyntaxNode, symbol: string): Clues {
  if (unfitFor(file)) return { ...NOTHING, isUnfit: true };
  const document = new Pathless(file);
  const packages = packagesOf(file.source.text);
  const site = { document, symbol, owner, check: undefined, place: placeAt(document, owner) };
  const isWhole = isUnit(bodyUnit(site));
  return { ...cluesOf(site), ...(isWhole && { isWhole: true as const }), ...(packages.length > 0 && { packages }) };
}

/** What a check says, read when facts are collected. @param node the call, or what declares the pattern */
export function cluesOfNode(file: ParsedFile, node: SyntaxNode, symbol: string): Clues {
  if (unfitFor(file)) return { ...NOTHING, isUnfit: true };
  const document = new Pathless(file);
  const packages = packagesOf(file.source.text);
  try {
    const check = checkOf(node, document);
    const owner = enclosingTypeScriptFunction(node);
    const clues = cluesOf({ document, symbol, owner, check, place: placeAt(document, node) });
    return { ...clues, ...(packages.length > 0 && { packages }) };
  } catch (error) {
    if (error instanceof Refusal) return NOTHING;
    throw error;
  }
}

/** `@acme/money` of `import { round } from '@acme/money/src/round'`. */
function packagesOf(text: string): string[] {
  const found = text.matchAll(/\b(?:from|require\()\s*['"]((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"\n]*)?['"]/g);
  return [...new Set([...found].map((hit) => hit[1]!))].filter((one) => !one.startsWith('.')).sort();
}
