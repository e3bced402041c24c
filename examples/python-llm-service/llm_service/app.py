"""Builds the application: reads settings, makes the services, mounts the routers."""

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Dict, Optional

from fastapi import FastAPI

from llm_service.benchmark import BenchmarkRunner
from llm_service.catalog_sync import CatalogSync
from llm_service.events import EventBus
from llm_service.housekeeping import Housekeeping
from llm_service.kernel import LlmKernel
from llm_service.lessons import LessonStore
from llm_service.model_manager import ModelManager
from llm_service.orchestrator import Orchestrator
from llm_service.providers import HuggingFaceProvider, OllamaProvider
from llm_service.registry import ModelRegistry
from llm_service.routes import chat, models, runtime
from llm_service.runtime_controller import RuntimeController
from llm_service.settings import Settings, service_version
from llm_service.translation import TranslationService


def create_app(settings: Optional[Settings] = None) -> FastAPI:
    """The application with every service wired; nothing runs before its lifespan starts."""
    settings = settings or Settings.from_env()
    bus = EventBus()
    kernel = LlmKernel(settings.ollama_url, settings.default_model)
    ollama = OllamaProvider(settings.ollama_url, settings.data_dir)
    registry = ModelRegistry(
        [ollama, HuggingFaceProvider(settings.models_dir)],
        settings.data_dir / "manifest.json",
        bus,
    )
    manager = ModelManager(settings.models_dir, settings.ollama_url, bus)
    housekeeping = Housekeeping(
        settings.data_dir, settings.sweep_interval_seconds, settings.webhook_url
    )

    models.set_dependencies(
        registry=registry,
        manager=manager,
        translator=TranslationService(kernel),
        catalog=CatalogSync(
            settings.catalog_url, settings.data_dir / "cache", settings.cache_ttl_seconds
        ),
        benchmarks=BenchmarkRunner(kernel, bus),
        config_dir=settings.data_dir / "config",
    )
    runtime.set_controller(RuntimeController(settings.logs_dir))
    chat.set_orchestrator(
        Orchestrator(
            kernel,
            LessonStore(settings.data_dir / "lessons.json"),
            bus,
            settings.logs_dir / "learning.jsonl",
        )
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stop_watching = manager.watch_installs()
        housekeeping.start()
        yield
        await housekeeping.stop()
        await registry.drain()
        stop_watching()

    app = FastAPI(title="LLM service", version=service_version(), lifespan=lifespan)
    app.include_router(models.router)
    app.include_router(runtime.router)
    app.include_router(chat.router)

    @app.get("/health")
    async def health() -> Dict[str, Any]:
        return {"status": "ok", "ollama": await ollama.is_reachable()}

    return app
