import type { Refusal } from '../../../../../core/edit/refusal';

/** Whether a refusal is one of another module, so that the adapters stay in their class's own: a patched name, one of a star import, a circle. */
export function goesBack({ code }: Refusal): boolean {
  return /^(?:patched-name|bound-to-module|import-\w+|no-common-package|file-exists)$/.test(code);
}
