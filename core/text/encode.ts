import { decodeBody, type TextEncoding } from './decode';

/** The first character of a text that its encoding cannot spell. */
export interface Unencodable {
  readonly unencodable: string;
  /** UTF-16 offset of that character. */
  readonly at: number;
}

/**
 * Spells a text in an encoding that `decodeText` has reported, with its byte order mark: the inverse of `decodeText`.
 *
 * Legacy encodings know several spellings of some characters, and `iso-2022-jp` keeps a state. What comes out always decodes to the
 * text again; whether it also has the bytes that a file had before must be compared by whoever writes the file back.
 */
export function encodeText(text: string, { encoding, hasBom }: TextEncoding): Uint8Array | Unencodable {
  // Half of a surrogate pair is no character in any encoding.
  const half = LONE_SURROGATE.exec(text);
  if (half) return { unencodable: half[0], at: half.index };
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(hasBom ? `\ufeff${text}` : text, 'utf8');
    case 'utf-16le':
      return Buffer.from(hasBom ? `\ufeff${text}` : text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(hasBom ? `\ufeff${text}` : text, 'utf16le').swap16();
    case 'latin1':
      return firstMatch(text, BEYOND_LATIN1) ?? Buffer.from(text, 'latin1');
    case 'ascii':
      return firstMatch(text, BEYOND_ASCII) ?? Buffer.from(text, 'latin1');
    default:
      return encodeByTable(text, encoding);
  }
}

const LONE_SURROGATE = /\p{Cs}/u;
const BEYOND_LATIN1 = /[^\0-\xff]/u;
const BEYOND_ASCII = /[^\0-\x7f]/u;

function firstMatch(text: string, pattern: RegExp): Unencodable | undefined {
  const match = pattern.exec(text);
  return match ? { unencodable: match[0], at: match.index } : undefined;
}

function encodeByTable(text: string, encoding: string): Uint8Array | Unencodable {
  const table = tableOf(encoding);
  const bytes: number[] = [];
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const spelling = table.get(character);
    if (spelling !== undefined) bytes.push(...spelling);
    else if (code < 0x80) bytes.push(code);
    else return { unencodable: character, at };
    at += character.length;
  }
  const encoded = Buffer.from(bytes);
  const decoded = decodeBody(encoding, encoded);
  // Control characters that switch the state of `iso-2022-jp` are ASCII and yet not spelt by themselves.
  return decoded === text ? encoded : differenceOf(text, decoded ?? '');
}

function differenceOf(text: string, decoded: string): Unencodable {
  let at = 0;
  while (at < text.length && text[at] === decoded[at]) at++;
  const character = String.fromCodePoint(text.codePointAt(at) ?? text.charCodeAt(0));
  return { unencodable: character, at };
}

type Spelling = readonly number[];

const tables = new Map<string, ReadonlyMap<string, Spelling>>();

/**
 * The spellings of all characters that take up to three bytes, found by decoding every sequence once. ASCII is looked up as well:
 * the decoder for ibm866 exchanges three of its control characters.
 */
function tableOf(encoding: string): ReadonlyMap<string, Spelling> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map<string, Spelling>();
  for (const row of sequencesOf(encoding)) addRow(table, encoding, row);
  tables.set(encoding, table);
  return table;
}

/**
 * Decodes a row of sequences at once, one a line: a decoder for each would take seconds. A line feed ends every broken sequence, as it
 * can be the trail byte of none.
 */
function addRow(table: Map<string, Spelling>, encoding: string, row: readonly Spelling[]): void {
  const bytes = Buffer.from(row.flatMap((sequence) => [...sequence, LF]));
  const lines = lenientDecode(encoding, bytes).split('\n');
  for (const [index, sequence] of row.entries()) {
    const character = lines[index] ?? '';
    // Broken sequences become the replacement character; a few of Big5 decode to two characters. Neither is a spelling.
    if (character === '\ufffd' || [...character].length !== 1) continue;
    // Of several spellings the first counts, which for most characters is what other encoders write.
    if (!table.has(character)) table.set(character, sequence);
  }
}

const LF = 10;

function lenientDecode(encoding: string, bytes: Uint8Array): string {
  const strict = decodeBody(encoding, bytes);
  return strict ?? new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** Those of the WHATWG Encoding Standard in which a character may take two bytes (or, in EUC-JP after 0x8F, three). */
const DOUBLE_BYTE = new Set(['big5', 'euc-jp', 'euc-kr', 'gb18030', 'gbk', 'shift_jis']);

/** All sequences to try, in rows. The four-byte forms of GB18030 are left out: more than a million for characters hardly met. */
function* sequencesOf(encoding: string): Generator<readonly Spelling[]> {
  // Its characters beyond ASCII stand between escape sequences.
  if (encoding === 'iso-2022-jp') return;
  yield bytesFrom(1)
    .filter((byte) => byte !== LF)
    .map((byte) => [byte]);
  if (!DOUBLE_BYTE.has(encoding)) return;
  for (const lead of bytesFrom(0x80)) yield bytesFrom(0x30).map((trail) => [lead, trail]);
  if (encoding !== 'euc-jp') return;
  for (const second of bytesFrom(0xa1)) yield bytesFrom(0xa1).map((third) => [0x8f, second, third]);
}

function bytesFrom(first: number): number[] {
  return Array.from({ length: 0x100 - first }, (_, index) => first + index);
}
