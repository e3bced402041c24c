import { defineConfig } from 'vitest/config';

const report = process.env.SEAMLINE_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['{core,rules,session,report,cli,test,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'examples/**', 'corpus/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // Most of the time is that of processes that the tests start and wait for.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
  },
});
