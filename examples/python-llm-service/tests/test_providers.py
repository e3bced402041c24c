"""Providers against patched HTTP, processes and folders."""

import json
import sys
from types import ModuleType
from unittest.mock import AsyncMock, MagicMock, patch

import httpx
import pytest

from llm_service.providers import HuggingFaceProvider, OllamaProvider
from llm_service.records import ModelRecord
from tests.conftest import http_client, reply

pytestmark = pytest.mark.anyio

TAGS = {
    "models": [
        {
            "name": "phi3:mini",
            "size": 22,
            "details": {"family": "phi3", "quantization_level": "Q4_0"},
        },
        {"name": "llava:34b", "size": 99, "details": {"families": ["llama", "clip"]}},
        {"name": "nomic-embed:v1", "details": {"family": "bert"}},
        {"name": ""},
    ]
}


class Output:
    """What a process prints, line by line."""

    def __init__(self, *lines: bytes) -> None:
        self.lines = list(lines)

    def __aiter__(self):
        return self

    async def __anext__(self) -> bytes:
        if not self.lines:
            raise StopAsyncIteration
        return self.lines.pop(0)


def process(code, *lines, finished=True):
    fake = MagicMock(stdout=Output(*lines), returncode=code if finished else None)
    fake.wait = AsyncMock(return_value=code)
    return fake


@pytest.fixture
def provider(tmp_path):
    return OllamaProvider("http://runtime.test/", tmp_path)


class TestOllamaListing:
    async def test_lists_what_the_runtime_holds(self, provider):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            client = http_client(client_class, get=reply(200, TAGS))
            records = await provider.list_models()
        client_class.assert_called_once_with(timeout=10.0)
        client.get.assert_awaited_once_with("http://runtime.test/api/tags")
        assert [record.name for record in records] == ["llava:34b", "nomic-embed:v1", "phi3:mini"]
        assert [record.capabilities for record in records] == [
            ["completion", "vision"],
            ["embedding"],
            ["completion"],
        ]
        assert [record.context_length for record in records] == [8192, 4096, 4096]
        assert records[2].quantization == "Q4_0"

    async def test_answers_from_the_snapshot_while_the_runtime_is_down(self, provider):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(
                client_class,
                get=[reply(200, TAGS), httpx.ConnectError("refused"), reply(200, TAGS)],
            )
            first = await provider.list_models()
            assert provider.last_error is None
            assert await provider.list_models() == first
            assert provider.last_error == "refused"
            await provider.list_models()
        assert provider.last_error is None
        assert not provider.snapshot_path.with_suffix(".tmp").exists()

    async def test_an_error_status_also_falls_back(self, provider):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=reply(500))
            assert await provider.list_models() == []
        assert "500" in provider.last_error

    async def test_a_damaged_snapshot_is_ignored(self, provider):
        provider.snapshot_path.write_text("{broken")
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=httpx.ReadTimeout("slow"))
            assert await provider.list_models() == []

    async def test_other_errors_are_not_hidden(self, provider):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=RuntimeError("bug"))
            with pytest.raises(RuntimeError):
                await provider.list_models()


class TestOllamaDetails:
    async def test_describes_one_model(self, provider):
        document = {
            "details": {"family": "llama"},
            "model_info": {"llama.context_length": 8192, "clip.layers": 3},
            "template": "{{ if .Tools }}",
        }
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            client = http_client(client_class, post=reply(200, document))
            record = await provider.describe("llama3:8b")
        client.post.assert_awaited_once_with(
            "http://runtime.test/api/show", json={"model": "llama3:8b"}
        )
        assert record.context_length == 8192
        assert record.capabilities == ["completion", "tools", "vision"]

    async def test_unknown_models_are_none(self, provider):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, post=reply(404))
            assert await provider.describe("nope") is None

    async def test_a_server_error_is_raised(self, provider):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, post=reply(503))
            with pytest.raises(httpx.HTTPStatusError):
                await provider.describe("llama3")

    @pytest.mark.parametrize(
        "outcome, expected",
        [(reply(200), True), (reply(500), False), (httpx.ConnectError("refused"), False)],
    )
    async def test_reachability(self, provider, outcome, expected):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=outcome)
            assert await provider.is_reachable() is expected
        client_class.assert_called_once_with(timeout=2.0)


class TestOllamaInstall:
    async def test_reports_progress(self, provider):
        lines = []
        with patch(
            "llm_service.providers.asyncio.create_subprocess_exec",
            AsyncMock(return_value=process(0, b"pulling\n", b"\n", b"done \xff\n")),
        ) as spawn:
            assert await provider.install("llama3:8b", lines.append) is True
        assert spawn.await_args.args == ("ollama", "pull", "llama3:8b")
        assert lines == ["pulling", "done \ufffd"]

    async def test_failure_is_remembered(self, provider):
        fake = process(1, b"no such model\n")
        with patch(
            "llm_service.providers.asyncio.create_subprocess_exec", AsyncMock(return_value=fake)
        ):
            assert await provider.install("nope") is False
        assert provider.last_error == "ollama pull nope ended with 1"
        fake.kill.assert_not_called()

    async def test_the_process_is_killed_when_progress_fails(self, provider):
        fake = process(0, b"pulling\n", finished=False)

        def explode(line):
            raise ValueError(line)

        with patch(
            "llm_service.providers.asyncio.create_subprocess_exec", AsyncMock(return_value=fake)
        ):
            with pytest.raises(ValueError):
                await provider.install("llama3", explode)
        fake.kill.assert_called_once_with()

    @pytest.mark.parametrize("name", ["", "a" * 101, "a b", "acme/llama", "$(x)"])
    async def test_bad_names_start_no_process(self, provider, name):
        assert provider.is_installable_name(name) is False
        with patch("llm_service.providers.asyncio.create_subprocess_exec") as spawn:
            assert await provider.install(name) is False
        spawn.assert_not_called()

    async def test_good_names(self, provider):
        assert provider.is_installable_name("llama3:8b-q4_0") is True


class TestOllamaCommandLine:
    async def test_remove_forgets_the_model(self, provider):
        provider._write_snapshot([ModelRecord("a", "ollama"), ModelRecord("b", "ollama")])
        with patch("llm_service.providers.subprocess.run") as run:
            run.return_value = MagicMock(returncode=0)
            assert await provider.remove("a") is True
        run.assert_called_once_with(
            ["ollama", "rm", "a"], capture_output=True, text=True, timeout=60
        )
        assert [item["name"] for item in json.loads(provider.snapshot_path.read_text())] == ["b"]

    async def test_remove_fails_when_the_command_does(self, provider):
        with patch("llm_service.providers.subprocess.run") as run:
            run.return_value = MagicMock(returncode=1, stderr="not found\n")
            assert await provider.remove("a") is False
        assert not provider.snapshot_path.exists()

    @pytest.mark.parametrize(
        "outcome, expected",
        [
            (MagicMock(stdout="ollama version is 0.5.12"), "0.5.12"),
            (MagicMock(stdout="development build"), None),
            (FileNotFoundError("ollama"), None),
        ],
    )
    async def test_version(self, provider, outcome, expected):
        with patch("llm_service.providers.subprocess.run", side_effect=[outcome]):
            assert provider.runtime_version() == expected


@pytest.fixture
def hub(tmp_path):
    return HuggingFaceProvider(tmp_path / "models")


def snapshot(hub, name, **config):
    folder = hub._folder(name)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config))
    return folder


class TestHub:
    async def test_lists_snapshots(self, hub):
        assert await hub.list_models() == []
        snapshot(hub, "acme/tiny", architectures=["TinyForCausalLM"], model_type="tiny")
        snapshot(hub, "acme/embed", architectures=["BertModel"], max_position_embeddings=512)
        (hub.models_dir / "unfinished").mkdir()
        records = await hub.list_models()
        assert [(item.name, item.capabilities) for item in records] == [
            ("acme/embed", ["embedding"]),
            ("acme/tiny", ["completion"]),
        ]
        assert [item.context_length for item in records] == [512, 4096]
        assert records[1].size_bytes > 0

    async def test_search_reads_the_token_at_each_call(self, hub, monkeypatch):
        hits = [{"id": "acme/a", "downloads": 5}, {"id": "acme/b", "private": True}]
        monkeypatch.delenv("HF_TOKEN", raising=False)
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            client = http_client(client_class, get=reply(200, hits))
            assert await hub.search("acme", 3) == [{"name": "acme/a", "downloads": 5, "tags": []}]
            monkeypatch.setenv("HF_TOKEN", "rotated")
            await hub.search("acme")
        first, second = [call.kwargs for call in client.get.await_args_list]
        assert first["headers"] == {}
        assert first["params"] == {"search": "acme", "limit": "3", "sort": "downloads"}
        assert second["headers"] == {"Authorization": "Bearer rotated"}

    async def test_search_while_limited(self, hub):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=reply(429))
            assert await hub.search("acme") == []

    async def test_describe_prefers_the_local_snapshot(self, hub):
        snapshot(hub, "acme/tiny", model_type="tiny")
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            record = await hub.describe("acme/tiny")
        client_class.assert_not_called()
        assert record.family == "tiny"

    @pytest.mark.parametrize("code", [401, 404])
    async def test_describe_unknown(self, hub, code):
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=reply(code))
            assert await hub.describe("acme/none") is None

    async def test_describe_remote(self, hub):
        document = {
            "config": {"model_type": "qwen2", "quantization_config": {"quant_method": "awq"}}
        }
        with patch("llm_service.providers.httpx.AsyncClient") as client_class:
            http_client(client_class, get=reply(200, document))
            record = await hub.describe("acme/remote")
        assert (record.family, record.quantization, record.size_bytes) == ("qwen2", "awq", None)

    async def test_install_without_the_extra(self, hub):
        with patch.dict(sys.modules, {"huggingface_hub": None}):
            assert await hub.install("acme/tiny") is False
        assert not hub._folder("acme/tiny").exists()

    async def test_install(self, hub, monkeypatch):
        monkeypatch.setenv("HF_TOKEN", "secret")
        module = ModuleType("huggingface_hub")
        module.snapshot_download = MagicMock()
        progress = []
        with patch.dict(sys.modules, {"huggingface_hub": module}):
            assert await hub.install("acme/tiny", progress.append) is True
        module.snapshot_download.assert_called_once_with(
            repo_id="acme/tiny", local_dir=str(hub._folder("acme/tiny")), token="secret"
        )
        assert progress == ["downloading acme/tiny", "installed acme/tiny at an unknown revision"]
        assert (hub._folder("acme/tiny") / "revision.txt").read_text() == "unknown"

    async def test_install_records_the_revision(self, hub):
        module = ModuleType("huggingface_hub")
        module.snapshot_download = MagicMock(
            side_effect=lambda local_dir, **_: (hub._folder("acme/tiny") / ".git").mkdir()
        )
        with (
            patch.dict(sys.modules, {"huggingface_hub": module}),
            patch("llm_service.providers.subprocess.run") as run,
        ):
            run.return_value = MagicMock(stdout="abc123\n")
            assert await hub.install("acme/tiny") is True
        assert run.call_args.args[0][-2:] == ["rev-parse", "HEAD"]
        assert (hub._folder("acme/tiny") / "revision.txt").read_text() == "abc123"

    async def test_a_failed_download_leaves_nothing(self, hub):
        module = ModuleType("huggingface_hub")
        module.snapshot_download = MagicMock(side_effect=RuntimeError("disk full"))
        with patch.dict(sys.modules, {"huggingface_hub": module}):
            assert await hub.install("acme/tiny") is False
        assert not hub._folder("acme/tiny").exists()

    async def test_remove(self, hub):
        assert await hub.remove("acme/tiny") is False
        snapshot(hub, "acme/tiny")
        assert await hub.remove("acme/tiny") is True
        assert not hub._folder("acme/tiny").exists()
