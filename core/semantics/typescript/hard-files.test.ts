import { describe, expect, it } from 'vitest';
import { bindingRows, withModel } from '../../../test/oracle/typescript-tables';

describe('files that are hard to walk', () => {
  it('reads thousands of nested parentheses, calls, members and branches without overflowing', async () => {
    const depth = 3000;
    const texts = [
      `const a = ${'('.repeat(depth)}b${')'.repeat(depth)};`,
      `${'f('.repeat(depth)}b${')'.repeat(depth)};`,
      `b${'.c()'.repeat(depth)};`,
      `${'if (b) '.repeat(depth)};`,
      `const a = ${'(() => '.repeat(500)}b${')'.repeat(500)};`,
    ];
    for (const text of texts) {
      const unresolved = await withModel(text, 'typescript', (model, root) => {
        const at = text.indexOf('b');
        const node = root.namedDescendantForIndex(at, at + 1);
        if (node) model.qualifiedName(node);
        model.scopeAt(at);
        model.flow(0, text.length);
        return model.unresolved.filter((each) => each.start === at).length;
      });
      expect(unresolved).toBe(1);
    }
  });

  it('names and types of long chains end', async () => {
    const text = `b${'.c()'.repeat(2000)}.d;`;
    const answers = await withModel(text, 'typescript', (model, root) => {
      const expression = root.firstNamedChild?.firstNamedChild;
      return expression && [model.qualifiedName(expression), model.typeOf(expression)];
    });
    expect(answers).toEqual([undefined, undefined]);
  });

  it('an empty file has a module', async () => {
    const kinds = await withModel('', 'javascript', (model) => model.scopes.map((scope) => scope.kind));
    expect(kinds).toEqual(['module']);
  });

  it('broken code gives the names that are left', async () => {
    const names = await withModel('const a = 1; function f( { a; } const b = a;', 'typescript', (model) => [
      ...model.root.bindings.keys(),
    ]);
    expect(names).toContain('a');
  });

  it('counts in UTF-16 units', async () => {
    expect(await bindingRows("const s = '🌈é'; const größe = s; größe;", 'typescript')).toEqual([
      'module: s constant | w1:7 r1:32',
      'module: größe constant | w1:24 r1:35',
    ]);
  });

  it('names like members of Object.prototype are names', async () => {
    expect(await bindingRows('const constructor = 1; constructor; toString;', 'typescript')).toEqual([
      'module: constructor constant | w1:7 r1:24',
      'unbound: toString r1:37',
    ]);
  });
});
