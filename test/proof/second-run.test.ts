import { describe, expect, test } from 'vitest';
import type { ChangeSet } from '../../core/edit/change-set';
import { contentHash } from '../../core/edit/change-set';
import { applyEdits, type TextEdit } from '../../core/edit/text-edit';
import type { Finding, Severity } from '../../core/rule/finding';
import { changedFilesOf, withoutSuccessors } from '../../scripts/proof/cures/second-run';

const BEFORE = 'try:\n    a()\nexcept A:\n    pass\ntry:\n    b()\nexcept B:\n    pass\n';

/** A finding on a line, counted from 0; its fingerprint holds the code around, so that it tells nothing here. */
const finding = (line: number, file = 'a.py', severity: Severity = 'warning'): Finding => ({
  rule: 'silent-exception',
  messageId: 'broad',
  case: 'broad',
  args: {},
  severity,
  file,
  range: { start: { line, character: 0 }, end: { line, character: 9 } },
  related: [],
  fingerprint: `${file} ${line} ${severity}`,
  cures: [],
  data: {},
});

/** The change that makes some edits to `a.py`, and may create files. */
function changed(edits: readonly TextEdit[], creations: ChangeSet['creations'] = []) {
  const changes = [{ file: 'a.py', hash: contentHash(BEFORE), edits }];
  const files = [
    { file: 'a.py', before: BEFORE, after: applyEdits(BEFORE, edits) },
    ...creations.map(({ file, text }) => ({ file, before: undefined, after: text })),
  ];
  return changedFilesOf({ files, changeSet: { changes, creations, applicability: 'safe', notes: [] } });
}

const above = [{ start: 0, end: 0, newText: '# new\n' }];

describe('a finding is known again', () => {
  test('where its code stands after lines were added above', () => {
    expect(withoutSuccessors([finding(3), finding(7)], [finding(2), finding(6)], changed(above))).toEqual([]);
  });

  test('where its head was rewritten', () => {
    const start = BEFORE.indexOf('except A:');
    const edits = [{ start, end: start + 'except A:'.length, newText: 'except (A, B):' }];
    expect(withoutSuccessors([finding(2)], [finding(2)], changed(edits))).toEqual([]);
  });

  test('where its code was moved to', () => {
    const text = BEFORE.slice(BEFORE.indexOf('try:\n    b'));
    const start = BEFORE.length - text.length;
    const origins = [{ at: 0, length: text.length, file: 'a.py', start }];
    const moved = changed([{ start, end: BEFORE.length, newText: '' }], [{ file: 'b.py', text, origins }]);
    expect(withoutSuccessors([finding(2, 'b.py')], [finding(6)], moved)).toEqual([]);
  });

  test('in a file that did not change', () => {
    expect(withoutSuccessors([finding(2, 'c.py')], [finding(2, 'c.py')], changed(above))).toEqual([]);
  });
});

describe('a finding is new', () => {
  test('though one of its kind went from elsewhere in the file', () => {
    expect(withoutSuccessors([finding(7)], [finding(2)], changed(above))).toEqual([finding(7)]);
    expect(withoutSuccessors([finding(9, 'c.py')], [finding(2, 'c.py')], changed(above))).toEqual([finding(9, 'c.py')]);
  });

  test('when one that went has its heir already', () => {
    expect(withoutSuccessors([finding(3), finding(3)], [finding(2)], changed(above))).toHaveLength(1);
  });

  test('when it is graver, not when it is milder', () => {
    const error = finding(3, 'a.py', 'error');
    expect(withoutSuccessors([error], [finding(2)], changed(above))).toEqual([error]);
    expect(withoutSuccessors([finding(3, 'a.py', 'hint')], [finding(2)], changed(above))).toEqual([]);
  });

  test('when another rule found it', () => {
    const other = { ...finding(3), rule: 'mixed-io' };
    expect(withoutSuccessors([other], [finding(2)], changed(above))).toEqual([other]);
  });
});
