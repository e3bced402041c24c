import { loadPyodide } from 'pyodide';

/** One block of CPython's symbol table: type code, name, line, flags by symbol, blocks inside. */
export type RawBlock = readonly [
  type: number,
  name: string,
  line: number,
  symbols: Readonly<Record<string, number>>,
  children: readonly RawBlock[],
];

export type RawTable = { readonly table: RawBlock } | { readonly error: string };

/** CPython 3.14 itself, compiled to WebAssembly: what it says about scopes is what the model must say. */
export interface CPython {
  readonly version: string;
  /** Symbol table of a module's text, or why CPython rejects it. */
  symtable(text: string): RawTable;
  /** For each text what `compile(text, ..., 'exec')` says: undefined when it accepts it, else the error's type and message, without its place. */
  compileErrors(texts: readonly string[]): (string | undefined)[];
  /** Paths and texts of the standard library's modules that the npm package carries. */
  standardLibrary(): ReadonlyMap<string, string>;
}

const PROGRAM = `
import _symtable, json, sys, warnings, zipfile
warnings.simplefilter("ignore")

def _block(entry):
    return [entry.type, entry.name, entry.lineno, entry.symbols, [_block(child) for child in entry.children]]

def seamline_symtable(text):
    try:
        return json.dumps({"table": _block(_symtable.symtable(text, "module", "exec"))})
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return json.dumps({"error": f"{type(error).__name__}: {error}"})

def _compile_error(text):
    try:
        compile(text, "module.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"{type(error).__name__}: {error.msg}"
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"

def seamline_compile(texts):
    return json.dumps([_compile_error(text) for text in json.loads(texts)])

def seamline_library():
    path = next(path for path in sys.path if path.endswith(".zip"))
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".py"))
        return json.dumps([[name, archive.read(name).decode("utf-8", "replace")] for name in names])
`;

/** Starts the interpreter; about two seconds, without network. */
export async function loadCPython(): Promise<CPython> {
  const python = await loadPyodide();
  python.runPython(PROGRAM);
  const symtable = python.globals.get('seamline_symtable') as (text: string) => string;
  const compile = python.globals.get('seamline_compile') as (texts: string) => string;
  const library = python.globals.get('seamline_library') as () => string;
  return {
    version: python.runPython('sys.version.split()[0]') as string,
    symtable: (text) => JSON.parse(symtable(text)) as RawTable,
    compileErrors: (texts) =>
      (JSON.parse(compile(JSON.stringify(texts))) as (string | null)[]).map((error) => error ?? undefined),
    standardLibrary: () => new Map(JSON.parse(library()) as [string, string][]),
  };
}
