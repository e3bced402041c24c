"""Where models come from: the Ollama runtime and the Hugging Face hub."""

import asyncio
import json
import logging
import os
import re
import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import httpx

from llm_service.parsing import parameter_count, safe_json
from llm_service.records import ModelRecord

logger = logging.getLogger(__name__)

ProgressCallback = Callable[[str], None]

INSTALL_TIMEOUT_SECONDS = 3600
HUB_URL = "https://huggingface.co"


class ModelProvider(ABC):
    """A source of models; `name` is what clients send as `provider`."""

    name: str

    @abstractmethod
    async def list_models(self) -> List[ModelRecord]:
        """Models that are installed here."""

    @abstractmethod
    async def install(self, name: str, on_progress: Optional[ProgressCallback] = None) -> bool:
        """Brings a model onto this machine; False when the source refused."""

    @abstractmethod
    async def remove(self, name: str) -> bool:
        """Deletes a model from this machine; False when it was not there."""

    @abstractmethod
    async def describe(self, name: str) -> Optional[ModelRecord]:
        """Details of one model, or None when the source does not know it."""


class OllamaProvider(ModelProvider):
    """Models that the Ollama runtime holds, through its HTTP API and its command line."""

    name = "ollama"

    def __init__(
        self,
        base_url: str,
        data_dir: Path,
        binary: str = "ollama",
        timeout_seconds: float = 10.0,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.binary = binary
        self.timeout_seconds = timeout_seconds
        self.snapshot_path = data_dir / "ollama-models.json"
        self.last_error: Optional[str] = None

    def is_installable_name(self, name: str) -> bool:
        """Whether the command line would accept the name."""
        if not name or len(name) > 100:
            return False
        if not re.match(r"^[\w\-.:]+$", name):
            return False
        return True

    async def list_models(self) -> List[ModelRecord]:
        """Asks the runtime; while it is down, the last snapshot answers."""
        try:
            async with httpx.AsyncClient(timeout=self.timeout_seconds) as client:
                response = await client.get(f"{self.base_url}/api/tags")
            response.raise_for_status()
            entries = response.json().get("models", [])
        except httpx.HTTPError as error:
            logger.warning("Ollama at %s does not list its models: %s", self.base_url, error)
            self.last_error = str(error)
            return self._read_snapshot()
        self.last_error = None
        records = [self._to_record(entry) for entry in entries if entry.get("name")]
        records.sort(key=lambda record: record.name)
        self._write_snapshot(records)
        return records

    async def describe(self, name: str) -> Optional[ModelRecord]:
        async with httpx.AsyncClient(timeout=self.timeout_seconds) as client:
            response = await client.post(f"{self.base_url}/api/show", json={"model": name})
        if response.status_code == 404:
            return None
        response.raise_for_status()
        document = response.json()
        record = self._to_record({"name": name, "details": document.get("details", {})})
        model_info = document.get("model_info", {})
        for key, value in model_info.items():
            if key.endswith(".context_length"):
                record.context_length = int(value)
        template = document.get("template", "")
        if ".Tools" in template:
            record.capabilities.append("tools")
        if any(key.startswith("clip.") for key in model_info):
            record.capabilities.append("vision")
        return record

    async def is_reachable(self) -> bool:
        """Whether the runtime answers at all."""
        try:
            async with httpx.AsyncClient(timeout=2.0) as client:
                response = await client.get(f"{self.base_url}/api/version")
            return response.status_code == 200
        except Exception:
            return False

    async def install(self, name: str, on_progress: Optional[ProgressCallback] = None) -> bool:
        if not self.is_installable_name(name):
            logger.warning("Not installing %r: the name is not valid", name)
            return False
        process = await asyncio.create_subprocess_exec(
            self.binary,
            "pull",
            name,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            assert process.stdout is not None
            async for raw in process.stdout:
                line = raw.decode("utf-8", errors="replace").strip()
                if line and on_progress is not None:
                    on_progress(line)
            code = await asyncio.wait_for(process.wait(), timeout=INSTALL_TIMEOUT_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
        if code != 0:
            self.last_error = f"{self.binary} pull {name} ended with {code}"
            logger.error("%s", self.last_error)
            return False
        return True

    async def remove(self, name: str) -> bool:
        completed = subprocess.run(
            [self.binary, "rm", name], capture_output=True, text=True, timeout=60
        )
        if completed.returncode != 0:
            logger.warning("%s rm %s: %s", self.binary, name, completed.stderr.strip())
            return False
        remaining = [record for record in self._read_snapshot() if record.name != name]
        self._write_snapshot(remaining)
        return True

    def runtime_version(self) -> Optional[str]:
        """The version that the command line prints, or None when it is not installed."""
        try:
            completed = subprocess.run(
                [self.binary, "--version"], capture_output=True, text=True, timeout=5
            )
        except FileNotFoundError:
            return None
        match = re.search(r"(\d+\.\d+\.\d+)", completed.stdout)
        return match.group(1) if match else None

    def _read_snapshot(self) -> List[ModelRecord]:
        if not self.snapshot_path.exists():
            return []
        with open(self.snapshot_path, encoding="utf-8") as handle:
            document = safe_json(handle.read())
        if not isinstance(document, list):
            logger.warning("Ignoring the damaged snapshot %s", self.snapshot_path)
            return []
        return [ModelRecord(**item) for item in document]

    def _write_snapshot(self, records: List[ModelRecord]) -> None:
        self.snapshot_path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.snapshot_path.with_suffix(".tmp")
        with open(temporary, "w", encoding="utf-8") as handle:
            json.dump([record.to_dict() for record in records], handle, indent=2)
        os.replace(temporary, self.snapshot_path)

    def _to_record(self, entry: Dict[str, Any]) -> ModelRecord:
        details = entry.get("details") or {}
        families = details.get("families") or [details.get("family") or "unknown"]
        capabilities = ["completion"]
        if "bert" in families or "embed" in entry["name"]:
            capabilities = ["embedding"]
        if "clip" in families or "mllama" in families:
            capabilities.append("vision")
        return ModelRecord(
            name=entry["name"],
            provider=self.name,
            size_bytes=entry.get("size"),
            family=families[0],
            quantization=details.get("quantization_level"),
            context_length=self._guess_context_length(entry["name"]),
            capabilities=capabilities,
        )

    @staticmethod
    def _guess_context_length(name: str) -> int:
        """The runtime tells it only for one model at a time, so the list guesses."""
        match = re.search(r"(\d+)k\b", name)
        if match:
            return int(match.group(1)) * 1024
        billions = parameter_count(name)
        if billions is not None and billions >= 30:
            return 8192
        return 4096


class HuggingFaceProvider(ModelProvider):
    """Snapshots of hub repositories in a local folder."""

    name = "huggingface"

    def __init__(self, models_dir: Path, timeout_seconds: float = 20.0) -> None:
        self.models_dir = models_dir
        self.timeout_seconds = timeout_seconds

    def _folder(self, name: str) -> Path:
        return self.models_dir / name.replace("/", "--")

    def _headers(self) -> Dict[str, str]:
        # The token is read at each call: operators rotate it without a restart.
        token = os.environ.get("HF_TOKEN")
        return {"Authorization": f"Bearer {token}"} if token else {}

    async def list_models(self) -> List[ModelRecord]:
        records: List[ModelRecord] = []
        if not self.models_dir.exists():
            return records
        for folder in sorted(self.models_dir.iterdir()):
            config_path = folder / "config.json"
            if not folder.is_dir() or not config_path.exists():
                continue
            config = safe_json(config_path.read_text(encoding="utf-8")) or {}
            records.append(self._to_record(folder.name.replace("--", "/", 1), config, folder))
        return records

    async def search(self, query: str, limit: int = 10) -> List[Dict[str, Any]]:
        """Repositories of the hub that match, most downloaded first."""
        params = {"search": query, "limit": str(limit), "sort": "downloads"}
        async with httpx.AsyncClient(timeout=self.timeout_seconds) as client:
            response = await client.get(
                f"{HUB_URL}/api/models", params=params, headers=self._headers()
            )
        if response.status_code == 429:
            logger.warning("The hub limits our searches; %r returns nothing", query)
            return []
        response.raise_for_status()
        return [
            {
                "name": item["id"],
                "downloads": item.get("downloads", 0),
                "tags": item.get("tags", []),
            }
            for item in response.json()
            if not item.get("private")
        ]

    async def describe(self, name: str) -> Optional[ModelRecord]:
        """The local snapshot when there is one, else what the hub says."""
        config_path = self._folder(name) / "config.json"
        if config_path.exists():
            config = safe_json(config_path.read_text(encoding="utf-8")) or {}
            return self._to_record(name, config, self._folder(name))
        async with httpx.AsyncClient(timeout=self.timeout_seconds) as client:
            response = await client.get(f"{HUB_URL}/api/models/{name}", headers=self._headers())
        if response.status_code in (401, 404):
            return None
        response.raise_for_status()
        document = response.json()
        return self._to_record(name, document.get("config") or {}, None)

    async def install(self, name: str, on_progress: Optional[ProgressCallback] = None) -> bool:
        try:
            from huggingface_hub import snapshot_download
        except ImportError:
            logger.error("Cannot install %s: the extra `hub` is not installed", name)
            return False
        folder = self._folder(name)
        folder.mkdir(parents=True, exist_ok=True)
        if on_progress is not None:
            on_progress(f"downloading {name}")
        try:
            await asyncio.to_thread(
                snapshot_download,
                repo_id=name,
                local_dir=str(folder),
                token=os.environ.get("HF_TOKEN"),
            )
        except Exception as error:
            logger.error("Download of %s failed: %s", name, error)
            shutil.rmtree(folder, ignore_errors=True)
            return False
        revision = self._revision(folder)
        (folder / "revision.txt").write_text(revision or "unknown", encoding="utf-8")
        if on_progress is not None:
            on_progress(f"installed {name} at {revision or 'an unknown revision'}")
        return True

    async def remove(self, name: str) -> bool:
        folder = self._folder(name)
        if not folder.exists():
            return False
        shutil.rmtree(folder)
        return True

    def _revision(self, folder: Path) -> Optional[str]:
        """The commit of a snapshot that was cloned with git."""
        if not (folder / ".git").exists():
            return None
        completed = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            timeout=10,
        )
        return completed.stdout.strip() or None

    def _to_record(self, name: str, config: Dict[str, Any], folder: Optional[Path]) -> ModelRecord:
        architectures = config.get("architectures") or []
        capabilities: List[str] = []
        if any(item.endswith("Model") for item in architectures):
            capabilities.append("embedding")
        if any(item.endswith("ForCausalLM") for item in architectures):
            capabilities.append("completion")
        quantization = (config.get("quantization_config") or {}).get("quant_method")
        size = None
        if folder is not None:
            size = sum(item.stat().st_size for item in folder.rglob("*") if item.is_file())
        return ModelRecord(
            name=name,
            provider=self.name,
            size_bytes=size,
            family=config.get("model_type", "unknown"),
            quantization=quantization,
            context_length=int(config.get("max_position_embeddings", 4096)),
            capabilities=capabilities,
        )
