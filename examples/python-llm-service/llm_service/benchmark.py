"""Measures how quickly a model answers a fixed set of prompts."""

import time
from dataclasses import dataclass, field
from typing import Dict, List

from llm_service.events import EventBus
from llm_service.kernel import LlmKernel

PROMPTS = (
    "Name three uses of a paper clip.",
    "Summarise the plot of a heist film in two sentences.",
    "Write a haiku about build servers.",
)


@dataclass
class BenchmarkResult:
    model_name: str
    tokens: int = 0
    stalls: int = 0
    seconds: float = 0.0
    gaps_ms: List[float] = field(default_factory=list)

    @property
    def tokens_per_second(self) -> float:
        return round(self.tokens / self.seconds, 2) if self.seconds > 0 else 0.0

    def to_dict(self) -> Dict[str, object]:
        return {
            "model": self.model_name,
            "tokens": self.tokens,
            "stalls": self.stalls,
            "tokens_per_second": self.tokens_per_second,
            "worst_gap_ms": max(self.gaps_ms, default=0.0),
        }


class BenchmarkRunner:
    """Runs the prompts one after the other and watches the stream."""

    def __init__(self, kernel: LlmKernel, bus: EventBus, stall_after_seconds: float = 2.0) -> None:
        self.kernel = kernel
        self.bus = bus
        self.stall_after_seconds = stall_after_seconds

    async def measure(self, model_name: str, rounds: int = 1) -> BenchmarkResult:
        result = BenchmarkResult(model_name)
        last_activity = time.perf_counter()
        idle_ticks = 0

        async def on_token(text: str) -> None:
            nonlocal last_activity, idle_ticks
            now = time.perf_counter()
            result.gaps_ms.append(round((now - last_activity) * 1000, 1))
            result.tokens += len(text.split()) or 1
            if now - last_activity > self.stall_after_seconds:
                result.stalls += 1
            last_activity = now
            idle_ticks = 0

        def on_tick(payload: Dict[str, object]) -> None:
            nonlocal last_activity, idle_ticks
            idle_ticks += 1
            if idle_ticks > 3:
                result.stalls += 1
                idle_ticks = 0
                last_activity = time.perf_counter()

        unsubscribe = self.bus.subscribe("tick", on_tick)
        self.kernel.set_stream_callback(on_token)
        previous_model = self.kernel.model
        self.kernel.model = model_name
        started_at = time.perf_counter()
        try:
            for _ in range(rounds):
                for prompt in PROMPTS:
                    await self.kernel.complete(prompt)
        finally:
            self.kernel.model = previous_model
            self.kernel.set_stream_callback(None)
            unsubscribe()
        result.seconds = time.perf_counter() - started_at
        return result
