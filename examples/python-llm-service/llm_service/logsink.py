"""A log handler that writes one JSON document a line."""

import json
import logging
from pathlib import Path


class JsonLinesHandler(logging.Handler):
    """Appends records to a file that the dashboard tails."""

    def __init__(self, path: Path, level: int = logging.INFO) -> None:
        super().__init__(level)
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = json.dumps(
                {
                    "time": record.created,
                    "level": record.levelname,
                    "logger": record.name,
                    "message": record.getMessage(),
                }
            )
            with self.path.open("a", encoding="utf-8") as handle:
                handle.write(line + "\n")
        except Exception:
            pass


def install_json_log(path: Path) -> JsonLinesHandler:
    """Adds the handler to the service's own logger and returns it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = JsonLinesHandler(path)
    logging.getLogger("llm_service").addHandler(handler)
    return handler
