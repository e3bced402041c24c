"""What the service knows about one model."""

from dataclasses import asdict, dataclass, field
from typing import Any, Dict, List, Optional


@dataclass
class ModelRecord:
    """One installed or installable model, whichever provider it comes from."""

    name: str
    provider: str
    size_bytes: Optional[int] = None
    family: str = "unknown"
    quantization: Optional[str] = None
    context_length: int = 4096
    capabilities: List[str] = field(default_factory=list)

    def to_dict(self) -> Dict[str, Any]:
        return asdict(self)


@dataclass
class Operation:
    """A long-running change to the registry that clients poll."""

    operation_id: str
    kind: str
    model_name: str
    status: str = "pending"
    progress: List[str] = field(default_factory=list)
    error: Optional[str] = None

    def to_dict(self) -> Dict[str, Any]:
        return asdict(self)
