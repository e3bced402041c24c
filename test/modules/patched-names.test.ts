import { beforeAll, describe, expect, test } from 'vitest';
import type { FactCollector } from '../../core/facts/parsed-file';
import { PATCHED_NAMES_ID, type PatchFact, patchedNamesCollector, patchesOf } from '../../core/facts/patched-names';
import type { Json } from '../../core/rule/finding';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { MemorySnapshot } from '../edit/imports/memory-snapshot';
import { factsOf, wasmEngine } from '../support/engine';

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

function targets(text: string): string[] {
  const collectors = [patchedNamesCollector] as unknown as FactCollector<Json>[];
  const facts = factsOf(engine, text, 'python', collectors).byCollector[PATCHED_NAMES_ID];
  return ((facts ?? []) as unknown as readonly PatchFact[]).map(
    ({ target, line, count, uncertain }) =>
      `${line} ${target}${count === undefined ? '' : ` x${count}`}${uncertain ? ' ?' : ''}`,
  );
}

describe('what a test replaces', () => {
  test.each([
    ['@patch("app.mail.send")\ndef test(): ...', ['0 app.mail.send']],
    [
      'with mock.patch("app.mail.send") as m, unittest.mock.patch(\n  target="app.log"): ...',
      ['0 app.mail.send', '0 app.log'],
    ],
    ['mocker.patch("app.mail.send")', ['0 app.mail.send']],
    ['monkeypatch.setattr("app.mail.send", fake)', ['0 app.mail.send']],
    ['monkeypatch.delattr("app.mail.send")', ['0 app.mail.send']],
    ['from app import mail\nmonkeypatch.setattr(mail, "send", fake)', ['1 app.mail.send']],
    ['import app.mail as m\npatch.object(m, "send")', ['1 app.mail.send']],
    ['import app.mail\npatch.object(app.mail, attribute="send")', ['1 app.mail.send']],
    ['from app.mail import Mailer\npatch.object(Mailer, "send")', ['1 app.mail.Mailer.send']],
    ['from .mail import Mailer\nmocker.patch.object(Mailer, "send")', ['1 .mail.Mailer.send']],
    ['from . import mail\nmocker.spy(mail, "send")', ['1 .mail.send']],
    ['patch.dict("app.mail.HOSTS", {})', ['0 app.mail.HOSTS']],
    ['from app.mail import HOSTS\npatch.dict(HOSTS, {})', ['1 app.mail.HOSTS']],
    ['patch.multiple("app.mail", send=1, HOSTS=2, autospec=True)', ['0 app.mail.send', '0 app.mail.HOSTS']],
    ['M = "app.mail"\npatch(f"{M}.send")\npatch(M + ".HOSTS")', ['1 app.mail.send', '2 app.mail.HOSTS']],
    ['M = "app.mail"\ndef f(name):\n  patch(f"{M}.{name}")\n  patch(f"{M}.send_{name}")', ['2 app.mail.* x2']],
    ['from app import mail\npatch(f"{mail.__name__}.send")', ['1 app.mail.send']],
    ['patch("app.mail.send")\n\nmocker.patch("app.mail.send")', ['0 app.mail.send x2']],
    [
      'patch.object(\n  new=len("a, b"),\n  attribute="send",\n  target=mail,\n)\nfrom app import mail',
      ['0 app.mail.send'],
    ],
    ['from app import (\n  log,  # (kept)\n  mail as post,\n)\nmocker.patch.object(post, "send")', ['4 app.mail.send']],
    [
      'def f():\n  from app import mail\ndef g(mp: MonkeyPatch):\n  from lib import mail\n  mp.setattr(mail, "send", 1)',
      ['4 app.mail.send ?', '4 lib.mail.send ?'],
    ],
    ['from app import mail\nmail = mail.box\nmocker.spy(mail, "send")', ['2 app.mail.send ?']],
    ['from app import mail\nwith monkeypatch.context() as m:\n  m.setattr(mail, NAME, 1)', ['2 app.mail.*']],
    ['patch("app.mail.%s" % name)\npatch("app.mail." + name.lower())', ['1 app.mail.*']],
    ['S = "app.mail.send"\npatch(S)\npatch("app.mail" ".HOSTS")', ['1 app.mail.send', '2 app.mail.HOSTS']],
  ])('%s', (text, expected) => {
    expect(targets(text)).toEqual(expected);
  });

  test.each([
    'client.patch("/items/1")',
    'requests.patch("items")',
    'patch("time.sleep")',
    'import time\nmonkeypatch.setattr(time, "sleep", f)',
    'patch(name)',
    'M = "a.b"\nM = "a.c"\npatch(f"{M}.x")',
    'class A: ...\npatch.object(A, "x")',
    'setattr(mail, "send", monkeypatch)',
    'monkeypatch.setenv("app.mail", "x")',
    'x = "patch(\'app.mail.send\')"',
    'x = 1  # was patch("app.mail.send")',
    'patch(b"app.mail.send")',
    'patch("app.mail.send"',
  ])('nothing of ours: %s', (text) => {
    expect(targets(text)).toEqual([]);
  });
});

test('the places that replace a name of a module', () => {
  const files = new Map([
    ['app/__init__.py', ''],
    ['app/mail.py', 'import smtplib\n'],
    [
      'tests/test_mail.py',
      [
        'from unittest.mock import patch',
        'from app import mail',
        'patch("app.mail.smtplib.SMTP")',
        'patch.object(mail, "smtplib")',
        'patch("app.mail.other")',
        'def f(n): patch(f"app.mail.{n}")',
        'patch("app.smtplib")',
      ].join('\n'),
    ],
  ]);
  const snapshot = new MemorySnapshot(files, engine);
  expect(patchesOf(snapshot, 'app/mail.py', 'smtplib')).toEqual([
    { file: 'tests/test_mail.py', line: 2, count: 1, certain: true },
    { file: 'tests/test_mail.py', line: 3, count: 1, certain: true },
    { file: 'tests/test_mail.py', line: 5, count: 1, certain: false },
  ]);
});
