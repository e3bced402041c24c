"""Processes, pid files and logs; no process is ever started."""

import json
import signal
from unittest.mock import MagicMock, patch

import psutil
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from llm_service.routes import runtime
from llm_service.runtime_controller import RuntimeController, UnknownServiceError

COMMANDS = {"ollama": ["ollama", "serve"], "vllm": ["python", "-m", "vllm"]}


@pytest.fixture
def controller(tmp_path):
    return RuntimeController(tmp_path / "logs", COMMANDS)


@pytest.fixture
def running(controller):
    """A service whose process exists, as far as psutil says."""
    controller.logs_dir.mkdir()
    controller._write_pid("ollama", 4242)
    process = MagicMock()
    process.cpu_percent.return_value = 12.5
    process.memory_info.return_value.rss = 64 * 1024 * 1024
    process.create_time.return_value = 900.0
    with (
        patch("llm_service.runtime_controller.psutil.pid_exists", return_value=True),
        patch("llm_service.runtime_controller.psutil.Process", return_value=process),
        patch("llm_service.runtime_controller.time.time", return_value=1000.0),
    ):
        yield process


class TestStart:
    def test_starts_and_remembers_the_pid(self, controller):
        with (
            patch("llm_service.runtime_controller.subprocess.Popen") as popen,
            patch("llm_service.runtime_controller.psutil.pid_exists", return_value=False),
        ):
            popen.return_value.pid = 77
            controller.start("ollama", ["--verbose"])
        assert popen.call_args.args[0] == ["ollama", "serve", "--verbose"]
        assert popen.call_args.kwargs["start_new_session"] is True
        assert popen.call_args.kwargs["stdout"].closed
        assert (controller.logs_dir / "ollama.pid").read_text() == "77"
        assert controller.history()[0]["action"] == "start"
        assert COMMANDS["ollama"] == ["ollama", "serve"]

    def test_does_not_start_twice(self, controller, running):
        with patch("llm_service.runtime_controller.subprocess.Popen") as popen:
            assert controller.start("ollama").pid == 4242
        popen.assert_not_called()

    def test_reports_a_missing_binary(self, controller):
        with patch(
            "llm_service.runtime_controller.subprocess.Popen",
            side_effect=FileNotFoundError("ollama"),
        ):
            status = controller.start("ollama")
        assert (status.running, status.error) == (False, "ollama")
        assert controller.history()[0]["ok"] is False
        assert not (controller.logs_dir / "ollama.pid").exists()

    def test_unknown_services(self, controller):
        for action in (controller.start, controller.stop, controller.status, controller.tail_log):
            with pytest.raises(UnknownServiceError, match="Unknown service: redis"):
                action("redis")

    @pytest.mark.parametrize("size, rotated", [(10, False), (6 * 1024 * 1024, True)])
    def test_rotates_large_logs(self, controller, size, rotated):
        controller.logs_dir.mkdir()
        (controller.logs_dir / "ollama.log").write_bytes(b"x" * size)
        with patch("llm_service.runtime_controller.subprocess.Popen") as popen:
            popen.return_value.pid = 77
            controller.start("ollama")
        assert (controller.logs_dir / "ollama.log.1").exists() is rotated

    def test_a_log_that_cannot_be_rotated_stops_nothing(self, controller):
        with (
            patch("llm_service.runtime_controller.os.replace", side_effect=PermissionError),
            patch("llm_service.runtime_controller.MAX_LOG_BYTES", -1),
            patch("llm_service.runtime_controller.subprocess.Popen") as popen,
        ):
            popen.return_value.pid = 77
            controller.logs_dir.mkdir()
            (controller.logs_dir / "ollama.log").write_text("x")
            controller.start("ollama")
        popen.assert_called_once()


class TestStop:
    def test_asks_politely(self, controller, running):
        with patch("llm_service.runtime_controller.os.kill") as kill:
            assert controller.stop("ollama").running is False
        kill.assert_called_once_with(4242, signal.SIGTERM)
        running.wait.assert_called_once_with(timeout=10.0)
        assert not (controller.logs_dir / "ollama.pid").exists()

    def test_kills_after_the_grace_period(self, controller, running):
        running.wait.side_effect = psutil.TimeoutExpired(10)
        with patch("llm_service.runtime_controller.os.kill") as kill:
            controller.stop("ollama", grace_seconds=1)
        assert [call.args[1] for call in kill.call_args_list] == [signal.SIGTERM, signal.SIGKILL]

    def test_a_process_that_is_gone(self, controller, running):
        with patch("llm_service.runtime_controller.os.kill", side_effect=ProcessLookupError):
            controller.stop("ollama")
        assert controller._read_pid("ollama") is None

    def test_finds_a_process_that_was_started_by_hand(self, controller):
        controller.logs_dir.mkdir()
        gone = MagicMock()
        type(gone).info = property(MagicMock(side_effect=psutil.NoSuchProcess(1)))
        found = MagicMock(info={"pid": 5, "cmdline": ["ollama", "serve", "-v"]})
        with (
            patch(
                "llm_service.runtime_controller.psutil.process_iter",
                return_value=[gone, MagicMock(info={"pid": 4, "cmdline": None}), found],
            ),
            patch("llm_service.runtime_controller.psutil.Process"),
            patch("llm_service.runtime_controller.os.kill") as kill,
        ):
            controller.stop("ollama")
        kill.assert_called_once_with(5, signal.SIGTERM)

    def test_nothing_runs(self, controller):
        with (
            patch("llm_service.runtime_controller.psutil.process_iter", return_value=[]),
            patch("llm_service.runtime_controller.os.kill") as kill,
        ):
            assert controller.stop("vllm").running is False
        kill.assert_not_called()


class TestObserving:
    def test_status(self, controller, running):
        assert controller.status("ollama").to_dict() == {
            "name": "ollama",
            "running": True,
            "pid": 4242,
            "cpu_percent": 12.5,
            "memory_mb": 64.0,
            "uptime_seconds": 100,
            "error": None,
        }
        assert [item.running for item in controller.all_statuses()] == [True, False]

    def test_status_without_figures(self, controller, running):
        running.cpu_percent.side_effect = psutil.AccessDenied(4242)
        status = controller.status("ollama")
        assert (status.running, status.memory_mb, status.uptime_seconds) == (True, 0.0, None)

    def test_memory_includes_children(self, controller, running):
        child = MagicMock()
        child.memory_info.return_value.rss = 16 * 1024 * 1024
        gone = MagicMock()
        gone.memory_info.side_effect = psutil.NoSuchProcess(9)
        running.children.return_value = [child, gone]
        assert controller.total_memory_mb() == 80.0

    def test_memory_when_children_cannot_be_listed(self, controller, running):
        running.children.side_effect = psutil.AccessDenied(4242)
        assert controller.total_memory_mb() == 64.0

    def test_a_damaged_pid_file(self, controller):
        controller.logs_dir.mkdir()
        (controller.logs_dir / "ollama.pid").write_text("soon")
        assert controller.status("ollama").running is False

    def test_tail(self, controller):
        assert controller.tail_log("ollama") == []
        controller.logs_dir.mkdir()
        lines = [f"line {number}" for number in range(3000)] + ["ERROR out of memory"]
        (controller.logs_dir / "ollama.log").write_text("\n".join(lines))
        assert controller.tail_log("ollama", 2) == ["line 2999", "ERROR out of memory"]
        assert controller.count_errors("ollama") == 1

    def test_history_is_cut(self, controller):
        controller.logs_dir.mkdir()
        assert controller.history() == []
        controller.history_path.write_text(json.dumps([{"n": n} for n in range(100)]))
        controller._record("start", "ollama", ok=True)
        assert len(controller.history(1000)) == 100
        assert controller.history(1)[0]["service"] == "ollama"


class TestRoutes:
    @pytest.fixture
    def client(self, controller):
        runtime.set_controller(controller)
        app = FastAPI()
        app.include_router(runtime.router)
        return TestClient(app)

    def test_start_passes_the_model_on(self, client, controller):
        with patch("llm_service.runtime_controller.subprocess.Popen") as popen:
            popen.return_value.pid = 77
            answer = client.post(
                "/api/v1/runtime/services/vllm/start",
                json={"model": "llama3", "extra_args": ["-q"]},
            )
        assert answer.status_code == 200
        assert popen.call_args.args[0][-3:] == ["-q", "--model", "llama3"]

    def test_start_refuses_bad_names(self, client):
        answer = client.post("/api/v1/runtime/services/vllm/start", json={"model": "a b"})
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["msg"] == (
            "Value error, Model to serve contains characters that are not allowed"
        )

    def test_start_failure(self, client):
        with patch(
            "llm_service.runtime_controller.subprocess.Popen", side_effect=OSError("denied")
        ):
            answer = client.post("/api/v1/runtime/services/vllm/start", json={})
        assert (answer.status_code, answer.json()["detail"]) == (500, "vllm did not start: denied")

    def test_unknown_service(self, client):
        assert client.post("/api/v1/runtime/services/x/stop").status_code == 404
        assert client.get("/api/v1/runtime/services/x/logs").status_code == 404

    def test_lists_and_history(self, client):
        assert [item["name"] for item in client.get("/api/v1/runtime/services").json()] == [
            "ollama",
            "vllm",
        ]
        assert client.get("/api/v1/runtime/history").json() == []
        assert client.get("/api/v1/runtime/services/vllm/logs").json()["lines"] == []

    def test_without_a_controller(self, client):
        with patch("llm_service.routes.runtime._controller", None):
            assert client.get("/api/v1/runtime/services").status_code == 503
