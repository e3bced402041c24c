"""Small parsers for what the runtimes and the hub send back."""

import json
import re
from datetime import datetime
from typing import Any, Optional

try:
    import orjson
except ImportError:
    orjson = None

_SIZE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B\s*$", re.IGNORECASE)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


def safe_json(text: str) -> Optional[Any]:
    """The decoded document, or None when it is not JSON."""
    try:
        return orjson.loads(text) if orjson is not None else json.loads(text)
    except Exception:
        return None


def parse_size(text: str) -> Optional[int]:
    """Bytes of a size as people write it ("4.7 GB"), or None."""
    match = _SIZE.match(text)
    if match is None:
        return None
    return int(float(match.group(1)) * _UNITS[match.group(2).upper()])


def parse_timestamp(text: str) -> Optional[datetime]:
    """An ISO timestamp as the runtimes print it; a trailing Z means UTC."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def parameter_count(label: str) -> Optional[float]:
    """Billions of parameters from a tag such as `8b` or `70B-instruct`."""
    match = re.search(r"(\d+(?:\.\d+)?)\s*[bB](?![a-zA-Z])", label)
    return float(match.group(1)) if match else None
