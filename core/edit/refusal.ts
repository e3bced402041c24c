import type { Message, MessageArgs, Place } from '../rule/finding';

/**
 * Why a cure is not carried out. Thrown wherever the reason is found, however deep; whoever runs cures catches it and shows it. The
 * code is stable and part of the command line's contract; the reason's template stands in {@link REFUSALS} or in the cure's metadata.
 */
export class Refusal extends Error implements Message {
  override readonly name: string = 'Refusal';

  /**
   * @param code stable, kebab case; the message id of its reason
   * @param args fill the template of the reason
   * @param at the place that stands in the way
   */
  constructor(
    readonly code: string,
    readonly args: MessageArgs = {},
    readonly at?: Place,
  ) {
    super(`${code} ${JSON.stringify(args)}`);
  }

  get messageId(): string {
    return this.code;
  }
}

/** A built change did not pass `verify`: a guard that the cure lacks, where a plain {@link Refusal} is a guard that it has. */
export class VerificationFailure extends Refusal {
  override readonly name: string = 'VerificationFailure';
}

/** The reasons for which any cure may be refused: ICU templates by code. Cures add their own in their metadata. */
export const REFUSALS: Readonly<Record<string, string>> = {
  'file-changed': 'the file changed in the meantime: try again',
  'file-exists': '{file} exists already',
  unreadable: '{file} cannot be read',
  'unparsed-syntax': 'line {line} of {file} is not understood, so nothing around it is touched',
  'lone-carriage-returns':
    '{file} has lines that end in a lone carriage return, which editors and Python count differently',
  'not-encodable': '{text} cannot be written in the encoding of {file} ({encoding})',
  'not-writable': '{file} cannot be written: {reason}',
  'write-in-progress': 'another run is writing to this workspace, or was interrupted while it did: try again',
  'write-interrupted': 'writing stopped at {file}: {reason}; the next run takes back what was written',
  'cannot-create-files':
    'this editor makes no new files for a language server, and {file} would be one: "seamline fix" makes it',
  'not-verifiable': 'the change cannot be checked: {reason}',
  'shape-error': 'the result would not be valid: {message} (line {line} of {file})',
  'new-diagnostic': 'TypeScript would report in {file}: {message}',
  'binding-changed': '{name} (line {line} of {file}) would mean something else after the change',
  'unresolved-name': '{name} (line {line} of {file}) would not be defined after the change',
  'left-unused': '{name} (line {line} of {file}) would be used by nothing any more',
  'comment-would-be-lost': 'the comment "{comment}" (line {line} of {file}) would be lost',
  'finding-remains': 'the finding would still be there after the change',
  'new-finding': 'the change would cause a new finding in {file}, line {line}: {rule}',
  'unreachable-module': '{module} cannot be imported from {file} as the project resolves its modules',
  'import-cycle': 'importing {module} in {file} would close an import cycle: {cycle}',
  'import-conflict': '{name} means something else in {file} already, and so cannot be imported under that name',
  'import-conditional': '{name} is imported in {file} only under a condition',
  'import-type-only': '{name} is imported for type checking only in {file}',
  'import-too-late': '{name} is imported in {file} only after line {line}, where it is needed',
  'patched-name': '{name} is replaced by a patch in {test}, line {line}, which would no longer have an effect',
  'flow-types': '{file} is checked by Flow, whose types cannot be said or checked here',
  'global-script':
    '{file} is a script without imports or exports: what stands at its top would be one for all scripts of a page. Name it with --name',
  'nothing-to-change': 'there is nothing left to change here',
  'no-cure': 'there is no cure for this finding of {rule} that fits what was asked for',
  'needs-review': 'the change needs your review: {note}',
};

/** What any change may note: ICU templates by message id. */
export const NOTES: Readonly<Record<string, string>> = {
  'grows-past-limit': '{file} grows past the limit of {rule}',
  'patch-may-miss':
    '{count, plural, one {a patch} other {# patches}} of {name} ({test}, line {line}) may no longer have the effect that {count, plural, one {it has} other {they have}} now: check what still looks it up in {module}',
  'types-unresolved':
    '{count, plural, one {the import "{module}" does not resolve} other {# imports, such as "{module}", do not resolve}} here, so the compiler cannot vouch for the types: are the packages installed?',
};
