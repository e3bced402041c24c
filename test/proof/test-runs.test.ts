import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProjectRequest } from '../../scripts/proof/cures/project';
import type { ProjectEntry } from '../../scripts/proof/cures/projects';
import { hasFailed, markdown } from '../../scripts/proof/cures/table';
import { passingTests } from '../../scripts/proof/cures/test-reports';
import { proveTests } from '../../scripts/proof/cures/test-runs';
import type { ProjectReport, Proof, TestVerdict } from '../../scripts/proof/cures/types';
import { openWorkspace } from '../support/open-workspace';

const SILENT = `import logging

logger = logging.getLogger(__name__)


def load(path):
    try:
        path.save()
    except Exception:
        pass
`;

/** Tests of a project: one passes as long as the handler is silent, one always, one never. */
const TESTS = `
const { readFileSync, writeFileSync } = require('node:fs');
const isSilent = readFileSync('load.py', 'utf8').includes('        pass');
const result = (passes) => (passes ? '' : '<failure message="a &gt; b"/>');
writeFileSync(process.argv[2], \`<testsuites><testsuite>
  <testcase classname="load" name="is silent">\${result(isSilent)}</testcase>
  <testcase classname="load" name="is there"/>
  <testcase classname="load" name="is broken">\${result(false)}</testcase>
</testsuite></testsuites>\`);
`;

async function verdicts(more: Partial<ProjectRequest>): Promise<{ root: string; found: TestVerdict[] }> {
  const { root } = await openWorkspace({ 'load.py': SILENT, 'tests.cjs': TESTS });
  const entry = {
    name: 'demo',
    tests: 'node tests.cjs {report}',
    report: 'junit',
    timeLimitSeconds: 60,
  } as ProjectEntry;
  const base = {
    folder: root,
    entry,
    tools: '',
    script: '',
    runTests: true,
    testSample: 0,
    keep: false,
    seed: 1,
    writes: 0,
  };
  const proof: Proof = {
    rule: 'silent-exception',
    cure: 'log-exception',
    file: 'load.py',
    line: 9,
    outcome: 'safe',
    failures: [],
  };
  const found: TestVerdict[] = [];
  for await (const one of proveTests({ ...base, ...more, entry }, [proof], () => {})) found.push(one);
  return { root, found };
}

describe("the project's own tests", () => {
  test('a test that no longer passes is lost, one that never passed is not', async () => {
    const { found } = await verdicts({ cures: ['log-exception'], testSample: 1 });
    const lost = { applied: 1, before: 2, after: 1, lost: ['load is silent'] };
    expect(found).toEqual([
      { of: 'log-exception load.py:9', ...lost },
      { of: 'all together', ...lost },
    ]);
  });

  test('a cure that changes nothing that is tested loses nothing', async () => {
    const { found } = await verdicts({ cures: ['explain-exception'] });
    expect(found).toEqual([{ of: 'all together', applied: 1, before: 2, after: 2, lost: [] }]);
  });

  test('tests that write no report are an error, not a success', async () => {
    const { root } = await openWorkspace({ 'load.py': SILENT });
    await writeFile(join(root, 'tests.cjs'), '');
    const entry = { name: 'demo', tests: 'node tests.cjs', report: 'junit', timeLimitSeconds: 60 } as ProjectEntry;
    const request = {
      folder: root,
      entry,
      tools: '',
      script: '',
      runTests: true,
      testSample: 0,
      keep: false,
      seed: 1,
      writes: 0,
    };
    await expect(proveTests(request, [], () => {}).next()).rejects.toThrow(/wrote no report/);
  });
});

test('reports of Jest name a test by its file below the copy', () => {
  const testResults = [
    {
      name: '/x/seamline-tests-a1/demo/src/a.test.ts',
      assertionResults: [
        { fullName: 'adds', status: 'passed' },
        { fullName: 'divides', status: 'failed' },
      ],
    },
  ];
  expect(passingTests(JSON.stringify({ testResults }), 'jest')).toEqual(['src/a.test.ts adds']);
});

describe('the table', () => {
  const proof: Proof = { rule: 'r', cure: 'c', file: 'a.py', line: 3, outcome: 'safe', failures: [] };
  const report: ProjectReport = {
    project: 'demo',
    files: 1,
    findings: 3,
    types: '-',
    proofs: [
      proof,
      { ...proof, outcome: 'refused', code: 'no-logger' },
      { ...proof, outcome: 'refused', code: 'no-logger' },
    ],
    tests: [],
    seconds: 1,
    peakMegabytes: 1,
  };
  const failed: ProjectReport = {
    ...report,
    proofs: [{ ...proof, outcome: 'failed', failures: [{ check: 'comments', message: 'lost: # a' }], diff: '+b' }],
  };

  test('counts by outcome and code', () => {
    expect(markdown([report])).toContain('| demo | c | 3 | 1 | 0 | 2: no-logger 2 | 0 | 0 |');
    expect(markdown([report, failed])).toContain('| **all** | c | 4 | 1 | 0 | 2: no-logger 2 | 0 | 1 |');
    expect(markdown([failed])).toContain('## demo a.py:3 c FAILED\n\n- comments: lost: # a\n\n```diff\n+b\n```');
  });

  test('only what should not have come out is a failure', () => {
    const caught: Proof = { ...proof, outcome: 'caught', code: 'shape-error', reason: '{}' };
    expect(hasFailed({ ...report, proofs: [...report.proofs, caught] })).toBe(false);
    expect(hasFailed(failed)).toBe(true);
    expect(hasFailed({ ...report, error: 'the process ended with 134' })).toBe(true);
    expect(hasFailed({ ...report, tests: [{ of: 'all', applied: 1, before: 1, after: 0, lost: ['a'] }] })).toBe(true);
  });
});
