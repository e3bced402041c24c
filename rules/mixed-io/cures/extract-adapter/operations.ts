/**
 * What is done to files, in words that say it of any file, by the last name of the call: the plainest first, another one where that is
 * taken. Both languages join them in their own way. A method is named after its file only by what it does, because the file is handed to it.
 */
const FILE_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  read_text: ['read_text'],
  read_bytes: ['read_bytes'],
  write_text: ['write_text'],
  write_bytes: ['write_bytes'],
  append_text: ['append_text'],
  unlink: ['unlink'],
  remove: ['remove'],
  delete: ['delete'],
  rmdir: ['remove_folder'],
  removedirs: ['remove_folders'],
  rmtree: ['remove_tree'],
  rename: ['rename'],
  replace: ['replace'],
  move: ['move'],
  copy: ['copy'],
  copy2: ['copy', 'copy_with_metadata'],
  copyfile: ['copy', 'copy_content'],
  copytree: ['copy_tree'],
  copymode: ['copy_mode'],
  copystat: ['copy_metadata'],
  listdir: ['list_folder', 'list_names'],
  iterdir: ['list_folder', 'list_paths'],
  scandir: ['scan_folder'],
  glob: ['find_files', 'find_paths'],
  iglob: ['find_files', 'iterate_files'],
  rglob: ['find_files_below', 'find_files_in_tree'],
  walk: ['walk_tree'],
  chmod: ['set_mode'],
  chown: ['set_owner'],
  symlink: ['symlink'],
  symlink_to: ['symlink'],
  hardlink_to: ['hard_link'],
  link: ['hard_link'],
  utime: ['set_times'],
  truncate: ['truncate'],
  mkfifo: ['make_pipe'],
  extract: ['extract_member'],
  extractall: ['extract_archive'],
  add: ['add_to_archive'],
  write: ['add_to_archive'],
  make_archive: ['make_archive'],
  unpack_archive: ['extract_archive', 'unpack_archive'],
  save: ['save'],
};

/** The names of an operation; the call's own last word where it is not known. */
export function fileOperation(verb: string): readonly string[] {
  return Object.hasOwn(FILE_OPERATIONS, verb) ? FILE_OPERATIONS[verb]! : [verb];
}

/** What the arguments of a file's call are: first the file, unless the call is made on it. */
const FILE_ROLES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:copy\w*|move|rename|replace)$/, ['source', 'target']],
  [/^(?:symlink|link)$/, ['target', 'link']],
  [/^(?:symlink_to|hardlink_to)$/, ['link', 'target']],
  [/^read_text$/, ['path', 'encoding']],
  [/^(?:write|append)_text$/, ['path', 'text', 'encoding']],
  [/^(?:write|append)_bytes$/, ['path', 'data']],
  [/^(?:listdir|iterdir|scandir|walk|rmdir|removedirs|rmtree)$/, ['folder']],
  [/^(?:r?glob)$/, ['folder', 'pattern']],
  [/^chmod$/, ['path', 'mode']],
  [/^chown$/, ['path', 'owner', 'group']],
  [/^utime$/, ['path', 'times']],
  [/^truncate$/, ['path', 'size']],
  [/^make_archive$/, ['target', 'archive_format', 'folder']],
  [/^unpack_archive$/, ['archive', 'target', 'archive_format']],
  [/^extractall$/, ['target']],
  [/^save$/, ['path', 'content']],
];

/**
 * What the argument of a file's call is for, counted with the path that the call is made on; undefined where that is not known.
 * @param isOnPath whether the call is made on a path
 */
export function fileRole(verb: string, at: number, isOnPath = true): string | undefined {
  if (/^i?glob$/.test(verb) && !isOnPath) return at === 0 ? 'pattern' : undefined;
  const roles = FILE_ROLES.find(([pattern]) => pattern.test(verb))?.[1] ?? ['path'];
  return roles[at];
}
