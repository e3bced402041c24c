import { isAscii, isUtf8 } from 'node:buffer';
import type { LanguageFamily } from '../syntax/language';

/** How a file's bytes spell its text: what an edit needs to write the file back as it was. */
export interface TextEncoding {
  /** `utf-8`, `utf-16le`, `utf-16be`, `latin1`, or a label of the WHATWG Encoding Standard. */
  readonly encoding: string;
  /** Whether the bytes start with a byte order mark; the text never does. */
  readonly hasBom: boolean;
}

export interface DecodedText extends TextEncoding {
  readonly ok: true;
  readonly text: string;
}

/** The bytes are no text of the language: `binary` for NUL bytes, `encoding` for everything else that cannot be read. */
export interface UndecodableText {
  readonly ok: false;
  readonly reason: 'binary' | 'encoding';
  readonly detail: string;
}

const LF = 10;
const CR = 13;

/**
 * Decodes a source file as its language's own tools do: strict UTF-8 unless a byte order mark or, in Python, a coding cookie
 * (PEP 263) says otherwise. Never guesses: bytes that do not fit are refused, so that columns and later edits are exact.
 */
export function decodeText(bytes: Uint8Array, family: LanguageFamily): DecodedText | UndecodableText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = utf16Of(buffer);
  if (utf16) {
    // CPython reads no UTF-16 source; TypeScript does.
    if (family === 'python')
      return refuse('encoding', `the file is ${utf16.toUpperCase()}, which Python does not read`);
    return decodeWith(utf16, buffer.subarray(2), true);
  }
  const hasBom = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  const body = hasBom ? buffer.subarray(3) : buffer;
  const nul = body.indexOf(0);
  if (nul >= 0) return refuse('binary', `${placeOf(body, nul)}: a NUL byte`);
  const cookie = family === 'python' ? codingCookie(body) : undefined;
  const encoding = cookie === undefined ? 'utf-8' : encodingOfCookie(cookie);
  if (encoding === undefined) return refuse('encoding', `the coding cookie names "${cookie}", which is not supported`);
  if (hasBom && encoding !== 'utf-8') {
    return refuse('encoding', `the file has a UTF-8 byte order mark, but its coding cookie says "${cookie}"`);
  }
  if (encoding === 'utf-8') return decodeUtf8(body, hasBom);
  if (encoding === 'latin1') return { ok: true, text: body.toString('latin1'), encoding, hasBom: false };
  if (encoding === 'ascii') return decodeAscii(body);
  return decodeWith(encoding, body, false);
}

function decodeUtf8(body: Buffer, hasBom: boolean): DecodedText | UndecodableText {
  // An ASCII string costs one byte a character, and no decoder: most source files take this door.
  if (isAscii(body)) return { ok: true, text: body.toString('latin1'), encoding: 'utf-8', hasBom };
  if (isUtf8(body)) return { ok: true, text: body.toString('utf8'), encoding: 'utf-8', hasBom };
  const at = firstInvalidUtf8(body);
  return refuse('encoding', `${placeOf(body, at)}: byte 0x${hex(body[at] ?? 0)} is not valid UTF-8`);
}

function decodeAscii(body: Buffer): DecodedText | UndecodableText {
  if (isAscii(body)) return { ok: true, text: body.toString('latin1'), encoding: 'ascii', hasBom: false };
  const at = body.findIndex((byte) => byte > 0x7f);
  return refuse(
    'encoding',
    `${placeOf(body, at)}: byte 0x${hex(body[at] ?? 0)} is not ASCII, which the coding cookie names`,
  );
}

/** What windows-1252 has in 0x80-0x9F; the five positions that it leaves open keep their control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Node's own decoder for this label takes a short cut and answers with latin-1 in several releases (nodejs/node#56542). */
function decodeWindows1252(body: Buffer): string {
  return body.toString('latin1').replace(/[\x80-\x9f]/g, (letter) => WINDOWS_1252[letter.charCodeAt(0) - 0x80]!);
}

function decodeWith(encoding: string, body: Buffer, hasBom: boolean): DecodedText | UndecodableText {
  const text = decodeBody(encoding, body);
  return text === undefined
    ? refuse('encoding', `the file is not valid ${encoding}`)
    : { ok: true, text, encoding, hasBom };
}

/**
 * The text that bytes without a byte order mark spell in UTF-16 or an encoding of the WHATWG standard, as `decodeText` reads them;
 * undefined where they spell none.
 */
export function decodeBody(encoding: string, body: Uint8Array): string | undefined {
  try {
    if (encoding === 'windows-1252') return decodeWindows1252(Buffer.from(body));
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function utf16Of(buffer: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  return undefined;
}

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** The coding cookie of a Python file: in the first line, or in the second if the first holds no code. */
function codingCookie(body: Buffer): string | undefined {
  const [first = '', second = ''] = body
    .subarray(0, 1000)
    .toString('latin1')
    .split(/\r\n|\r|\n/, 2);
  const cookie = COOKIE.exec(first) ?? (BLANK_OR_COMMENT.test(first) ? COOKIE.exec(second) : undefined);
  return cookie?.[1];
}

const ALIASES: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  'utf-8-sig': 'utf-8',
  'utf-8-unix': 'utf-8',
  'utf-8-dos': 'utf-8',
  'utf-8-mac': 'utf-8',
  'latin-1': 'latin1',
  latin1: 'latin1',
  l1: 'latin1',
  'iso-8859-1': 'latin1',
  'iso8859-1': 'latin1',
  '8859': 'latin1',
  cp819: 'latin1',
  'latin-1-unix': 'latin1',
  'iso-8859-1-unix': 'latin1',
  ascii: 'ascii',
  'us-ascii': 'ascii',
  '646': 'ascii',
  'latin-2': 'iso-8859-2',
  'latin-9': 'iso-8859-15',
  latin9: 'iso-8859-15',
};

/**
 * Python's name of an encoding as ours. The WHATWG labels `ascii` and `iso-8859-1` mean windows-1252, so these two never reach
 * `TextDecoder`; where other labels differ from Python's codecs, it is in control characters that no source holds.
 */
function encodingOfCookie(cookie: string): string | undefined {
  const name = cookie.toLowerCase().replaceAll('_', '-');
  const known = ALIASES[name];
  if (known) return known;
  // UTF-16 and UTF-32 without a mark cannot hold a readable cookie, and CPython refuses them as well.
  if (/^utf-?(7|16|32)/.test(name)) return undefined;
  for (const label of [name, name.replaceAll('-', '')]) {
    try {
      return new TextDecoder(label).encoding;
    } catch {
      // Not a label of the standard: try the next spelling.
    }
  }
  return undefined;
}

/** Offset of the first byte that starts no valid UTF-8 sequence (RFC 3629: no overlong forms, no surrogates, no more than U+10FFFF). */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next];
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  const isOverlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const isBeyond = (lead === 0xed && second > 0x9f) || (lead === 0xf4 && second > 0x8f);
  return isOverlong || isBeyond ? 0 : length;
}

function placeOf(bytes: Uint8Array, offset: number): string {
  let line = 1;
  for (let at = 0; at < offset; at++) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) line++;
  }
  return `line ${line}, offset ${offset}`;
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

function refuse(reason: UndecodableText['reason'], detail: string): UndecodableText {
  return { ok: false, reason, detail };
}
