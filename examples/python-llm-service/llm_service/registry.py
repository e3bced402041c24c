"""Which models exist, which one is active, and the operations that change that."""

import asyncio
import json
import logging
import uuid
from pathlib import Path
from typing import Any, Dict, List, Optional, Set

from llm_service.events import EventBus
from llm_service.providers import ModelProvider
from llm_service.records import ModelRecord, Operation

logger = logging.getLogger(__name__)

MAX_KEPT_OPERATIONS = 50


class UnknownProviderError(LookupError):
    """Nobody has registered a provider of that name."""


class ModelRegistry:
    """Asks the providers and remembers the active model of each runtime."""

    def __init__(self, providers: List[ModelProvider], manifest_path: Path, bus: EventBus) -> None:
        self._providers = {provider.name: provider for provider in providers}
        self._manifest_path = manifest_path
        self._bus = bus
        self._operations: Dict[str, Operation] = {}
        self._running: Set["asyncio.Task[None]"] = set()

    def provider(self, name: str) -> ModelProvider:
        try:
            return self._providers[name]
        except KeyError:
            raise UnknownProviderError(f"Unknown provider: {name}") from None

    def provider_names(self) -> List[str]:
        return sorted(self._providers)

    async def list_models(self, provider: Optional[str] = None) -> List[ModelRecord]:
        chosen = [self.provider(provider)] if provider else list(self._providers.values())
        records: List[ModelRecord] = []
        for item in chosen:
            records.extend(await item.list_models())
        return records

    async def find(self, name: str) -> Optional[ModelRecord]:
        for record in await self.list_models():
            if record.name == name:
                return record
        return None

    async def details(self, names: List[str]) -> List[ModelRecord]:
        """Full records of several models, for the comparison page."""
        found: List[ModelRecord] = []
        for name in names:
            provider = self._providers["huggingface" if "/" in name else "ollama"]
            try:
                record = await provider.describe(name)
            except Exception:
                continue
            if record is not None:
                found.append(record)
        return found

    def start_install(self, name: str, provider: str) -> Operation:
        """Begins an installation; clients poll the operation."""
        source = self.provider(provider)
        operation = Operation(uuid.uuid4().hex[:12], "install", name)
        self._keep(operation)
        task = asyncio.ensure_future(self._run_install(operation, source))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return operation

    async def _run_install(self, operation: Operation, source: ModelProvider) -> None:
        operation.status = "running"
        try:
            installed = await source.install(operation.model_name, operation.progress.append)
        except Exception as error:
            logger.exception("Installation of %s failed", operation.model_name)
            operation.status = "failed"
            operation.error = str(error)
        else:
            operation.status = "completed" if installed else "failed"
        await self._bus.publish("operation", operation.to_dict())

    async def remove(self, name: str, provider: str) -> bool:
        removed = await self.provider(provider).remove(name)
        if removed:
            manifest = self._read_manifest()
            manifest["active"] = {
                runtime: active for runtime, active in manifest["active"].items() if active != name
            }
            self._write_manifest(manifest)
        return removed

    async def drain(self) -> None:
        """Waits for the installations that still run; called at shutdown."""
        if self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    def operation(self, operation_id: str) -> Optional[Operation]:
        return self._operations.get(operation_id)

    def operations(self) -> List[Operation]:
        return list(self._operations.values())

    def activate(self, name: str, runtime: str) -> Dict[str, str]:
        manifest = self._read_manifest()
        manifest["active"][runtime] = name
        self._write_manifest(manifest)
        return manifest["active"]

    def active(self) -> Dict[str, str]:
        return self._read_manifest()["active"]

    def _keep(self, operation: Operation) -> None:
        self._operations[operation.operation_id] = operation
        while len(self._operations) > MAX_KEPT_OPERATIONS:
            oldest = next(iter(self._operations))
            del self._operations[oldest]

    def _read_manifest(self) -> Dict[str, Any]:
        if not self._manifest_path.exists():
            return {"active": {}}
        return json.loads(self._manifest_path.read_text(encoding="utf-8"))

    def _write_manifest(self, manifest: Dict[str, Any]) -> None:
        self._manifest_path.parent.mkdir(parents=True, exist_ok=True)
        self._manifest_path.write_text(json.dumps(manifest, indent=2), encoding="utf-8")
