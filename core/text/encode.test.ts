import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, type TextEncoding } from './decode';
import { encodeText } from './encode';

const bytesOf = (text: string, encoding: TextEncoding): Buffer => {
  const encoded = encodeText(text, encoding);
  if (!(encoded instanceof Uint8Array)) throw new Error(`not encodable: ${JSON.stringify(encoded)}`);
  return Buffer.from(encoded);
};

const BOMS: Readonly<Record<string, readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
};

/** Labels as Python files name them, one for each kind of table. */
const SINGLE_BYTE = [
  'latin-1',
  'ascii',
  'cp1252',
  'cp1250',
  'cp1251',
  'cp1253',
  'cp1255',
  'cp1257',
  'cp866',
  'windows-874',
  'iso-8859-2',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'macintosh',
];
const MULTI_BYTE = ['shift_jis', 'euc-jp', 'euc-kr', 'gbk', 'gb18030', 'big5', 'iso-2022-jp'];

describe('what has been read is written back byte for byte', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s with a byte order mark', (encoding) => {
    const mark = Buffer.from(BOMS[encoding]!);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const text = raw.replaceAll('\0', '');
        const bytes = bytesOf(text, { encoding, hasBom: true });
        expect(bytes.subarray(0, mark.length)).toEqual(mark);
        expect(decodeText(bytes, 'typescript')).toEqual({ ok: true, text, encoding, hasBom: true });
      }),
    );
  });

  test('any bytes that are read as UTF-8 or UTF-16', () => {
    const start = fc.constantFrom([], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]);
    const body = fc.oneof(
      fc.uint8Array({ min: 1 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    let accepted = 0;
    fc.assert(
      fc.property(start, body, (mark, rest) => {
        const bytes = Buffer.concat([Buffer.from(mark), rest]);
        const decoded = decodeText(bytes, 'typescript');
        if (!decoded.ok) return;
        accepted++;
        expect(bytesOf(decoded.text, decoded)).toEqual(bytes);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  test.each(SINGLE_BYTE)('every byte that %s accepts', (label) => {
    const cookie = Buffer.from(`# coding: ${label}\n`);
    const accepted = Array.from({ length: 255 }, (_, index) => index + 1).filter(
      (byte) => decodeText(Buffer.concat([cookie, Buffer.from([byte])]), 'python').ok,
    );
    expect(accepted.length).toBeGreaterThanOrEqual(127);
    const bytes = Buffer.concat([cookie, Buffer.from(accepted)]);
    const decoded = decodeText(bytes, 'python');
    if (!decoded.ok) throw new Error(decoded.detail);
    expect(bytesOf(decoded.text, decoded)).toEqual(bytes);
  });
});

describe('encodings with several spellings of a character', () => {
  test.each(MULTI_BYTE)('what is written in %s is read as the same text, whatever the bytes were', (label) => {
    const cookie = Buffer.from(`# coding: ${label}\n`);
    const pair = fc.tuple(fc.integer({ min: 0x81, max: 0xfe }), fc.integer({ min: 0x40, max: 0xfe }));
    const ascii = fc.integer({ min: 0x20, max: 0x7e }).map((byte) => [byte]);
    fc.assert(
      fc.property(fc.array(fc.oneof(pair, ascii), { maxLength: 6 }), (parts) => {
        const decoded = decodeText(Buffer.concat([cookie, Buffer.from(parts.flat())]), 'python');
        if (!decoded.ok) return;
        const encoded = encodeText(decoded.text, decoded);
        if (encoded instanceof Uint8Array) expect(decodeText(encoded, 'python')).toEqual(decoded);
        else expect(decoded.text.startsWith(encoded.unencodable, encoded.at)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['shift_jis', '日本語', '93fa967b8cea'],
    ['euc-jp', '日本語', 'c6fccbdcb8ec'],
    ['euc-kr', '한국어', 'c7d1b1b9beee'],
    ['gbk', '中文', 'd6d0cec4'],
    ['gb18030', '中文', 'd6d0cec4'],
    ['big5', '中文', 'a4a4a4e5'],
    ['euc-jp', '\u00e9', '8fabb1'],
    ['windows-1252', '€\u0081', '8081'],
  ])('%s spells %s', (encoding, text, hex) => {
    expect(bytesOf(text, { encoding, hasBom: false }).toString('hex')).toBe(hex);
  });
});

describe('what an encoding cannot spell is named with its place', () => {
  test.each([
    ['ascii', 'a = "ł"', 'ł', 5],
    ['latin1', '😀', '😀', 0],
    ['windows-1252', 'é\u0080', '\u0080', 1],
    ['iso-8859-2', 'é😀', '😀', 1],
    ['shift_jis', '日😀', '😀', 1],
    ['gb18030', '中😀', '😀', 1],
    ['iso-2022-jp', 'a日', '日', 1],
    ['iso-2022-jp', 'a\u001b$B', '\u001b', 1],
    ['utf-8', 'a\ud800b', '\ud800', 1],
    ['utf-16le', '😀\udc00', '\udc00', 2],
  ])('%s: %j', (encoding, text, unencodable, at) => {
    expect(encodeText(text, { encoding, hasBom: false })).toEqual({ unencodable, at });
  });
});
