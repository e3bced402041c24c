"""Settings of the service, read from the environment once at start."""

import os
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Mapping, Optional

DEFAULT_CACHE_TTL_SECONDS = 900
DEFAULT_SWEEP_INTERVAL_SECONDS = 3600


def _int_setting(env: Mapping[str, str], key: str, default: int) -> int:
    value = default
    try:
        value = int(env[key])
    except (KeyError, ValueError):
        pass
    return value


def service_version() -> str:
    """The installed version, or a marker when the service runs from a checkout."""
    version = "0.0.0+checkout"
    try:
        version = metadata.version("llm-service")
    except Exception:
        pass
    return version


@dataclass(frozen=True)
class Settings:
    """Everything that differs between a laptop and the GPU machine."""

    ollama_url: str = "http://127.0.0.1:11434"
    vllm_url: str = "http://127.0.0.1:8000"
    catalog_url: str = "https://catalog.example.org"
    default_model: str = "llama3:8b"
    data_dir: Path = Path("data")
    cache_ttl_seconds: int = DEFAULT_CACHE_TTL_SECONDS
    sweep_interval_seconds: int = DEFAULT_SWEEP_INTERVAL_SECONDS
    webhook_url: Optional[str] = None

    @property
    def models_dir(self) -> Path:
        return self.data_dir / "models"

    @property
    def logs_dir(self) -> Path:
        return self.data_dir / "logs"

    @classmethod
    def from_env(cls, env: Optional[Mapping[str, str]] = None) -> "Settings":
        """Reads `LLM_SERVICE_*`; an unreadable number falls back to its default."""
        source = os.environ if env is None else env
        return cls(
            ollama_url=source.get("LLM_SERVICE_OLLAMA_URL", cls.ollama_url).rstrip("/"),
            vllm_url=source.get("LLM_SERVICE_VLLM_URL", cls.vllm_url).rstrip("/"),
            catalog_url=source.get("LLM_SERVICE_CATALOG_URL", cls.catalog_url).rstrip("/"),
            default_model=source.get("LLM_SERVICE_MODEL", cls.default_model),
            data_dir=Path(source.get("LLM_SERVICE_DATA_DIR", str(cls.data_dir))),
            cache_ttl_seconds=_int_setting(
                source, "LLM_SERVICE_CACHE_TTL", DEFAULT_CACHE_TTL_SECONDS
            ),
            sweep_interval_seconds=_int_setting(
                source, "LLM_SERVICE_SWEEP_INTERVAL", DEFAULT_SWEEP_INTERVAL_SECONDS
            ),
            webhook_url=source.get("LLM_SERVICE_WEBHOOK_URL") or None,
        )
