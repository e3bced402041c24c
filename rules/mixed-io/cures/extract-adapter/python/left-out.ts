/** The defaults of keyword arguments that calls may leave out, by the qualified name of the call; those that say the same as leaving them out. */
const DEFAULTS: readonly (readonly [RegExp, Readonly<Record<string, string>>])[] = [
  [
    /^(?:(?:builtins|io|gzip|bz2|lzma|aiofiles)\.open|.*Path\.open)$/,
    { encoding: 'None', errors: 'None', newline: 'None' },
  ],
  [/Path\.(?:read|write)_text$/, { encoding: 'None', errors: 'None' }],
  [/Path\.unlink$/, { missing_ok: 'False' }],
  [
    /^subprocess\.(?:run|Popen|call|check_call|check_output)$/,
    {
      cwd: 'None',
      env: 'None',
      timeout: 'None',
      check: 'False',
      capture_output: 'False',
      text: 'None',
      universal_newlines: 'None',
      encoding: 'None',
      errors: 'None',
      shell: 'False',
      stdin: 'None',
      stdout: 'None',
      stderr: 'None',
      start_new_session: 'False',
      preexec_fn: 'None',
      startupinfo: 'None',
      creationflags: '0',
      bufsize: '-1',
      close_fds: 'True',
      executable: 'None',
    },
  ],
  [/^subprocess\.run$/, { input: 'None' }],
  [
    /^requests\.(?:get|post|put|patch|delete|options|request)$/,
    {
      headers: 'None',
      params: 'None',
      json: 'None',
      data: 'None',
      auth: 'None',
      cookies: 'None',
      files: 'None',
      proxies: 'None',
      timeout: 'None',
      verify: 'None',
      stream: 'False',
      allow_redirects: 'True',
    },
  ],
  [
    /^httpx\.(?:get|post|put|patch|delete|options|head|request)$/,
    {
      headers: 'None',
      params: 'None',
      cookies: 'None',
      auth: 'None',
      json: 'None',
      data: 'None',
      files: 'None',
      content: 'None',
      verify: 'True',
      follow_redirects: 'False',
    },
  ],
  [/^shutil\.rmtree$/, { ignore_errors: 'False' }],
  [/^shutil\.copytree$/, { symlinks: 'False', ignore: 'None', dirs_exist_ok: 'False' }],
  [/^shutil\.(?:copy2?|copyfile)$/, { follow_symlinks: 'True' }],
  [/^os\.walk$/, { topdown: 'True', onerror: 'None', followlinks: 'False' }],
  [/^glob\.i?glob$/, { recursive: 'False' }],
  [/^json\.dumps?$/, { indent: 'None', ensure_ascii: 'True', sort_keys: 'False', default: 'None', separators: 'None' }],
];

/** What a keyword argument is where it is left out; undefined where that is not known. */
export function defaultOf(path: string, keyword: string): string | undefined {
  for (const [pattern, defaults] of DEFAULTS)
    if (pattern.test(path) && Object.hasOwn(defaults, keyword)) return defaults[keyword];
  return undefined;
}
