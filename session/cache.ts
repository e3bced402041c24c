import type { DiscoveredFile } from './discovery';
import type { FileOutcome } from './examine';
import type { Scope } from './root';

export class FactsCache {
  static async open(_root: string): Promise<FactsCache> {
    return new FactsCache();
  }
  static none(): FactsCache {
    return new FactsCache();
  }
  lookup(_file: DiscoveredFile): string | undefined {
    return undefined;
  }
  knownHashes(_file: DiscoveredFile): readonly string[] {
    return [];
  }
  take(_file: DiscoveredFile, outcome: FileOutcome): string {
    return outcome.record!;
  }
  async save(_scope: Scope, _files: readonly DiscoveredFile[]): Promise<void> {}
}
