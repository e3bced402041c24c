"""Routes around models: what exists, what is installed, active, configured and used."""

import json
import logging
import re
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import httpx
from fastapi import APIRouter, HTTPException, Query, status
from pydantic import BaseModel, Field, field_validator

from llm_service.benchmark import BenchmarkRunner
from llm_service.catalog_sync import CatalogSync
from llm_service.model_manager import ModelManager
from llm_service.parsing import parameter_count
from llm_service.records import ModelRecord
from llm_service.registry import ModelRegistry, UnknownProviderError
from llm_service.schemas import (
    AdapterUploadRequest,
    BenchmarkRequest,
    ModelActivateRequest,
    RegistryInstallRequest,
)
from llm_service.translation import LANGUAGES, TranslationService

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/api/v1", tags=["models"])

_registry: Optional[ModelRegistry] = None
_manager: Optional[ModelManager] = None
_translator: Optional[TranslationService] = None
_catalog: Optional[CatalogSync] = None
_benchmarks: Optional[BenchmarkRunner] = None
_config_dir: Optional[Path] = None
_license_checker: Optional[Any] = None

_active_since: Dict[str, float] = {}
_request_counts: Dict[str, int] = defaultdict(int)


def set_dependencies(
    registry: ModelRegistry,
    manager: ModelManager,
    translator: TranslationService,
    catalog: CatalogSync,
    benchmarks: BenchmarkRunner,
    config_dir: Path,
) -> None:
    """Called once by the application factory, before the router is mounted."""
    global _registry, _manager, _translator, _catalog, _benchmarks, _config_dir
    _registry = registry
    _manager = manager
    _translator = translator
    _catalog = catalog
    _benchmarks = benchmarks
    _config_dir = config_dir


def _require_registry() -> ModelRegistry:
    if _registry is None:
        raise HTTPException(status_code=503, detail="Model registry is not available")
    return _registry


def _require_manager() -> ModelManager:
    if _manager is None:
        raise HTTPException(status_code=503, detail="Model manager is not available")
    return _manager


def _require_catalog() -> CatalogSync:
    if _catalog is None:
        raise HTTPException(status_code=503, detail="Model catalogue is not available")
    return _catalog


class ModelInstallRequest(BaseModel):
    """Installs a model of the Ollama library."""

    name: str
    replace: bool = False

    @field_validator("name")
    @classmethod
    def validate_name(cls, v: str) -> str:
        if not v or len(v) > 100:
            raise ValueError("Model name must have 1-100 characters")
        if not re.match(r"^[\w\-.:]+$", v):
            raise ValueError("Model name contains characters that are not allowed")
        return v


class ModelSwitchRequest(BaseModel):
    """Makes an installed model the default of the Ollama runtime."""

    name: str
    keep_loaded: bool = True

    @field_validator("name")
    @classmethod
    def validate_name(cls, v: str) -> str:
        if not v or len(v) > 100:
            raise ValueError("Model name must have 1-100 characters")
        if not re.match(r"^[\w\-.:]+$", v):
            raise ValueError("Model name contains characters that are not allowed")
        return v


class ModelCompareRequest(BaseModel):
    """Puts several models side by side."""

    names: List[str] = Field(min_length=2, max_length=6)

    @field_validator("names")
    @classmethod
    def validate_names(cls, v: List[str]) -> List[str]:
        if len(set(v)) != len(v):
            raise ValueError("Each model can be compared once")
        return v


class GenerationConfigUpdate(BaseModel):
    """New values for some generation parameters; null removes an override."""

    params: Dict[str, Optional[float]]

    @field_validator("params")
    @classmethod
    def validate_params(cls, v: Dict[str, Optional[float]]) -> Dict[str, Optional[float]]:
        if not v:
            raise ValueError("At least one parameter is needed")
        unknown = sorted(set(v) - set(GENERATION_PARAMS))
        if unknown:
            raise ValueError(f"Unknown parameters: {', '.join(unknown)}")
        return v


class TranslationRequest(BaseModel):
    """A short text and the language to translate it into."""

    text: str = Field(min_length=1, max_length=5000)
    target: str = "en"

    @field_validator("target")
    @classmethod
    def validate_target(cls, v: str) -> str:
        language = v.strip().lower()
        if language not in LANGUAGES:
            raise ValueError(f"Language must be one of {', '.join(sorted(LANGUAGES))}")
        return language


GENERATION_PARAMS: Dict[str, Dict[str, Any]] = {
    "temperature": {"default": 0.7, "min": 0.0, "max": 2.0, "integer": False},
    "top_p": {"default": 0.9, "min": 0.0, "max": 1.0, "integer": False},
    "top_k": {"default": 40, "min": 1, "max": 500, "integer": True},
    "repeat_penalty": {"default": 1.1, "min": 0.5, "max": 2.0, "integer": False},
    "num_predict": {"default": 1024, "min": 1, "max": 32768, "integer": True},
    "num_ctx": {"default": 4096, "min": 256, "max": 131072, "integer": True},
}

FAMILY_DEFAULTS: Dict[str, Dict[str, float]] = {
    "llama": {"temperature": 0.6, "num_ctx": 8192},
    "mistral": {"temperature": 0.3, "repeat_penalty": 1.0},
    "phi3": {"top_k": 50},
    "qwen2": {"top_p": 0.8, "repeat_penalty": 1.05},
}


def _generation_defaults(family: str) -> Dict[str, float]:
    """The defaults of a family; unknown families get those that every model takes."""
    defaults = {key: spec["default"] for key, spec in GENERATION_PARAMS.items()}
    for prefix, values in FAMILY_DEFAULTS.items():
        if family.startswith(prefix):
            defaults.update(values)
    return defaults


def _check_generation_value(key: str, value: float, context_length: int) -> Optional[str]:
    """Why a value cannot be used, or None when it can."""
    spec = GENERATION_PARAMS[key]
    if spec["integer"] and int(value) != value:
        return f"{key} must be a whole number"
    if not spec["min"] <= value <= spec["max"]:
        return f"{key} must be between {spec['min']} and {spec['max']}"
    if key == "num_ctx" and value > context_length:
        return f"num_ctx must not exceed the context of the model ({context_length})"
    return None


def _overrides_path(model_name: str) -> Path:
    if _config_dir is None:
        raise HTTPException(status_code=503, detail="Model configuration is not available")
    return _config_dir / f"{model_name.replace('/', '--').replace(':', '_')}.json"


def _load_overrides(model_name: str) -> Dict[str, float]:
    path = _overrides_path(model_name)
    if not path.exists():
        return {}
    try:
        with open(path, encoding="utf-8") as handle:
            document = json.load(handle)
    except ValueError as error:
        logger.warning("Ignoring the damaged overrides of %s: %s", model_name, error)
        return {}
    return {key: value for key, value in document.items() if key in GENERATION_PARAMS}


def _save_overrides(model_name: str, overrides: Dict[str, float]) -> None:
    path = _overrides_path(model_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as handle:
        json.dump(overrides, handle, indent=2, sort_keys=True)


def _infer_capabilities(record: ModelRecord) -> Dict[str, Any]:
    """What clients may offer for a model, from its record and its name."""
    name = record.name.lower()
    features = set(record.capabilities)
    if "instruct" in name or "chat" in name:
        features.add("chat")
    if "code" in name or "coder" in name:
        features.add("code")
    if "vision" in name or "llava" in name:
        features.add("vision")
    billions = parameter_count(name)
    if billions is None and record.size_bytes:
        # Four-bit weights take a little over half a gigabyte for each billion parameters.
        billions = round(record.size_bytes / 0.56e9, 1)
    tier = "unknown"
    if billions is not None:
        tier = "small" if billions < 4 else "medium" if billions < 15 else "large"
    return {
        "features": sorted(features),
        "context_length": record.context_length,
        "parameters_billion": billions,
        "tier": tier,
        "streaming": "embedding" not in features,
    }


def _matches(record: ModelRecord, query: Optional[str], capability: Optional[str]) -> bool:
    if query and query.lower() not in record.name.lower():
        return False
    return capability is None or capability in _infer_capabilities(record)["features"]


def _sort_records(records: List[ModelRecord], sort: str) -> List[ModelRecord]:
    descending = sort.startswith("-")
    key = sort.lstrip("-")
    if key == "size":
        return sorted(records, key=lambda item: item.size_bytes or 0, reverse=descending)
    if key == "family":
        return sorted(records, key=lambda item: (item.family, item.name), reverse=descending)
    return sorted(records, key=lambda item: item.name, reverse=descending)


def _page(items: List[Any], offset: int, limit: int) -> Tuple[List[Any], Dict[str, int]]:
    window = items[offset : offset + limit]
    return window, {"total": len(items), "offset": offset, "count": len(window)}


def _note_request(model_name: str) -> None:
    _request_counts[model_name] += 1


# --- what is installed -------------------------------------------------------------------


@router.get("/models")
async def list_models(
    provider: Optional[str] = None,
    query: Optional[str] = None,
    capability: Optional[str] = None,
    sort: str = Query(default="name", pattern=r"^-?(name|size|family)$"),
    offset: int = Query(default=0, ge=0),
    limit: int = Query(default=50, ge=1, le=200),
) -> Dict[str, Any]:
    """Installed models of all providers, filtered, sorted and cut into pages."""
    registry = _require_registry()
    try:
        records = await registry.list_models(provider)
    except UnknownProviderError as error:
        raise HTTPException(status_code=404, detail=str(error)) from error
    records = [record for record in records if _matches(record, query, capability)]
    window, page = _page(_sort_records(records, sort), offset, limit)
    active = registry.active()
    return {
        "models": [
            {
                **record.to_dict(),
                "active_in": sorted(
                    runtime for runtime, name in active.items() if name == record.name
                ),
            }
            for record in window
        ],
        "page": page,
    }


@router.post("/models/install", status_code=status.HTTP_202_ACCEPTED)
async def install_model(request: ModelInstallRequest) -> Dict[str, Any]:
    """Begins to install a model of the Ollama library."""
    registry = _require_registry()
    if not request.replace and await registry.find(request.name) is not None:
        raise HTTPException(status_code=409, detail=f"{request.name} is installed already")
    if _license_checker is not None and not _license_checker.allows(request.name):
        raise HTTPException(status_code=451, detail=f"The license of {request.name} forbids it")
    if _manager is not None and _manager.free_bytes() < 2 * 1024**3:
        raise HTTPException(status_code=507, detail="Less than 2 GB of disk space are free")
    operation = registry.start_install(request.name, "ollama")
    logger.info("Installation %s of %s begins", operation.operation_id, request.name)
    return operation.to_dict()


@router.post("/models/switch")
async def switch_model(request: ModelSwitchRequest) -> Dict[str, Any]:
    """Changes the default model; the previous one may leave the memory."""
    registry = _require_registry()
    if await registry.find(request.name) is None:
        raise HTTPException(status_code=404, detail=f"{request.name} is not installed")
    previous = registry.active().get("ollama")
    unloaded: List[str] = []
    if previous is not None and previous != request.name and not request.keep_loaded:
        try:
            unloaded = (await _require_manager().unload_all())["unloaded"]
        except httpx.HTTPError as error:
            logger.warning("%s stays in memory: %s", previous, error)
    registry.activate(request.name, "ollama")
    _active_since["ollama"] = time.time()
    _note_request(request.name)
    return {"active": request.name, "previous": previous, "unloaded": unloaded}


@router.post("/models/compare")
async def compare_models(request: ModelCompareRequest) -> Dict[str, Any]:
    """Models side by side; those that nobody can describe are listed as missing."""
    records = await _require_registry().details(request.names)
    described = {record.name for record in records}
    smallest = min(
        (record for record in records if record.size_bytes),
        key=lambda record: record.size_bytes or 0,
        default=None,
    )
    longest = max(records, key=lambda record: record.context_length, default=None)
    return {
        "models": [{**record.to_dict(), **_infer_capabilities(record)} for record in records],
        "missing": [name for name in request.names if name not in described],
        "smallest": smallest.name if smallest else None,
        "longest_context": longest.name if longest else None,
    }


@router.post("/models/adapters", status_code=status.HTTP_201_CREATED)
async def register_adapter(request: AdapterUploadRequest) -> Dict[str, Any]:
    """Records an adapter as a version of its base model."""
    base = await _require_registry().find(request.base_model)
    if base is None:
        raise HTTPException(status_code=404, detail=f"{request.base_model} is not installed")
    entry = _require_manager().record_version(
        request.base_model, f"adapter:{request.name}:r{request.rank}", ", ".join(request.tags)
    )
    return {"base_model": request.base_model, "version": entry}


# --- use of the machine ------------------------------------------------------------------


@router.get("/models/usage")
async def get_usage() -> Dict[str, Any]:
    """Disk, memory and requests, for the overview page."""
    manager = _require_manager()
    loaded: List[str] = []
    reachable = True
    try:
        loaded = await manager.loaded_models()
    except httpx.HTTPError:
        reachable = False
    now = time.time()
    busiest = sorted(_request_counts.items(), key=lambda item: (-item[1], item[0]))
    return {
        "disk": manager.disk_usage(),
        "loaded": loaded,
        "runtime_reachable": reachable,
        "requests": dict(busiest[:10]),
        "active_for_seconds": {
            runtime: int(now - since) for runtime, since in _active_since.items()
        },
    }


@router.post("/models/unload-all")
async def unload_all_models() -> Dict[str, Any]:
    """Frees the memory of the runtime, for instance before a training run."""
    try:
        outcome = await _require_manager().unload_all()
    except httpx.HTTPError as error:
        raise HTTPException(status_code=502, detail=f"Ollama does not answer: {error}") from error
    return {**outcome, "count": len(outcome["unloaded"])}


@router.post("/models/benchmark")
async def benchmark_model(request: BenchmarkRequest) -> Dict[str, Any]:
    """Measures one model; the answer takes as long as the model does."""
    if _benchmarks is None:
        raise HTTPException(status_code=503, detail="Benchmarks are not available")
    if await _require_registry().find(request.name) is None:
        raise HTTPException(status_code=404, detail=f"{request.name} is not installed")
    try:
        result = await _benchmarks.measure(request.name, request.rounds)
    except httpx.HTTPError as error:
        raise HTTPException(status_code=502, detail=f"Benchmark stopped: {error}") from error
    _note_request(request.name)
    return result.to_dict()


# --- discovery ---------------------------------------------------------------------------


@router.get("/models/providers")
async def list_providers() -> Dict[str, Any]:
    """Providers and how many models each of them has installed."""
    registry = _require_registry()
    counts: Dict[str, int] = defaultdict(int)
    for record in await registry.list_models():
        counts[record.provider] += 1
    return {
        "providers": [
            {"name": name, "installed": counts.get(name, 0)} for name in registry.provider_names()
        ]
    }


@router.get("/models/trending")
async def get_trending(limit: int = Query(default=10, ge=1, le=50)) -> Dict[str, Any]:
    """Models that others install at the moment, with a mark on those that are here."""
    catalog = _require_catalog()
    entries = await catalog.trending(limit)
    installed = {record.name for record in await _require_registry().list_models()}
    cards = await catalog.enrich([entry["name"] for entry in entries[:5]])
    return {
        "stale": catalog.degraded,
        "models": [
            {
                **entry,
                "installed": entry["name"] in installed,
                "summary": cards.get(entry["name"], {}).get("summary"),
            }
            for entry in entries
        ],
    }


@router.get("/models/news")
async def get_news(
    limit: int = Query(default=10, ge=1, le=50), topic: Optional[str] = None
) -> Dict[str, Any]:
    """News about models, newest first."""
    catalog = _require_catalog()
    return {"news": await catalog.news(limit, topic), "stale": catalog.degraded}


@router.get("/models/recommended")
async def recommend_models(
    task: str = Query(default="chat", pattern=r"^(chat|code|vision|embedding)$"),
    memory_gb: float = Query(default=8.0, gt=0, le=1024),
) -> Dict[str, Any]:
    """Installed models that suit a task and fit into memory, best first."""
    candidates: List[Tuple[float, ModelRecord]] = []
    rejected: Dict[str, str] = {}
    for record in await _require_registry().list_models():
        facts = _infer_capabilities(record)
        if task not in facts["features"]:
            rejected[record.name] = f"does not offer {task}"
            continue
        # Weights need a fifth more than their size on disk once the context is allocated.
        needed_gb = (record.size_bytes or 0) * 1.2 / 1024**3
        if needed_gb > memory_gb:
            rejected[record.name] = f"needs {needed_gb:.1f} GB"
            continue
        score = (facts["parameters_billion"] or 0.0) + record.context_length / 8192
        candidates.append((score, record))
    candidates.sort(key=lambda pair: (-pair[0], pair[1].name))
    return {
        "task": task,
        "models": [{"name": record.name, "score": round(score, 2)} for score, record in candidates],
        "rejected": rejected,
    }


@router.get("/models/search")
async def search_hub(
    query: str = Query(min_length=2, max_length=100), limit: int = Query(default=10, ge=1, le=50)
) -> Dict[str, Any]:
    """Repositories of the hub that could be installed."""
    provider = _require_registry().provider("huggingface")
    try:
        hits = await provider.search(query, limit)
    except httpx.HTTPStatusError as error:
        code = error.response.status_code
        raise HTTPException(status_code=502, detail=f"The hub answered {code}") from error
    except httpx.HTTPError as error:
        raise HTTPException(status_code=504, detail="The hub does not answer") from error
    return {"query": query, "results": hits}


@router.post("/translate")
async def translate_text(request: TranslationRequest) -> Dict[str, Any]:
    """Translates a label or a short text of the dashboard."""
    if _translator is None:
        raise HTTPException(status_code=503, detail="Translation is not available")
    try:
        translated = await _translator.translate(request.text, request.target)
    except httpx.HTTPError as error:
        raise HTTPException(status_code=502, detail=f"Translation failed: {error}") from error
    return {
        "text": translated,
        "target": request.target,
        "language": LANGUAGES[request.target],
        "unchanged": translated == request.text,
    }


# --- registry ----------------------------------------------------------------------------


@router.post("/models/registry/install", status_code=status.HTTP_202_ACCEPTED)
async def registry_install(request: RegistryInstallRequest) -> Dict[str, Any]:
    """Begins to install a model of any provider."""
    if request.runtime == "vllm" and request.provider == "ollama":
        raise HTTPException(status_code=422, detail="vLLM cannot load models of Ollama")
    if request.provider == "huggingface" and "/" not in request.name:
        raise HTTPException(status_code=422, detail="Names on the hub look like owner/model")
    operation = _require_registry().start_install(request.name, request.provider)
    return operation.to_dict()


@router.get("/models/registry/operations")
async def list_operations(
    state: Optional[str] = Query(default=None, pattern=r"^(pending|running|completed|failed)$"),
) -> Dict[str, Any]:
    """Installations of this run of the service, newest first."""
    operations = _require_registry().operations()
    if state is not None:
        operations = [item for item in operations if item.status == state]
    return {"operations": [item.to_dict() for item in reversed(operations)]}


@router.get("/models/registry/operations/{operation_id}")
async def get_operation(operation_id: str) -> Dict[str, Any]:
    operation = _require_registry().operation(operation_id)
    if operation is None:
        raise HTTPException(status_code=404, detail=f"Unknown operation: {operation_id}")
    document = operation.to_dict()
    document["last_line"] = operation.progress[-1] if operation.progress else None
    return document


@router.delete("/models/registry/{model_name:path}")
async def registry_remove(model_name: str, provider: str = "huggingface") -> Dict[str, Any]:
    """Deletes a model of any provider; hub names keep their slash in the path."""
    if ".." in model_name.split("/"):
        raise HTTPException(status_code=400, detail="Invalid repository name")
    try:
        removed = await _require_registry().remove(model_name, provider)
    except UnknownProviderError as error:
        raise HTTPException(status_code=404, detail=str(error)) from error
    except OSError as error:
        logger.error("Removal of %s from %s failed: %s", model_name, provider, error)
        raise HTTPException(status_code=500, detail=f"Cannot remove {model_name}") from error
    if not removed:
        raise HTTPException(status_code=404, detail=f"{model_name} is not installed")
    return {"removed": model_name, "provider": provider}


@router.post("/models/activate")
async def activate_model(request: ModelActivateRequest) -> Dict[str, Any]:
    """Makes an installed model the active one of a runtime."""
    registry = _require_registry()
    record = await registry.find(request.name)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{request.name} is not installed")
    if request.runtime == "vllm" and record.provider != "huggingface":
        raise HTTPException(status_code=422, detail="vLLM serves models of the hub only")
    if "completion" not in record.capabilities:
        raise HTTPException(status_code=422, detail=f"{request.name} cannot complete text")
    active = registry.activate(request.name, request.runtime)
    _active_since[request.runtime] = time.time()
    return {"active": active}


@router.get("/models/active")
async def get_active() -> Dict[str, Any]:
    """The active model of each runtime, and whether it is still installed."""
    registry = _require_registry()
    installed = {record.name for record in await registry.list_models()}
    return {
        runtime: {"name": name, "installed": name in installed}
        for runtime, name in sorted(registry.active().items())
    }


# --- configuration -----------------------------------------------------------------------


@router.get("/models/config/schema")
async def get_config_schema(family: Optional[str] = None) -> Dict[str, Any]:
    """The parameters that can be set, with the defaults of one family."""
    defaults = _generation_defaults(family or "")
    return {
        "family": family,
        "params": [
            {"name": key, **spec, "default": defaults[key]}
            for key, spec in GENERATION_PARAMS.items()
        ],
    }


@router.get("/models/{model_name}/capabilities")
async def get_capabilities(model_name: str) -> Dict[str, Any]:
    record = await _require_registry().find(model_name)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{model_name} is not installed")
    return {"name": record.name, **_infer_capabilities(record)}


@router.get("/models/{model_name}/config")
async def get_config(model_name: str) -> Dict[str, Any]:
    """The generation parameters in force, and which of them are overrides."""
    record = await _require_registry().find(model_name)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{model_name} is not installed")
    overrides = _load_overrides(model_name)
    return {
        "name": model_name,
        "params": {**_generation_defaults(record.family), **overrides},
        "overridden": sorted(overrides),
    }


@router.put("/models/{model_name}/config")
async def update_config(model_name: str, request: GenerationConfigUpdate) -> Dict[str, Any]:
    """Sets or removes overrides; nothing is stored when one value is not valid."""
    record = await _require_registry().find(model_name)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{model_name} is not installed")
    overrides = _load_overrides(model_name)
    problems: List[str] = []
    for key, value in request.params.items():
        if value is None:
            overrides.pop(key, None)
            continue
        problem = _check_generation_value(key, value, max(record.context_length, 8192))
        if problem is not None:
            problems.append(problem)
            continue
        overrides[key] = int(value) if GENERATION_PARAMS[key]["integer"] else value
    if problems:
        raise HTTPException(status_code=422, detail=problems)
    _save_overrides(model_name, overrides)
    return {
        "name": model_name,
        "params": {**_generation_defaults(record.family), **overrides},
        "overridden": sorted(overrides),
    }


@router.delete("/models/{model_name}/config")
async def reset_config(model_name: str) -> Dict[str, Any]:
    """Returns a model to the defaults of its family."""
    removed = sorted(_load_overrides(model_name))
    if removed:
        _overrides_path(model_name).unlink()
    return {"name": model_name, "removed": removed}


@router.get("/models/{model_name}/versions")
async def get_versions(model_name: str, limit: int = Query(default=20, ge=1)) -> Dict[str, Any]:
    versions = _require_manager().versions(model_name)
    window, page = _page(versions, 0, limit)
    latest = window[0] if window else None
    return {
        "name": model_name,
        "versions": window,
        "latest": latest["number"] if latest else None,
        "adapters": [
            item["digest"].split(":")[1] for item in window if item["digest"].startswith("adapter:")
        ],
        "page": page,
    }


@router.get("/models/{model_name}")
async def get_model(model_name: str) -> Dict[str, Any]:
    """Everything about one installed model on one page."""
    registry = _require_registry()
    record = await registry.find(model_name)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{model_name} is not installed")
    _note_request(model_name)
    return {
        **record.to_dict(),
        "capabilities": _infer_capabilities(record),
        "active_in": sorted(
            runtime for runtime, name in registry.active().items() if name == model_name
        ),
        "versions": len(_manager.versions(model_name)) if _manager is not None else 0,
    }


@router.delete("/models/{model_name}")
async def delete_model(model_name: str) -> Dict[str, Any]:
    """Deletes a model of the Ollama runtime, its overrides included."""
    if not model_name or len(model_name) > 100:
        raise HTTPException(status_code=400, detail="Model name must have 1-100 characters")
    if not re.match(r"^[\w\-.:]+$", model_name):
        raise HTTPException(status_code=400, detail="Invalid model name")
    registry = _require_registry()
    if model_name in registry.active().values():
        raise HTTPException(status_code=409, detail=f"{model_name} is active; switch first")
    if not await registry.remove(model_name, "ollama"):
        raise HTTPException(status_code=404, detail=f"{model_name} is not installed")
    path = _overrides_path(model_name)
    if path.exists():
        path.unlink()
    _request_counts.pop(model_name, None)
    return {"removed": model_name}
