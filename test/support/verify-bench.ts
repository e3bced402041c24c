import { expect } from 'vitest';
import { ChangeBuilder } from '../../core/edit/change-builder';
import type { ChangeSet } from '../../core/edit/change-set';
import { Refusal } from '../../core/edit/refusal';
import type { Document } from '../../core/edit/snapshot';
import type { Finding } from '../../core/rule/finding';
import { type VerifiedChange, verify } from '../../core/verify/index';
import type { TypeScriptChecker, TypeScriptVerdict } from '../../core/verify/typescript';
import { RULES } from '../../session/registry';
import type { Workspace } from '../../session/workspace';
import { openWorkspace } from './open-workspace';

/** A compiler that always says the same. */
export const answering = (verdict: TypeScriptVerdict): TypeScriptChecker => ({ check: async () => verdict });
export const NO_TYPESCRIPT = answering({ kind: 'unavailable', reason: 'not asked for' });

export type Edit = (changes: ChangeBuilder, document: Document) => void | Promise<void>;

/** Reports every silent handler, so that the samples need not know which ones are reported by default. */
const STRICT = { 'seamline.json': '{ "rules": { "silent-exception": { "strictness": "all" } } }' };

/** A workspace with one swallowed exception, which changes of all kinds claim to cure: what `verify` says of them. */
export class Bench {
  private constructor(
    readonly workspace: Workspace,
    readonly file: string,
  ) {}

  static async of(files: Record<string, string>, file = 'app/load.py'): Promise<Bench> {
    return new Bench(await openWorkspace({ ...STRICT, ...files }), file);
  }

  async build(...edits: Edit[]): Promise<ChangeSet> {
    const changes = new ChangeBuilder(this.workspace);
    for (const edit of edits) await edit(changes, await this.workspace.open(this.file));
    return changes.build();
  }

  async verify(change: ChangeSet, typescript = NO_TYPESCRIPT): Promise<VerifiedChange> {
    const { workspace } = this;
    const services = {
      engine: workspace.engine,
      typescript,
      rules: RULES,
      reanalyse: workspace.reanalyse.bind(workspace),
    };
    return verify(change, this.target, workspace, services);
  }

  get target(): Finding {
    const target = this.workspace
      .findings()
      .find(({ rule, file }) => rule === 'silent-exception' && file === this.file);
    if (!target) throw new Error(`no silent exception is found in ${this.file}`);
    return target;
  }

  /** The code and arguments of the refusal that a change meets, or `verified`. */
  async verdict(...edits: Edit[]): Promise<unknown> {
    try {
      await this.verify(await this.build(...edits));
      return 'verified';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { code: error.code, ...error.args };
    }
  }
}

/** Replaces the first occurrence of some text. */
export const swap =
  (old: string, now: string): Edit =>
  (changes, document) => {
    const start = document.source.text.indexOf(old);
    expect(start, `"${old}" is in the file`).toBeGreaterThanOrEqual(0);
    changes.replace(document, start, start + old.length, now);
  };
