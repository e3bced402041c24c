"""Request bodies that more than one router accepts."""

import re
from typing import Any, Dict, List, Optional

from pydantic import BaseModel, Field, field_validator

REPOSITORY_NAME = re.compile(r"^[\w\-.:/]+$")


class RegistryInstallRequest(BaseModel):
    """Installs a model from a named provider; hub names carry an owner."""

    name: str
    provider: str
    runtime: str = "ollama"

    @field_validator("name")
    @classmethod
    def validate_name(cls, v: str) -> str:
        if not v or len(v) > 200:
            raise ValueError("Repository name must have 1-200 characters")
        if not REPOSITORY_NAME.match(v):
            raise ValueError("Repository name contains characters that are not allowed")
        return v

    @field_validator("provider")
    @classmethod
    def validate_provider(cls, v: str) -> str:
        if v not in ["huggingface", "ollama"]:
            raise ValueError("Provider must be 'huggingface' or 'ollama'")
        return v

    @field_validator("runtime")
    @classmethod
    def validate_runtime(cls, v: str) -> str:
        if v not in ["vllm", "ollama"]:
            raise ValueError("Runtime must be 'vllm' or 'ollama'")
        return v


class ModelActivateRequest(BaseModel):
    """Makes an installed model the one that a runtime serves."""

    name: str
    runtime: str

    @field_validator("name")
    @classmethod
    def validate_name(cls, v: str) -> str:
        if not v or len(v) > 200:
            raise ValueError("Model name must have 1-200 characters")
        if not re.match(r"^[\w\-.:\/]+$", v):
            raise ValueError("Model name contains characters that are not allowed")
        return v

    @field_validator("runtime")
    @classmethod
    def validate_runtime(cls, v: str) -> str:
        if v not in ["vllm", "ollama"]:
            raise ValueError("Runtime must be 'vllm' or 'ollama'")
        return v


class BenchmarkRequest(BaseModel):
    """Compares how quickly models answer."""

    name: str
    rounds: int = Field(default=1, ge=1, le=5)

    @field_validator("name")
    @classmethod
    def validate_name(cls, v: str) -> str:
        # The name ends up in the title of a chart, hence the shorter limit.
        if not v or len(v) > 60:
            raise ValueError(f"Benchmark target must have 1-60 characters, got {len(v)}")
        if not re.match(r"^[\w\-.:]+$", v):
            raise ValueError(f"Benchmark target {v!r} contains characters that are not allowed")
        return v


class AdapterUploadRequest(BaseModel):
    """Registers a LoRA adapter for a base model."""

    name: str
    base_model: str
    rank: int = Field(default=16, ge=1, le=256)
    tags: List[str] = Field(default_factory=list)

    @field_validator("name")
    @classmethod
    def validate_name(cls, v: str) -> str:
        if not v or len(v) > 100:
            raise ValueError("Model name must have 1-100 characters")
        if not re.match(r"^[\w\-.]+$", v):
            raise ValueError("Model name contains characters that are not allowed")
        return v

    @field_validator("tags")
    @classmethod
    def validate_tags(cls, v: List[str]) -> List[str]:
        for tag in v:
            if not re.fullmatch(r"[a-z0-9\-]+", tag):
                raise ValueError(f"Tag {tag!r} must be lower case letters, digits and hyphens")
        return sorted(set(v))


class ServiceStartRequest(BaseModel):
    """Starts a runtime, with a model when it loads one at start."""

    model: Optional[str] = None
    extra_args: List[str] = Field(default_factory=list)

    @field_validator("model")
    @classmethod
    def validate_model(cls, v: Optional[str]) -> Optional[str]:
        if v is None:
            return v
        if len(v) > 100:
            raise ValueError("Model to serve must have at most 100 characters")
        if not re.match(r"^[\w\-.:]+$", v):
            raise ValueError("Model to serve contains characters that are not allowed")
        return v


class ChatRequest(BaseModel):
    """One prompt for the orchestrator."""

    prompt: str = Field(min_length=1, max_length=20_000)
    options: Dict[str, Any] = Field(default_factory=dict)
