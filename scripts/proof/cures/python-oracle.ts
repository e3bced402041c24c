import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadPyodide, type PyodideInterface } from 'pyodide';
import { added, type Failure, type Oracle, type ProvedFile } from './types';

const PYFLAKES = 'pyflakes==4.1.0';

/** What CPython and pyflakes say of one file. */
interface Opinion {
  /** Why CPython does not compile it. */
  readonly error: string | null;
  /** Messages of pyflakes; empty where CPython does not compile it. */
  readonly names: readonly string[];
  readonly comments: readonly string[];
}

const PROGRAM = `
import ast, io, json, re, sys, tokenize, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, "/pyflakes.whl")
try:
    from pyflakes.checker import Checker
except ModuleNotFoundError:
    Checker = None

def _comments(data):
    try:
        return [t.string for t in tokenize.tokenize(io.BytesIO(data).readline) if t.type == tokenize.COMMENT]
    except (SyntaxError, tokenize.TokenError):
        return []

def _names(data):
    # The line that a message names moves with the text.
    found = Checker(ast.parse(data), filename="module.py").messages
    lines = data.decode("utf-8", "replace").splitlines()
    # Linters that stand on pyflakes listen to this remark, pyflakes itself does not.
    wanted = re.compile(r"#\\s*noqa(?!\\s*:)|#\\s*noqa\\s*:[^#]*F401", re.I)
    found = [m for m in found if type(m).__name__ != "UnusedImport" or not wanted.search(lines[m.lineno - 1])]
    return [re.sub(r"line \\d+", "line N", f"{type(m).__name__}: {m.message % m.message_args}") for m in found]

def seamline_opinion(data):
    data = data.to_bytes()
    try:
        compile(data, "module.py", "exec", dont_inherit=True)
        error = None
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as problem:
        error = f"{type(problem).__name__}: {getattr(problem, 'msg', problem)}"
    names = _names(data) if Checker and error is None else []
    return json.dumps({"error": error, "names": names, "comments": _comments(data)})
`;

/**
 * CPython 3.14 in WebAssembly with the real pyflakes: a file that compiled must compile, no message of pyflakes may be new (undefined
 * names, unused imports and variables, redefinitions), and every comment that `tokenize` sees must still be somewhere.
 */
export class PythonOracle implements Oracle {
  private python: PyodideInterface | undefined;
  private ask: ((bytes: Uint8Array) => string) | undefined;

  /** @param wheel of pyflakes; without it names are not judged */
  constructor(private readonly wheel?: Uint8Array) {}

  /**
   * @param folder where the wheel of pyflakes is kept; pip brings it there the first time
   * @throws Error where pip cannot
   */
  static async load(folder: string): Promise<PythonOracle> {
    return new PythonOracle(await pyflakesWheel(folder));
  }

  async check(files: readonly ProvedFile[]): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    const kept: string[] = [];
    const had: string[] = [];
    for (const { file, bytesBefore, bytesAfter } of files.filter((one) => one.file.endsWith('.py'))) {
      const before = bytesBefore && (await this.opinion(bytesBefore));
      const after = await this.opinion(bytesAfter);
      had.push(...(before?.comments ?? []));
      kept.push(...after.comments);
      if (after.error !== null && after.error !== before?.error) {
        failures.push({ check: 'compile', message: `${file}: CPython says ${after.error}` });
      }
      if (before?.error) continue;
      for (const name of added(before?.names ?? [], after.names))
        failures.push({ check: 'names', message: `${file}: pyflakes says ${name}` });
    }
    for (const comment of added(kept, had)) failures.push({ check: 'comments', message: `lost: ${comment}` });
    return failures;
  }

  dispose(): void {
    this.python = undefined;
    this.ask = undefined;
  }

  private async opinion(bytes: Uint8Array): Promise<Opinion> {
    try {
      return await this.askOnce(bytes);
    } catch {
      // A stack overflow inside the interpreter ends it; a second one is the file's doing.
      this.dispose();
      return this.askOnce(bytes);
    }
  }

  private async askOnce(bytes: Uint8Array): Promise<Opinion> {
    if (!this.ask) {
      this.python = await loadPyodide();
      if (this.wheel) this.python.FS.writeFile('/pyflakes.whl', this.wheel);
      this.python.runPython(PROGRAM);
      this.ask = this.python.globals.get('seamline_opinion') as (bytes: Uint8Array) => string;
    }
    // Pyodide knows plain typed arrays only, no `Buffer`.
    return JSON.parse(this.ask(new Uint8Array(bytes))) as Opinion;
  }
}

async function pyflakesWheel(folder: string): Promise<Uint8Array> {
  await mkdir(folder, { recursive: true });
  const find = async () => (await readdir(folder)).find((name) => /^pyflakes-.*\.whl$/.test(name));
  if ((await find()) === undefined) {
    const options = ['--no-deps', '--only-binary', ':all:', '--disable-pip-version-check', '--quiet'];
    await promisify(execFile)('python3', ['-m', 'pip', 'download', ...options, '--dest', folder, PYFLAKES]);
  }
  return readFile(join(folder, (await find())!));
}
