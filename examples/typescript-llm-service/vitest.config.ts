import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'classic', pragma: 'h', development: false } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    cache: false,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
