import { contentHash } from '../../../core/edit/change-set';
import { Refusal } from '../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../core/edit/snapshot';
import { type StyleSettings, styleOf } from '../../../core/edit/style';
import type { FileFacts } from '../../../core/facts/collect';
import { importCollector } from '../../../core/facts/imports';
import { parsedFile } from '../../../core/facts/parse';
import type { FactCollector } from '../../../core/facts/parsed-file';
import { patchedNamesCollector } from '../../../core/facts/patched-names';
import { WorkspaceModules } from '../../../core/modules/index';
import { compareText, type Json } from '../../../core/rule/finding';
import type { SyntaxEngine } from '../../../core/syntax/engine';
import { SourceFile } from '../../../core/text/source-file';
import { factsOf } from '../../support/engine';

const COLLECTORS = [importCollector, patchedNamesCollector] as unknown as readonly FactCollector<Json>[];

/** Python files by their path as a snapshot; it knows the facts about imports and patches. */
export class MemorySnapshot implements Snapshot {
  readonly files: readonly string[];
  readonly modules: WorkspaceModules;
  private readonly known = new Map<string, FileFacts>();
  private readonly documents = new Map<string, Document>();

  constructor(
    private readonly texts: ReadonlyMap<string, string>,
    private readonly engine: SyntaxEngine,
    private readonly style: StyleSettings = {},
  ) {
    this.files = [...texts.keys()].sort(compareText);
    for (const [file, text] of texts) this.known.set(file, factsOf(engine, text, 'python', COLLECTORS));
    this.modules = new WorkspaceModules(this.files, (file) => this.known.get(file));
  }

  facts(file: string): FileFacts | undefined {
    return this.known.get(file);
  }

  async exists(path: string): Promise<boolean> {
    return this.texts.has(path);
  }

  async open(file: string): Promise<Document> {
    const known = this.documents.get(file);
    if (known) return known;
    const text = this.texts.get(file);
    if (text === undefined) throw new Refusal('unreadable', { file });
    const source = new SourceFile(text);
    const parsed = parsedFile(this.engine.parse(text, 'python').rootNode, source, 'python');
    const document: Document = {
      file,
      hash: contentHash(text),
      style: styleOf(source, 'python', this.style),
      language: parsed.language,
      family: parsed.family,
      root: parsed.root,
      source,
      get semantics() {
        return parsed.semantics;
      },
      get pythonImports() {
        return parsed.pythonImports;
      },
    };
    this.documents.set(file, document);
    return document;
  }
}
