"""The kernel reads a stream of JSON lines."""

import json
from unittest.mock import patch

import httpx
import pytest

from llm_service.kernel import LlmKernel

pytestmark = pytest.mark.anyio

REAL_CLIENT = httpx.AsyncClient


def streaming(*lines, status=200, requests=None):
    def handle(request):
        if requests is not None:
            requests.append(json.loads(request.content))
        return httpx.Response(status, text="\n".join(lines))

    def build(**options):
        return REAL_CLIENT(transport=httpx.MockTransport(handle), **options)

    return patch("llm_service.kernel.httpx.AsyncClient", build)


async def test_hands_each_chunk_on():
    chunks, requests = [], []

    async def collect(text):
        chunks.append(text)

    kernel = LlmKernel("http://runtime.test", "llama3")
    kernel.set_stream_callback(collect)
    with streaming(
        '{"response": "a"}',
        "",
        "noise",
        '{"response": ""}',
        '{"response": "b", "done": true}',
        '{"response": "after"}',
        requests=requests,
    ):
        assert await kernel.complete("hi", {"temperature": 0}) == "ab"
    assert chunks == ["a", "b"]
    assert requests == [
        {"model": "llama3", "prompt": "hi", "stream": True, "options": {"temperature": 0}}
    ]


async def test_works_without_a_callback():
    kernel = LlmKernel("http://runtime.test", "llama3")
    kernel.set_stream_callback(None)
    with streaming('{"response": "x"}'):
        assert await kernel.complete("hi") == "x"


async def test_raises_on_an_error_status():
    with streaming(status=500):
        with pytest.raises(httpx.HTTPStatusError):
            await LlmKernel("http://runtime.test", "llama3").complete("hi")
