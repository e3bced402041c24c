import { loadPyodide } from 'pyodide';

/** Why CPython rejects a module's text; undefined when it compiles. */
export type CompilePython = (text: string) => string | undefined;

const PROGRAM = `
import warnings
warnings.simplefilter("ignore")

def seamline_compile(text):
    try:
        compile(text.encode("utf-8"), "module", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""
`;

/** CPython 3.14's own compiler, in WebAssembly. Takes bytes, so that line endings and coding cookies count as in a file. */
export async function loadCompiler(): Promise<CompilePython> {
  const python = await loadPyodide();
  python.runPython(PROGRAM);
  const compile = python.globals.get('seamline_compile') as (text: string) => string;
  return (text) => compile(text) || undefined;
}
