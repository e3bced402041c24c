const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Builtins that compute and do nothing else. */
export const PURE_BUILTINS = words(
  `abs all any ascii bin bool bytes chr complex dict divmod enumerate filter float format frozenset hash hex int isinstance issubclass
  iter len list map max min next oct ord pow range repr reversed round set slice sorted str sum tuple type zip True False None
  NotImplemented Ellipsis ArithmeticError AssertionError AttributeError BaseException Exception IndexError KeyError LookupError
  NotImplementedError OverflowError PermissionError RuntimeError TypeError UnicodeError ValueError ZeroDivisionError OSError`,
);

/** Modules of the standard library that only compute. */
export const PURE_MODULES = words(
  're math string unicodedata decimal fractions ipaddress uuid datetime json base64 binascii operator numbers',
);

/** Methods of texts, numbers, lists and dictionaries, and of matches: what a validator asks its value. */
export const PURE_METHODS = words(
  `strip lstrip rstrip lower upper title casefold capitalize swapcase startswith endswith isdigit isalpha isalnum isnumeric isdecimal
  isspace islower isupper isidentifier isascii isprintable istitle split rsplit splitlines partition rpartition join replace count find rfind
  index rindex encode decode format keys values items get zfill ljust rjust center removeprefix removesuffix is_integer bit_length
  match fullmatch total_seconds date time year group groups`,
);
