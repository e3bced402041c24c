"""The benchmark watches tokens and ticks at the same time."""

from unittest.mock import patch

import pytest

from llm_service.benchmark import PROMPTS, BenchmarkRunner
from tests.conftest import FakeKernel

pytestmark = pytest.mark.anyio


async def test_counts_tokens_and_gaps(bus):
    kernel = FakeKernel(["two words", " "])
    runner = BenchmarkRunner(kernel, bus)
    ticks = iter(range(100))
    with patch("llm_service.benchmark.time.perf_counter", side_effect=lambda: next(ticks) * 0.5):
        result = await runner.measure("fast:1b", rounds=2)
    assert kernel.models_used == ["fast:1b"] * len(PROMPTS) * 2
    assert kernel.model == "default:1b"
    assert kernel.callbacks[-1] is None
    assert result.tokens == 3 * len(PROMPTS) * 2
    assert result.gaps_ms[:2] == [1000.0, 500.0]
    assert result.to_dict()["worst_gap_ms"] == 1000.0
    assert result.seconds > 0


async def test_slow_tokens_are_stalls(bus):
    runner = BenchmarkRunner(FakeKernel(["x"]), bus, stall_after_seconds=1.0)
    ticks = iter(range(0, 1000, 3))
    with patch("llm_service.benchmark.time.perf_counter", side_effect=lambda: next(ticks)):
        result = await runner.measure("slow:70b")
    assert result.stalls == len(PROMPTS)


async def test_ticks_without_tokens_are_stalls_too(bus):
    class Idle(FakeKernel):
        async def complete(self, prompt, options=None):
            for _ in range(4):
                await bus.publish("tick", {})
            return ""

    result = await BenchmarkRunner(Idle(), bus).measure("stuck:1b")
    assert result.stalls == len(PROMPTS)
    assert result.tokens == 0
    for _ in range(4):
        await bus.publish("tick", {})
    assert result.stalls == len(PROMPTS)


async def test_a_token_between_ticks_is_no_stall(bus):
    class Slow(FakeKernel):
        async def complete(self, prompt, options=None):
            for _ in range(3):
                await bus.publish("tick", {})
            await self.callbacks[-1]("token")
            for _ in range(3):
                await bus.publish("tick", {})
            return "token"

    with patch("llm_service.benchmark.PROMPTS", ("one",)):
        result = await BenchmarkRunner(Slow(), bus).measure("steady:1b")
    assert (result.tokens, result.stalls) == (1, 0)


async def test_the_kernel_is_restored_after_an_error(bus):
    kernel = FakeKernel(error=ConnectionError("gone"))
    with pytest.raises(ConnectionError):
        await BenchmarkRunner(kernel, bus).measure("x")
    assert kernel.model == "default:1b"
    assert kernel.callbacks[-1] is None
