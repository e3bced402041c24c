import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import { IMPORTS_ID, type ImportFact } from '../../../../../core/facts/imports';
import { isTestPath } from '../../../../../core/rule/test-path';
import { literalPattern } from '../../../../../core/text/pattern';
import type { CarriedName } from './blueprint';
import type { Elsewhere } from './elsewhere';

/** Libraries that replace what one module alone asks for; `jest.mock` and `vi.mock` replace a module for all that import it. */
const OF_ONE_MODULE = /^(?:proxyquire|rewire|rewiremock|esmock)(?:\/|$)/;

/** A string that stands alone. */
const STRING = /(['"`])([^'"`\n]+)\1/g;

/** Calls that replace a whole module, with its path. */
const MODULE_MOCK =
  /\b(?:jest|vi|mock|td|sinon)\s*\.\s*(?:mock|doMock|setMock|unstable_mockModule|module|replace\w*)\s*\(\s*(?:import\s*\(\s*)?(['"`])([^'"`\n]+)\1/g;

const AUTOMOCK = /\bautomock["']?\s*:\s*true\b/;

const CONFIGURATIONS = ['package.json', ...['js', 'cjs', 'mjs', 'ts', 'json'].map((one) => `jest.config.${one}`)];

/**
 * What a test replaces stays replaced when its use moves to another module, or nothing moves.
 * @param carried what moved code asks of other modules
 * @param home the folder of the package
 * @throws Refusal `patched-name`
 */
export async function refuseReplaced(
  file: string,
  { file: into, document }: Elsewhere,
  carried: readonly CarriedName[],
  home: string,
  snapshot: Snapshot,
): Promise<void> {
  const leadsTo = (test: string, specifier: string, target: string): boolean =>
    snapshot.modules.resolve(test, specifier).includes(target);
  for (const test of snapshot.files.filter((one) => isTestPath(one))) {
    const facts = (snapshot.facts(test)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
    const isOne = facts.some(({ module }) => OF_ONE_MODULE.test(module));
    // Who mocks the target names it, and by that knows nothing of what is new there.
    if (!isOne && !document) continue;
    const { source } = await snapshot.open(test);
    const refuse = (name: string, at: number): never => {
      throw new Refusal('patched-name', { name, test, line: source.lineAt(at) + 1 });
    };
    const strings = [...source.text.matchAll(STRING)];
    if (isOne && strings.some((one) => leadsTo(test, one[2]!, file)))
      for (const { module, local } of carried) {
        // `rewire` names the variable, the others the module; both can be the key of an object.
        const key = new RegExp(
          `(['"\`])(?:node:)?(?:${[module.replace(/^node:/, ''), local].map(literalPattern).join('|')})\\1|\\b${literalPattern(local)}\\s*:`,
        );
        const found = key.exec(source.text);
        if (found) refuse(module, found.index);
      }
    if (document)
      for (const mock of source.text.matchAll(MODULE_MOCK))
        if (leadsTo(test, mock[2]!, into)) refuse(mock[2]!, mock.index);
  }
  for (const folder of new Set([home, '']))
    for (const name of CONFIGURATIONS) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = await snapshot.text?.(path);
      const found = text === undefined ? null : AUTOMOCK.exec(text);
      if (found)
        throw new Refusal('patched-name', {
          name: into,
          test: path,
          line: text!.slice(0, found.index).split('\n').length,
        });
    }
}
