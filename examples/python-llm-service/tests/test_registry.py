"""The registry, its operations and its manifest; the manager beside it."""

from unittest.mock import patch

import httpx
import pytest

from llm_service.registry import MAX_KEPT_OPERATIONS, UnknownProviderError
from tests.conftest import http_client, reply

pytestmark = pytest.mark.anyio


async def test_lists_all_providers_or_one(registry):
    assert len(await registry.list_models()) == 4
    assert [item.name for item in await registry.list_models("huggingface")] == [
        "acme/coder-14b-instruct"
    ]
    with pytest.raises(UnknownProviderError, match="Unknown provider: pypi"):
        await registry.list_models("pypi")


async def test_details_leave_out_what_cannot_be_described(registry, ollama):
    ollama.failing_names.append("phi3:mini")
    found = await registry.details(["llama3:8b", "phi3:mini", "gone:1b", "acme/coder-14b-instruct"])
    assert [item.name for item in found] == ["llama3:8b", "acme/coder-14b-instruct"]


async def test_installation_runs_in_the_background(registry, ollama, bus):
    published = []
    bus.subscribe("operation", published.append)
    operation = registry.start_install("gemma:2b", "ollama")
    assert operation.status == "pending"
    await registry.drain()
    assert operation.status == "completed"
    assert operation.progress == ["pulling manifest", "success"]
    assert "gemma:2b" in ollama.records
    assert published == [operation.to_dict()]
    assert registry.operation(operation.operation_id) is operation


async def test_failed_installations(registry, ollama):
    ollama.failing_names.append("bad:1b")
    refused = registry.start_install("bad:1b", "ollama")
    await registry.drain()
    ollama.install_error = OSError("disk full")
    broken = registry.start_install("big:70b", "ollama")
    await registry.drain()
    assert (refused.status, refused.error) == ("failed", None)
    assert (broken.status, broken.error) == ("failed", "disk full")


async def test_old_operations_are_dropped(registry):
    first = registry.start_install("m0", "ollama")
    for number in range(MAX_KEPT_OPERATIONS):
        registry.start_install(f"m{number + 1}", "ollama")
    await registry.drain()
    assert len(registry.operations()) == MAX_KEPT_OPERATIONS
    assert registry.operation(first.operation_id) is None


async def test_removal_clears_the_active_model(registry):
    registry.activate("llama3:8b", "ollama")
    registry.activate("acme/coder-14b-instruct", "vllm")
    assert await registry.remove("llama3:8b", "ollama") is True
    assert registry.active() == {"vllm": "acme/coder-14b-instruct"}
    assert await registry.remove("llama3:8b", "ollama") is False


async def test_unload_all_skips_models_that_do_not_answer(manager):
    with patch("llm_service.model_manager.httpx.AsyncClient") as client_class:
        client = http_client(
            client_class,
            get=reply(200, {"models": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}),
            post=[reply(), httpx.ReadTimeout("slow"), reply(500)],
        )
        assert await manager.unload_all() == {"unloaded": ["a"]}
    assert client.post.await_args_list[0].kwargs == {"json": {"model": "a", "keep_alive": 0}}


async def test_versions_are_numbered(manager):
    assert manager.versions("llama3:8b") == []
    manager.record_version("llama3:8b", "sha256:1")
    manager.record_version("llama3:8b", "sha256:2", "tuned")
    assert [(item["number"], item["note"]) for item in manager.versions("llama3:8b")] == [
        (2, "tuned"),
        (1, ""),
    ]


async def test_disk_usage(manager):
    assert manager.disk_usage()["used"] == 0
    manager.models_dir.mkdir()
    (manager.models_dir / "weights.bin").write_bytes(b"x" * 10)
    with patch("llm_service.model_manager.shutil.disk_usage") as usage:
        usage.return_value.free = 77
        assert manager.disk_usage() == {"used": 10, "free": 77}


async def test_watching_counts_until_it_is_stopped(manager, bus):
    said = []
    stop = manager.watch_installs(said.append)
    await bus.publish("operation", {"kind": "install", "model_name": "a", "status": "completed"})
    await bus.publish("operation", {"kind": "install", "model_name": "b", "status": "failed"})
    await bus.publish("operation", {"kind": "convert", "model_name": "c", "status": "completed"})
    await bus.publish("operation", {"kind": "install", "model_name": "d", "status": "completed"})
    stop()
    await bus.publish("operation", {"kind": "install", "model_name": "e", "status": "completed"})
    assert said == ["1 installed, 0 failed", "2 installed, 1 failed"]
    assert manager.installed_since_start == ["a", "d"]


async def test_each_watch_counts_for_itself(manager, bus):
    first, second = [], []
    manager.watch_installs(first.append)
    await bus.publish("operation", {"kind": "install", "model_name": "a", "status": "completed"})
    manager.watch_installs(second.append)
    await bus.publish("operation", {"kind": "install", "model_name": "b", "status": "completed"})
    assert first == ["1 installed, 0 failed", "2 installed, 0 failed"]
    assert second == ["1 installed, 0 failed"]
