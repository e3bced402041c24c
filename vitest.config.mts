import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,rules,session,report,cli,test,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'examples/**', 'corpus/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
