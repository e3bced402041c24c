import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '.vitest',
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    cache: false,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
