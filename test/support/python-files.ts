/** A bare `except:` in line 4 that swallows. */
export const SILENT = `def load(path):
    try:
        return open(path).read()
    except:
        pass
`;

/**
 * A module whose function validates with a pattern that every other one of these shares.
 * @param wrong what its message says is bad
 */
export const check = (name: string, wrong = 'code'): string => `import re


def check_${name}(value):
    if not re.match(r"^[a-z][a-z0-9_-]{2,30}$", value):
        raise ValueError("bad ${wrong}")
    return value
`;

/** A configuration that switches the rule off. */
export const SILENT_OFF = '{"rules": {"silent-exception": "off"}}';
