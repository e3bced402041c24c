"""The client that turns a prompt into an answer, token by token."""

from typing import Any, Awaitable, Callable, Dict, List, Optional

import httpx

from llm_service.parsing import safe_json

StreamCallback = Callable[[str], Awaitable[None]]


class LlmKernel:
    """Talks to the generate endpoint of the runtime and hands each chunk on."""

    def __init__(self, base_url: str, model: str, timeout_seconds: float = 120.0) -> None:
        self.base_url = base_url
        self.model = model
        self.timeout_seconds = timeout_seconds
        self._stream_callback: Optional[StreamCallback] = None

    def set_stream_callback(self, callback: Optional[StreamCallback]) -> None:
        """The callback receives every chunk of every completion until it is replaced."""
        self._stream_callback = callback

    async def complete(self, prompt: str, options: Optional[Dict[str, Any]] = None) -> str:
        payload: Dict[str, Any] = {"model": self.model, "prompt": prompt, "stream": True}
        if options:
            payload["options"] = options
        parts: List[str] = []
        async with httpx.AsyncClient(timeout=self.timeout_seconds) as client:
            async with client.stream(
                "POST", f"{self.base_url}/api/generate", json=payload
            ) as response:
                response.raise_for_status()
                async for line in response.aiter_lines():
                    event = safe_json(line)
                    if not isinstance(event, dict):
                        continue
                    text = event.get("response", "")
                    if text:
                        parts.append(text)
                        if self._stream_callback is not None:
                            await self._stream_callback(text)
                    if event.get("done"):
                        break
        return "".join(parts)
