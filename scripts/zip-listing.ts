const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * The names of the files in a ZIP archive, from its central directory (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16).
 * @throws Error when the bytes are no archive
 */
export function listZip(bytes: Buffer): string[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('not a ZIP archive');
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('the directory of the ZIP archive is broken');
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
