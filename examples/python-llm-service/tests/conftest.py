"""Fixtures that several test modules share; nothing here touches the network."""

from typing import Any, Dict, List, Optional
from unittest.mock import AsyncMock, MagicMock

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from llm_service.benchmark import BenchmarkRunner
from llm_service.catalog_sync import CatalogSync
from llm_service.events import EventBus
from llm_service.model_manager import ModelManager
from llm_service.providers import ModelProvider, ProgressCallback
from llm_service.records import ModelRecord
from llm_service.registry import ModelRegistry
from llm_service.routes import models
from llm_service.translation import TranslationService


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def reply(status_code: int = 200, document: Any = None) -> httpx.Response:
    """A response as a runtime would send it."""
    request = httpx.Request("GET", "http://runtime.test")
    return httpx.Response(
        status_code, json=document if document is not None else {}, request=request
    )


def http_client(client_class: MagicMock, **methods: Any) -> MagicMock:
    """The client that `async with AsyncClient(...)` yields when the class is patched."""
    client = client_class.return_value.__aenter__.return_value
    for name, outcome in methods.items():
        if isinstance(outcome, (list, Exception)):
            setattr(client, name, AsyncMock(side_effect=outcome))
        else:
            setattr(client, name, AsyncMock(return_value=outcome))
    return client


class FakeKernel:
    """Streams prepared chunks through whatever callback is set."""

    def __init__(
        self, chunks: Optional[List[str]] = None, error: Optional[Exception] = None
    ) -> None:
        self.chunks = chunks or []
        self.error = error
        self.model = "default:1b"
        self.prompts: List[str] = []
        self.callbacks: List[Any] = []
        self.models_used: List[str] = []

    def set_stream_callback(self, callback: Any) -> None:
        self.callbacks.append(callback)

    async def complete(self, prompt: str, options: Optional[Dict[str, Any]] = None) -> str:
        self.prompts.append(prompt)
        self.models_used.append(self.model)
        callback = self.callbacks[-1] if self.callbacks else None
        for chunk in self.chunks:
            if callback is not None:
                await callback(chunk)
        if self.error is not None:
            raise self.error
        return "".join(self.chunks)


class FakeProvider(ModelProvider):
    """A provider that keeps its models in memory."""

    def __init__(self, name: str, records: Optional[List[ModelRecord]] = None) -> None:
        self.name = name
        self.records = {record.name: record for record in records or []}
        self.failing_names: List[str] = []
        self.install_error: Optional[Exception] = None

    async def list_models(self) -> List[ModelRecord]:
        return list(self.records.values())

    async def install(self, name: str, on_progress: Optional[ProgressCallback] = None) -> bool:
        if self.install_error is not None:
            raise self.install_error
        if on_progress is not None:
            on_progress("pulling manifest")
            on_progress("success")
        self.records[name] = ModelRecord(name=name, provider=self.name)
        return name not in self.failing_names

    async def remove(self, name: str) -> bool:
        return self.records.pop(name, None) is not None

    async def describe(self, name: str) -> Optional[ModelRecord]:
        if name in self.failing_names:
            raise httpx.ConnectError("no route")
        return self.records.get(name)

    async def search(self, query: str, limit: int = 10) -> List[Dict[str, Any]]:
        return [{"name": name} for name in self.records if query in name][:limit]


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def ollama() -> FakeProvider:
    return FakeProvider(
        "ollama",
        [
            ModelRecord(
                "llama3:8b", "ollama", 4_700_000_000, "llama", "Q4_0", 8192, ["completion"]
            ),
            ModelRecord("phi3:mini", "ollama", 2_200_000_000, "phi3", "Q4_0", 4096, ["completion"]),
            ModelRecord("nomic-embed:v1", "ollama", 270_000_000, "bert", None, 2048, ["embedding"]),
        ],
    )


@pytest.fixture
def hub() -> FakeProvider:
    return FakeProvider(
        "huggingface",
        [
            ModelRecord(
                "acme/coder-14b-instruct",
                "huggingface",
                8_000_000_000,
                "qwen2",
                None,
                32768,
                ["completion"],
            )
        ],
    )


@pytest.fixture
def registry(ollama, hub, bus, tmp_path) -> ModelRegistry:
    return ModelRegistry([ollama, hub], tmp_path / "manifest.json", bus)


@pytest.fixture
def manager(bus, tmp_path) -> ModelManager:
    return ModelManager(tmp_path / "models", "http://runtime.test", bus)


@pytest.fixture
def kernel() -> FakeKernel:
    return FakeKernel(["Guten", " Tag"])


@pytest.fixture
def client(registry, manager, kernel, bus, tmp_path) -> TestClient:
    """The models router alone, on fakes."""
    models.set_dependencies(
        registry=registry,
        manager=manager,
        translator=TranslationService(kernel),
        catalog=CatalogSync("http://catalog.test", tmp_path / "cache", 600),
        benchmarks=BenchmarkRunner(kernel, bus),
        config_dir=tmp_path / "config",
    )
    models._active_since.clear()
    models._request_counts.clear()
    app = FastAPI()
    app.include_router(models.router)
    return TestClient(app)
