"""Versions of models on disk, what they cost, and which of them are loaded."""

import json
import logging
import shutil
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import httpx

from llm_service.events import EventBus

logger = logging.getLogger(__name__)


class ModelManager:
    """Looks after model files and after what the runtime keeps in memory."""

    def __init__(self, models_dir: Path, ollama_url: str, bus: EventBus) -> None:
        self.models_dir = models_dir
        self.ollama_url = ollama_url
        self.bus = bus
        self.installed_since_start: List[str] = []

    async def loaded_models(self) -> List[str]:
        async with httpx.AsyncClient(timeout=5.0) as client:
            response = await client.get(f"{self.ollama_url}/api/ps")
        response.raise_for_status()
        return [item["name"] for item in response.json().get("models", [])]

    async def unload_all(self) -> Dict[str, List[str]]:
        """Asks the runtime to drop each loaded model from memory."""
        unloaded: List[str] = []
        for name in await self.loaded_models():
            try:
                async with httpx.AsyncClient(timeout=30.0) as client:
                    response = await client.post(
                        f"{self.ollama_url}/api/generate", json={"model": name, "keep_alive": 0}
                    )
                response.raise_for_status()
            except Exception:
                continue
            unloaded.append(name)
        return {"unloaded": unloaded}

    def versions(self, name: str) -> List[Dict[str, Any]]:
        """The recorded versions of a model, newest first."""
        path = self._versions_path(name)
        if not path.exists():
            return []
        entries = json.loads(path.read_text(encoding="utf-8"))
        return sorted(entries, key=lambda entry: entry["number"], reverse=True)

    def record_version(self, name: str, digest: str, note: str = "") -> Dict[str, Any]:
        known = self.versions(name)
        entry = {"number": known[0]["number"] + 1 if known else 1, "digest": digest, "note": note}
        path = self._versions_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([entry, *known]), encoding="utf-8")
        return entry

    def disk_usage(self) -> Dict[str, int]:
        """Bytes below the models folder and bytes free beside it."""
        used = 0
        if self.models_dir.exists():
            used = sum(item.stat().st_size for item in self.models_dir.rglob("*") if item.is_file())
        return {"used": used, "free": self.free_bytes()}

    def free_bytes(self) -> int:
        anchor = self.models_dir
        while not anchor.exists():
            anchor = anchor.parent
        return shutil.disk_usage(anchor).free

    def watch_installs(self, notify: Optional[Callable[[str], None]] = None) -> Callable[[], None]:
        """Keeps count of finished installations; returns the function that stops watching."""
        finished = 0
        failed_names: List[str] = []

        def on_operation(payload: Dict[str, Any]) -> None:
            nonlocal finished
            if payload.get("kind") != "install":
                return
            name = payload["model_name"]
            if payload["status"] == "failed":
                failed_names.append(name)
                logger.warning("%d installations failed so far: %s", len(failed_names), name)
                return
            finished += 1
            self.installed_since_start.append(name)
            if notify is not None:
                notify(f"{finished} installed, {len(failed_names)} failed")

        return self.bus.subscribe("operation", on_operation)

    def _versions_path(self, name: str) -> Path:
        return self.models_dir / "versions" / f"{name.replace('/', '--').replace(':', '_')}.json"
