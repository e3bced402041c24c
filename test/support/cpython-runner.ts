import { loadPyodide } from 'pyodide';

/** What a piece of Python did. */
export interface PythonRun {
  /** The value of the driver's last expression, or `raises Type: text`. */
  readonly outcome: string;
  /** What it printed. */
  readonly output: string;
  /** `LEVEL message`, with ` +traceback` where the record carries an exception. */
  readonly records: readonly string[];
}

/** CPython compiled to WebAssembly, with files of its own and a log that can be read. */
export interface CPythonRunner {
  run(files: Readonly<Record<string, string>>, driver: string): PythonRun;
  close(): void;
}

const PROGRAM = `
import contextlib, io, json, logging, os, shutil, sys
from pyodide.code import eval_code

class _Records(logging.Handler):
    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []
    def emit(self, record):
        self.lines.append(f"{record.levelname} {record.getMessage()}" + (" +traceback" if record.exc_info else ""))

def seamline_run(files, driver):
    root = "/seamline-case"
    shutil.rmtree(root, ignore_errors=True)
    for path, text in json.loads(files).items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", newline="") as file:
            file.write(text)
    known = set(sys.modules)
    records = _Records()
    logger = logging.getLogger()
    logger.handlers[:] = [records]
    logger.setLevel(logging.DEBUG)
    sys.path.insert(0, root)
    sys.dont_write_bytecode = True
    output = io.StringIO()
    import importlib
    importlib.invalidate_caches()
    try:
        with contextlib.redirect_stdout(output):
            outcome = repr(eval_code(driver, {"__name__": "driver"}))
    except BaseException as error:
        outcome = f"raises {type(error).__name__}: {error}"
    finally:
        sys.path.remove(root)
        for name in set(sys.modules) - known:
            del sys.modules[name]
    return json.dumps({"outcome": outcome, "output": output.getvalue(), "records": records.lines})
`;

/** Starts the interpreter; about two seconds, without network. */
export async function loadCPythonRunner(): Promise<CPythonRunner> {
  const python = await loadPyodide();
  python.runPython(PROGRAM);
  const run = python.globals.get('seamline_run') as { (files: string, driver: string): string; destroy(): void };
  return {
    run: (files, driver) => JSON.parse(run(JSON.stringify(files), driver)) as PythonRun,
    close: () => run.destroy(),
  };
}
