"""Translates short texts with the active model."""

import re
from typing import Dict, Tuple

from llm_service.kernel import LlmKernel

LANGUAGES = {"en": "English", "de": "German", "fr": "French", "pl": "Polish", "es": "Spanish"}
MAX_CACHED = 256


class TranslationService:
    """Keeps recent translations, since the dashboard asks for the same labels again."""

    def __init__(self, kernel: LlmKernel) -> None:
        self.kernel = kernel
        self._cache: Dict[Tuple[str, str], str] = {}

    async def translate(self, text: str, target: str) -> str:
        key = (text, target)
        if key in self._cache:
            return self._cache[key]
        prompt = (
            f"Translate the text between the markers into {LANGUAGES[target]}. "
            f"Answer with the translation alone.\n<<<\n{text}\n>>>"
        )
        answer = await self.kernel.complete(prompt, {"temperature": 0.0})
        translated = re.sub(r"^\s*(<<<)?\s*|\s*(>>>)?\s*$", "", answer)
        if len(self._cache) >= MAX_CACHED:
            self._cache.pop(next(iter(self._cache)))
        self._cache[key] = translated
        return translated
