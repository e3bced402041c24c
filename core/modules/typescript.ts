import { importTarget, isTarget, lastComponent, modulePath } from '../facts/module-path';

/** Resolves TypeScript and JavaScript specifiers over a list of files: relative ones exactly, aliases and packages of a workspace by their end. */
export class TypeScriptModules {
  private readonly byPath = new Map<string, string[]>();
  private readonly byLast = new Map<string, string[]>();

  /** @param files relative to the root, with `/` */
  constructor(files: readonly string[]) {
    for (const file of files) {
      const path = modulePath(file);
      append(this.byPath, path, file);
      append(this.byLast, lastComponent(path), path);
    }
  }

  resolve(importer: string, specifier: string): readonly string[] {
    const target = importTarget(importer, specifier, 'typescript');
    if (!target) return [];
    if (target.kind === 'exact') return this.byPath.get(target.path) ?? [];
    const paths = this.byLast.get(lastComponent(target.path)) ?? [];
    return [...new Set(paths)]
      .filter((path) => isTarget(path, target, importer))
      .flatMap((path) => this.byPath.get(path)!);
  }
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
