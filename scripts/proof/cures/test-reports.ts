import { z } from 'zod';

const jest = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** The ids of the tests that a report calls passed. Paths are cut to what follows the copy's folder, whose name is random. */
export function passingTests(text: string, format: 'junit' | 'jest'): string[] {
  return format === 'junit' ? fromJUnit(text) : fromJest(text);
}

function fromJest(text: string): string[] {
  return jest
    .parse(JSON.parse(text))
    .testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'passed')
        .map(({ fullName }) => `${name.replace(/^.*seamline-tests-[^/]+\/[^/]+\//, '')} ${fullName}`),
    );
}

/** One `testcase` with its content, which holds `failure`, `error` or `skipped` where it did not pass. */
const TEST_CASE = /<testcase\b((?:[^>"]|"[^"]*")*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;

function fromJUnit(text: string): string[] {
  const passed: string[] = [];
  for (const [, attributes = '', content = ''] of text.matchAll(TEST_CASE)) {
    if (/<(?:failure|error|skipped)\b/.test(content)) continue;
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    passed.push(`${attribute('classname')} ${attribute('name')}`);
  }
  return passed;
}
