import { describe, expect, test } from 'vitest';
import { decodeText } from '../../core/text/decode';

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const bom = Buffer.from([0xef, 0xbb, 0xbf]);

describe('what is read', () => {
  test.each([
    ['plain ASCII', Buffer.from('x = 1\n'), 'python', 'x = 1\n', 'utf-8', false],
    ['nothing', Buffer.alloc(0), 'python', '', 'utf-8', false],
    ['UTF-8 beyond the basic plane', Buffer.from('s = "ä😀"'), 'typescript', 's = "ä😀"', 'utf-8', false],
    ['a byte order mark', Buffer.concat([bom, Buffer.from('ä')]), 'python', 'ä', 'utf-8', true],
    ['a byte order mark alone', bom, 'typescript', '', 'utf-8', true],
    ['UTF-16 in TypeScript', utf16('const a = "ä"'), 'typescript', 'const a = "ä"', 'utf-16le', true],
    ['UTF-16, big-endian', utf16('ab').swap16(), 'typescript', 'ab', 'utf-16be', true],
    ['a cookie', latin('# -*- coding: latin-1 -*-\né'), 'python', '# -*- coding: latin-1 -*-\né', 'latin1', false],
    [
      'true latin-1, not windows-1252',
      latin('# coding: iso-8859-1\n\x80'),
      'python',
      '# coding: iso-8859-1\n\x80',
      'latin1',
      false,
    ],
    ['windows-1252', latin('# coding=cp1252\n\x80'), 'python', '# coding=cp1252\n€', 'windows-1252', false],
    [
      'a cookie with another spelling',
      latin('# vim: set fileencoding=ISO_8859-15 :\n\xa4'),
      'python',
      '# vim: set fileencoding=ISO_8859-15 :\n€',
      'iso-8859-15',
      false,
    ],
    [
      'a cookie in the second line',
      latin('#!/usr/bin/python\n# coding: latin-1\né'),
      'python',
      '#!/usr/bin/python\n# coding: latin-1\né',
      'latin1',
      false,
    ],
    [
      'a cookie of UTF-8 with a mark',
      Buffer.concat([bom, Buffer.from('# coding: utf-8\n')]),
      'python',
      '# coding: utf-8\n',
      'utf-8',
      true,
    ],
    [
      'no cookie behind code',
      Buffer.from('x = 1\n# coding: latin-1\n'),
      'python',
      'x = 1\n# coding: latin-1\n',
      'utf-8',
      false,
    ],
    [
      'no cookies in TypeScript',
      Buffer.from('# coding: nonsense\n'),
      'typescript',
      '# coding: nonsense\n',
      'utf-8',
      false,
    ],
  ] as const)('%s', (_, bytes, family, text, encoding, hasBom) => {
    expect(decodeText(bytes, family)).toEqual({ ok: true, text, encoding, hasBom });
  });
});

describe('what is refused', () => {
  test.each([
    ['a NUL byte', Buffer.from('a\nb\0'), 'python', 'binary', 'line 2, offset 3: a NUL byte'],
    [
      'a byte that is no UTF-8',
      latin('# a\nx = "\xe9"\n'),
      'python',
      'encoding',
      'line 2, offset 9: byte 0xE9 is not valid UTF-8',
    ],
    [
      'an overlong form',
      Buffer.from([0x61, 0xc0, 0xaf]),
      'typescript',
      'encoding',
      'line 1, offset 1: byte 0xC0 is not valid UTF-8',
    ],
    [
      'a surrogate',
      Buffer.from([0xed, 0xa0, 0x80]),
      'typescript',
      'encoding',
      'line 1, offset 0: byte 0xED is not valid UTF-8',
    ],
    [
      'a sequence cut off',
      Buffer.from([0x61, 0x0a, 0xf0, 0x9f, 0x98]),
      'python',
      'encoding',
      'line 2, offset 2: byte 0xF0 is not valid UTF-8',
    ],
    ['UTF-16 in Python', utf16('x = 1'), 'python', 'encoding', 'the file is UTF-16LE, which Python does not read'],
    [
      'half a character of UTF-16',
      Buffer.from([0xff, 0xfe, 0x61]),
      'typescript',
      'encoding',
      'the file is not valid utf-16le',
    ],
    [
      'an unknown cookie',
      Buffer.from('# coding: klingon\n'),
      'python',
      'encoding',
      'the coding cookie names "klingon", which is not supported',
    ],
    [
      'a mark that contradicts the cookie',
      Buffer.concat([bom, latin('# coding: latin-1\n')]),
      'python',
      'encoding',
      'the file has a UTF-8 byte order mark, but its coding cookie says "latin-1"',
    ],
    [
      'letters under an ASCII cookie',
      latin('# coding: ascii\n\xe9'),
      'python',
      'encoding',
      'line 2, offset 16: byte 0xE9 is not ASCII, which the coding cookie names',
    ],
  ] as const)('%s', (_, bytes, family, reason, detail) => {
    expect(decodeText(bytes, family)).toEqual({ ok: false, reason, detail });
  });
});
