/** Names that need no definition: Python 3.14's `builtins`, and what every module has. */
const NAMES = `
ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError
FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError
InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None
NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError
UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError
Warning WindowsError ZeroDivisionError __build_class__ __debug__ __import__ abs aiter all anext any ascii bin bool breakpoint
bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod enumerate eval exec exit
filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list
locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice
sorted staticmethod str sum super tuple type vars zip
`;

/** Module attributes that the import system sets, and `__class__`-like names of class bodies. */
const IMPLICIT = `
__annotations__ __builtins__ __cached__ __conditional_annotations__ __dict__ __doc__ __file__ __loader__ __module__ __name__
__package__ __path__ __qualname__ __spec__
`;

const words = (text: string): string[] => text.trim().split(/\s+/);

export const PYTHON_BUILTINS: ReadonlySet<string> = new Set(words(NAMES));

/** Names that resolve without a definition in the file, though they are no builtins. */
export const IMPLICIT_NAMES: ReadonlySet<string> = new Set(words(IMPLICIT));

const TYPES: ReadonlySet<string> = new Set(
  words(`bool bytearray bytes classmethod complex dict enumerate filter float frozenset int list map memoryview object property
    range reversed set slice staticmethod str super tuple type zip`),
);

/** True when `builtins.<name>` is a class, so that calling it makes an instance of it. */
export function isBuiltinClass(name: string): boolean {
  if (!PYTHON_BUILTINS.has(name)) return false;
  return (
    TYPES.has(name) || /^[A-Z]\w+(?:Error|Exception|Group|Warning|Exit|Interrupt|Iteration)$|^Exception/.test(name)
  );
}
