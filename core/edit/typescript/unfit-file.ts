import type { ParsedFile } from '../../facts/parsed-file';
import type { CureChoices } from '../../rule/cure';
import type { SourceFile } from '../../text/source-file';
import { Refusal } from '../refusal';

type Unfit = 'flow-types' | 'global-script';

const known = new WeakMap<SourceFile, Unfit | 'fit'>();

/**
 * Why no cure puts code at the top of a TypeScript or JavaScript file, or imports into it, as a code of refusals; undefined where nothing
 * speaks against it. Found once for a text.
 */
export function unfitFor({ language, source }: Pick<ParsedFile, 'language' | 'source'>): Unfit | undefined {
  if (language !== 'javascript') return undefined;
  const found =
    known.get(source) ?? (isOfFlow(source.text) ? 'flow-types' : isModule(source.text) ? 'fit' : 'global-script');
  known.set(source, found);
  return found === 'fit' ? undefined : found;
}

/**
 * Refuses what {@link unfitFor} finds; whoever names what is made says that it may be one for all scripts of a page.
 * @throws Refusal `flow-types`, `global-script`
 */
export function refuseUnfitFile(
  document: Pick<ParsedFile, 'language' | 'source'> & { readonly file: string },
  { name }: CureChoices,
): void {
  const code = unfitFor(document);
  if (code && !(code === 'global-script' && name !== undefined)) throw new Refusal(code, { file: document.file });
}

/** Whether Flow checks a file, whose types nobody here can say: a comment at its head says so. */
const isOfFlow = (text: string): boolean =>
  /^(?:#!.*\n)?(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text)![0].includes('@flow');

/**
 * Whether a file imports or exports anything or is run by itself. What a script of a page has at its top is one for all scripts of the page,
 * and the compiler knows the types of those alone that it sees.
 */
const isModule = (text: string): boolean => MODULE.test(text);

const MODULE =
  /^[ \t]*(?:import|export)\b|\brequire\s*\(\s*['"`]|\bmodule\s*\.\s*exports\b|^[ \t]*exports\s*[.[]|\bimport\s*(?:\.meta|\()|\b__(?:dir|file)name\b|^#!/m;
