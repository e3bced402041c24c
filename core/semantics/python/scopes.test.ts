import { describe, expect, it } from 'vitest';
import { allScopeCases } from '../../../test/oracle/python-cases';
import { dedent, describeScopes, parsePython } from '../../../test/oracle/python-tables';

for (const [topic, cases] of allScopeCases) {
  describe(topic, () => {
    for (const { title, code, scopes } of cases) {
      it(title, async () => {
        const { model, root } = await parsePython(dedent(code));
        expect(root.hasError).toBe(false);
        expect(describeScopes(model)).toBe(dedent(scopes).trim());
      });
    }
  });
}
