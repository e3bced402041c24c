import { expect } from 'vitest';
import { RANDOM, testPrograms } from './programs';

/** Programs that run before and after the cure: what comes back, and the name and message of every error, is the same for 500 inputs. */
await testPrograms<string>(new URL('./extract-validator.md', import.meta.url), {
  driverOf,
  expectTelling(results) {
    // Inputs that all pass, or that all fail, would show nothing.
    expect(results).toHaveLength(500);
    expect(new Set(results).size).toBeGreaterThan(5);
    expect(results.some((result) => REFUSAL.test(result))).toBe(true);
    expect(results.some((result) => !REFUSAL.test(result))).toBe(true);
  },
});

const REFUSAL = /^throws |^returns (?:false|null|\{"error")/;

/** The program's own lines import it and define `once(text, pick)`, which is called with random texts and a choice among values. */
function driverOf(lines: string): string {
  return `${lines}
${RANDOM}
const pick = (values: readonly any[]): any => values[random(values.length)];
const text = (alphabet: string, most: number): string =>
  Array.from({ length: random(most + 1) }, () => alphabet[random(alphabet.length)]).join('') + (random(9) === 0 ? '\\n' : '');
const outcome = (): string => {
  try {
    return 'returns ' + JSON.stringify(once(text, pick));
  } catch (error) {
    return 'throws ' + (error as Error).name + ': ' + (error as Error).message;
  }
};
export default Array.from({ length: 500 }, outcome);
`;
}
