import type { TypeScriptCompiler } from '../../session/typescript/service';

/** For tests of Python alone: whoever asks it gets no answer that would let a change pass. */
export const NO_COMPILER: TypeScriptCompiler = {
  check: async () => ({ kind: 'unavailable', reason: 'Python needs no compiler' }),
  format: async () => ({ kind: 'unavailable', reason: 'Python needs no formatter of TypeScript' }),
  run: async () => ({ kind: 'unavailable', reason: 'Python needs no compiler' }),
};
