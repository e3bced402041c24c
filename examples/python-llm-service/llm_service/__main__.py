"""`python -m llm_service` serves the API; `remove NAME` deletes a model after asking."""

import asyncio
import sys
from typing import List, Optional

from llm_service.app import create_app
from llm_service.providers import OllamaProvider
from llm_service.settings import Settings

try:
    import uvicorn
except ImportError:
    uvicorn = None


def _confirm(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().lower() == "y"
    except (KeyboardInterrupt, EOFError):
        return False


def main(arguments: Optional[List[str]] = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    settings = Settings.from_env()
    if arguments[:1] == ["remove"] and len(arguments) == 2:
        if not _confirm(f"Delete {arguments[1]}?"):
            return 1
        provider = OllamaProvider(settings.ollama_url, settings.data_dir)
        return 0 if asyncio.run(provider.remove(arguments[1])) else 2
    if uvicorn is None:
        print("Install the extra `serve` to run the API", file=sys.stderr)
        return 3
    uvicorn.run(create_app(settings), host="127.0.0.1", port=8080)
    return 0


if __name__ == "__main__":
    sys.exit(main())
