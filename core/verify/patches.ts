import type { ChangeNote } from '../edit/change-set';
import { VerificationFailure } from '../edit/refusal';
import type { Snapshot } from '../edit/snapshot';
import { collectFacts } from '../facts/collect';
import type { FactCollector } from '../facts/parsed-file';
import { type ModulePatch, patchedNamesCollector, patchesOfModule } from '../facts/patched-names';
import type { Json } from '../rule/finding';
import type { Binding } from '../semantics/model';
import type { Candidate, CandidateFile } from './candidate';
import { isBoundAtRunTime, type PatchedUse, useOf } from './patched-use';

/**
 * The third part of check 4: a name that a test replaces in a module is still bound there, and the code that used it still looks it up
 * there. A patch of `module.name` changes what the module's own name means and nothing else; one of `module.name.member` changes an
 * object that all share, so that only the way to it must stay.
 *
 * @returns what may have lost its effect, for the reader to decide
 * @throws VerificationFailure `patched-name`
 */
export function checkPatches(candidate: Candidate, snapshot: Snapshot): ChangeNote[] {
  const after = patchesAfter(candidate, snapshot);
  return candidate.files.flatMap((one) => {
    if (!one.before || one.after.family !== 'python') return [];
    const patches = patchesOfModule(after, one.file);
    if (patches.length === 0) return [];
    const doubts = new Map<string, ModulePatch[]>();
    const uses = new Map<string, PatchedUse>();
    for (const [patch, binding] of patchedBindings(one, patches)) {
      const { name } = binding;
      const use = uses.get(name) ?? useOf(binding, one, candidate, snapshot.modules);
      uses.set(name, use);
      const verdict = verdictOf(patch, binding, use, one, candidate);
      if (verdict === 'effective') continue;
      if (verdict === 'lost' && patch.certain) throw failure(patch, binding);
      const label = [name, ...patch.inside].join('.');
      doubts.set(label, [...(doubts.get(label) ?? []), patch]);
    }
    return [...doubts].map(([name, all]) => doubt(name, all, one.file));
  });
}

/** The workspace as patches see it after the change: a test that the change touches may patch other names then. */
function patchesAfter(candidate: Candidate, snapshot: Snapshot): Parameters<typeof patchesOfModule>[0] {
  const collectors = [patchedNamesCollector] as unknown as FactCollector<Json>[];
  const touched = new Map(candidate.files.map(({ file, after }) => [file, collectFacts(after, collectors)]));
  return {
    files: [...new Set([...snapshot.files, ...touched.keys()])],
    modules: snapshot.modules,
    facts: (file) => touched.get(file) ?? snapshot.facts(file),
  };
}

/** What each patch replaces, as it was before the change; all that the module binds where only run time knows the name. */
function patchedBindings({ before }: CandidateFile, patches: readonly ModulePatch[]): [ModulePatch, Binding][] {
  const { bindings } = before!.semantics.root;
  return patches.flatMap((patch) => {
    const one = patch.name === undefined ? undefined : bindings.get(patch.name);
    const all = patch.name === undefined ? [...bindings.values()] : one ? [one] : [];
    return all.filter(isBoundAtRunTime).map((binding): [ModulePatch, Binding] => [patch, binding]);
  });
}

type Verdict = 'effective' | 'doubtful' | 'lost';

function verdictOf(
  patch: ModulePatch,
  binding: Binding,
  use: PatchedUse,
  one: CandidateFile,
  candidate: Candidate,
): Verdict {
  const now = one.after.semantics.root.bindings.get(binding.name);
  if (!now || !isBoundAtRunTime(now)) return 'lost';
  const [member] = patch.inside;
  if (member !== undefined) return isMemberLost(member, binding, one, candidate) ? 'doubtful' : 'effective';
  if (use.isElsewhere || (use.lost > 0 && use.left === 0)) return 'lost';
  return use.lost > 0 ? 'doubtful' : 'effective';
}

/** Whether a class, wherever it stands now, no longer defines a member; it may inherit it, which only a reader can tell. */
function isMemberLost(member: string, binding: Binding, one: CandidateFile, candidate: Candidate): boolean {
  if (!membersOf(one.before!, binding.name).has(member)) return false;
  const places = binding.writes.flatMap(({ start }) => candidate.destinationsOf({ file: one.file, offset: start }));
  const files = new Set([one.file, ...places.map(({ file }) => file)]);
  return ![...files].some((file) => membersOf(candidate.get(file)!.after, binding.name).has(member));
}

/** The names that the body of a file's class binds. */
function membersOf({ semantics }: CandidateFile['after'], name: string): ReadonlySet<string> {
  const classes = semantics.scopes.filter((scope) => scope.kind === 'class' && scope.name === name);
  return new Set(classes.flatMap((scope) => [...scope.bindings.keys()]));
}

function failure(patch: ModulePatch, { name }: Binding): VerificationFailure {
  const at = { line: patch.line, character: 0 };
  return new VerificationFailure(
    'patched-name',
    { name: [name, ...patch.inside].join('.'), test: patch.file, line: patch.line + 1 },
    { file: patch.file, range: { start: at, end: at } },
  );
}

function doubt(name: string, patches: readonly ModulePatch[], module: string): ChangeNote {
  const { file, line } = patches[0]!;
  const count = patches.reduce((sum, patch) => sum + patch.count, 0);
  return { messageId: 'patch-may-miss', args: { name, module, test: file, line: line + 1, count }, isDoubt: true };
}
