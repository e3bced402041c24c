"""The application as a whole, and the small modules around it."""

import asyncio
import json
import logging
from unittest.mock import AsyncMock, patch

import httpx
import pytest
from fastapi.testclient import TestClient

from llm_service import __main__ as command
from llm_service.app import create_app
from llm_service.events import EventBus
from llm_service.logsink import install_json_log
from llm_service.parsing import parameter_count, parse_size, parse_timestamp, safe_json
from llm_service.retry import with_retry
from llm_service.routes import chat
from llm_service.settings import Settings, service_version
from tests.conftest import FakeKernel, http_client


@pytest.fixture
def app_client(tmp_path):
    with TestClient(create_app(Settings(data_dir=tmp_path))) as client:
        yield client


def test_health(app_client):
    with patch("llm_service.providers.httpx.AsyncClient") as client_class:
        http_client(client_class, get=httpx.ConnectError("down"))
        assert app_client.get("/health").json() == {"status": "ok", "ollama": False}


def test_chat(app_client):
    with patch.object(chat._orchestrator, "kernel", FakeKernel(["Hi\n", "there"])):
        body = app_client.post("/api/v1/chat", json={"prompt": "Hello"}).json()
    assert body["answer"] == "Hi\nthere"
    assert body["metrics"]["chunks"] == 2
    read = app_client.get(f"/api/v1/chat/{body['task_id']}").json()
    assert (read["status"], read["partial"]) == ("done", "Hi\nthere")
    assert app_client.get("/api/v1/chat/none").status_code == 404


def test_chat_stream(app_client):
    with patch.object(chat._orchestrator, "kernel", FakeKernel(["one\n", "two\n"])):
        text = app_client.post("/api/v1/chat/stream", json={"prompt": "Count"}).text
    data = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    assert [item.get("text") for item in data[:2]] == ["one\n", "one\ntwo\n"]
    assert "event: done" in text
    assert data[-1]["chunks"] == 2


def test_chat_failure(app_client):
    with patch.object(chat._orchestrator, "kernel", FakeKernel(error=OSError("no gpu"))):
        answer = app_client.post("/api/v1/chat", json={"prompt": "Hello"})
    assert (answer.status_code, answer.json()["detail"]) == (502, "no gpu")


def test_settings_from_the_environment():
    settings = Settings.from_env(
        {"LLM_SERVICE_OLLAMA_URL": "http://gpu:1/", "LLM_SERVICE_CACHE_TTL": "soon"}
    )
    assert settings.ollama_url == "http://gpu:1"
    assert settings.cache_ttl_seconds == 900
    assert settings.models_dir.name == "models"
    assert Settings.from_env({"LLM_SERVICE_CACHE_TTL": "5"}).cache_ttl_seconds == 5


def test_version_of_a_checkout():
    with patch("llm_service.settings.metadata.version", side_effect=LookupError):
        assert service_version() == "0.0.0+checkout"
    with patch("llm_service.settings.metadata.version", return_value="1.2"):
        assert service_version() == "1.2"


@pytest.mark.parametrize(
    "text, size", [("4.7 GB", 5046586572), ("12B", 12), ("3 mib", 3145728), ("big", None)]
)
def test_sizes(text, size):
    assert parse_size(text) == size


def test_other_parsers():
    assert safe_json("[1]") == [1]
    assert safe_json("{") is None
    assert parse_timestamp("2024-05-01T10:00:00Z").utcoffset().total_seconds() == 0
    assert parse_timestamp("soon") is None
    assert parameter_count("llama3:8b-instruct") == 8.0
    assert parameter_count("8bit") is None


def test_json_log(tmp_path):
    handler = install_json_log(tmp_path / "logs" / "service.jsonl")
    logger = logging.getLogger("llm_service.test")
    try:
        logger.warning("low on %s", "space")
        handler.path = tmp_path / "missing" / "service.jsonl"
        logger.warning("lost")
    finally:
        logging.getLogger("llm_service").removeHandler(handler)
    lines = (tmp_path / "logs" / "service.jsonl").read_text().splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["low on space"]


def test_a_failing_subscriber_does_not_stop_the_others():
    bus, seen = EventBus(), []

    def fail(payload):
        raise ValueError(payload)

    bus.subscribe("t", fail)
    stop = bus.subscribe("t", seen.append)
    asyncio.run(bus.publish("t", {"n": 1}))
    stop()
    stop()
    asyncio.run(bus.publish("t", {"n": 2}))
    assert seen == [{"n": 1}]


def test_retry_gives_up():
    calls = []

    @with_retry(attempts=3, delay_seconds=0.0, on=(KeyError,))
    async def work(error):
        calls.append(error)
        raise error

    for error, count in [(KeyError("x"), 3), (ValueError("y"), 1)]:
        calls.clear()
        with pytest.raises(type(error)):
            asyncio.run(work(error))
        assert len(calls) == count


@pytest.mark.parametrize("answer, code", [("y", 0), ("n", 1), (KeyboardInterrupt, 1)])
def test_removal_asks_first(answer, code):
    with (
        patch("builtins.input", side_effect=[answer]),
        patch("llm_service.__main__.OllamaProvider.remove", AsyncMock(return_value=True)),
    ):
        assert command.main(["remove", "llama3"]) == code


def test_serving_needs_the_extra(capsys):
    with patch("llm_service.__main__.uvicorn", None):
        assert command.main([]) == 3
    assert "extra `serve`" in capsys.readouterr().err
