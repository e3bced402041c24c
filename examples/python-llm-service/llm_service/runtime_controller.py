"""Starts, stops and observes the processes that serve models on this machine."""

import json
import logging
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional

import psutil

logger = logging.getLogger(__name__)

STOP_GRACE_SECONDS = 10.0
MAX_LOG_BYTES = 5 * 1024 * 1024
MAX_HISTORY = 100

SERVICE_COMMANDS: Dict[str, List[str]] = {
    "ollama": ["ollama", "serve"],
    "vllm": ["python", "-m", "vllm.entrypoints.openai.api_server"],
    "worker": ["python", "-m", "llm_service.worker"],
}


class UnknownServiceError(LookupError):
    """The controller does not manage a service of that name."""


@dataclass
class ServiceStatus:
    """What the dashboard shows about one process."""

    name: str
    running: bool
    pid: Optional[int] = None
    cpu_percent: float = 0.0
    memory_mb: float = 0.0
    uptime_seconds: Optional[int] = None
    error: Optional[str] = None

    def to_dict(self) -> Dict[str, Any]:
        return asdict(self)


class RuntimeController:
    """One process for each service, a pid file to find it again, a log file to read."""

    def __init__(self, logs_dir: Path, commands: Optional[Dict[str, List[str]]] = None) -> None:
        self.logs_dir = logs_dir
        self.commands = dict(SERVICE_COMMANDS if commands is None else commands)
        self.history_path = logs_dir / "runtime-history.json"

    def services(self) -> List[str]:
        return sorted(self.commands)

    def start(self, name: str, extra_args: Optional[List[str]] = None) -> ServiceStatus:
        """Starts the service unless it runs already."""
        command = self._command(name)
        current = self.status(name)
        if current.running:
            return current
        self.logs_dir.mkdir(parents=True, exist_ok=True)
        self._rotate_log(name)
        log_file = open(self._log_path(name), "ab")
        try:
            process = subprocess.Popen(
                command + (extra_args or []),
                stdout=log_file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            logger.error("Cannot start %s with %s: %s", name, command, error)
            self._record("start", name, ok=False)
            return ServiceStatus(name, running=False, error=str(error))
        finally:
            log_file.close()
        self._write_pid(name, process.pid)
        self._record("start", name, ok=True)
        return self.status(name)

    def stop(self, name: str, grace_seconds: float = STOP_GRACE_SECONDS) -> ServiceStatus:
        """Asks the process to end, and kills it when it has not after the grace period."""
        self._command(name)
        pid = self._read_pid(name)
        if pid is None:
            pid = self._find_by_command(name)
        if pid is None:
            return ServiceStatus(name, running=False)
        try:
            os.kill(pid, signal.SIGTERM)
            psutil.Process(pid).wait(timeout=grace_seconds)
        except psutil.TimeoutExpired:
            logger.warning("%s (pid %d) ignores SIGTERM and is killed", name, pid)
            os.kill(pid, signal.SIGKILL)
        except (ProcessLookupError, psutil.NoSuchProcess):
            logger.info("%s (pid %d) had ended already", name, pid)
        self._forget_pid(name)
        self._record("stop", name, ok=True)
        return ServiceStatus(name, running=False)

    def restart(self, name: str) -> ServiceStatus:
        self.stop(name)
        return self.start(name)

    def status(self, name: str) -> ServiceStatus:
        self._command(name)
        pid = self._read_pid(name)
        if pid is None or not psutil.pid_exists(pid):
            return ServiceStatus(name, running=False)
        status = ServiceStatus(name, running=True, pid=pid)
        try:
            process = psutil.Process(pid)
            with process.oneshot():
                status.cpu_percent = process.cpu_percent()
                status.memory_mb = round(process.memory_info().rss / (1024 * 1024), 1)
                status.uptime_seconds = int(time.time() - process.create_time())
        except Exception:  # noqa
            pass
        return status

    def all_statuses(self) -> List[ServiceStatus]:
        return [self.status(name) for name in self.services()]

    def total_memory_mb(self) -> float:
        """Memory of the services and of every process that they started."""
        total = 0
        for status in self.all_statuses():
            if status.pid is None:
                continue
            family = [psutil.Process(status.pid)]
            try:
                family += family[0].children(recursive=True)
            except Exception:
                # Another user's children cannot be listed; the parent alone still counts.
                pass
            for process in family:
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
        return round(total / (1024 * 1024), 1)

    def tail_log(self, name: str, lines: int = 100) -> List[str]:
        """The last lines of the log of a service; empty when it never ran."""
        self._command(name)
        path = self._log_path(name)
        if not path.exists():
            return []
        with open(path, "rb") as handle:
            handle.seek(0, os.SEEK_END)
            size = handle.tell()
            handle.seek(max(0, size - lines * 400))
            content = handle.read().decode("utf-8", errors="replace")
        return content.splitlines()[-lines:]

    def count_errors(self, name: str) -> int:
        """How many lines of the log report an error."""
        markers = ("ERROR", "CRITICAL", "Traceback")
        return sum(1 for line in self.tail_log(name, 1000) if any(mark in line for mark in markers))

    def history(self, limit: int = 20) -> List[Dict[str, Any]]:
        try:
            entries = json.loads(self.history_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return entries[-limit:]

    def _command(self, name: str) -> List[str]:
        try:
            return list(self.commands[name])
        except KeyError:
            raise UnknownServiceError(f"Unknown service: {name}") from None

    def _find_by_command(self, name: str) -> Optional[int]:
        """Looks for a process that somebody started by hand."""
        wanted = self.commands[name]
        for process in psutil.process_iter(["pid", "cmdline"]):
            try:
                command = process.info["cmdline"] or []
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            if command[: len(wanted)] == wanted:
                return process.info["pid"]
        return None

    def _pid_path(self, name: str) -> Path:
        return self.logs_dir / f"{name}.pid"

    def _log_path(self, name: str) -> Path:
        return self.logs_dir / f"{name}.log"

    def _read_pid(self, name: str) -> Optional[int]:
        try:
            return int(self._pid_path(name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def _write_pid(self, name: str, pid: int) -> None:
        self._pid_path(name).write_text(str(pid), encoding="utf-8")

    def _forget_pid(self, name: str) -> None:
        try:
            self._pid_path(name).unlink()
        except FileNotFoundError:
            pass

    def _rotate_log(self, name: str) -> None:
        path = self._log_path(name)
        try:
            if path.stat().st_size > MAX_LOG_BYTES:
                os.replace(path, path.with_suffix(".log.1"))
        except:
            pass

    def _record(self, action: str, name: str, ok: bool) -> None:
        entries = self.history(MAX_HISTORY)
        entries.append({"time": time.time(), "action": action, "service": name, "ok": ok})
        self.history_path.write_text(json.dumps(entries[-MAX_HISTORY:]), encoding="utf-8")
