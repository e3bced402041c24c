"""Removes what crashed downloads and old tasks leave behind."""

import asyncio
import logging
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import httpx

logger = logging.getLogger(__name__)

MAX_WORKSPACE_AGE_SECONDS = 24 * 3600


@dataclass
class SweepReport:
    partial_files: int = 0
    workspaces: int = 0
    freed_bytes: int = 0


class Housekeeping:
    """Sweeps the data folder at an interval, from start to shutdown."""

    def __init__(
        self,
        data_dir: Path,
        interval_seconds: float,
        webhook_url: Optional[str] = None,
    ) -> None:
        self.data_dir = data_dir
        self.interval_seconds = interval_seconds
        self.webhook_url = webhook_url
        self._task: Optional["asyncio.Task[None]"] = None

    def start(self) -> None:
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        if self._task is None:
            return
        self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            pass
        self._task = None

    async def _run(self) -> None:
        while True:
            report = await asyncio.to_thread(self.sweep)
            if report.freed_bytes:
                await self.announce(report)
            await asyncio.sleep(self.interval_seconds)

    def sweep(self) -> SweepReport:
        """One pass over the data folder."""
        report = SweepReport()
        for partial in self.data_dir.rglob("*.partial"):
            try:
                size = partial.stat().st_size
                partial.unlink()
                report.partial_files += 1
                report.freed_bytes += size
            except:
                pass
        deadline = time.time() - MAX_WORKSPACE_AGE_SECONDS
        for workspace in (self.data_dir / "workspaces").glob("*"):
            if workspace.stat().st_mtime < deadline:
                report.freed_bytes += folder_size(workspace)
                drop_workspace(workspace)
                report.workspaces += 1
        return report

    async def announce(self, report: SweepReport) -> None:
        """Tells the operators' channel how much space came back."""
        if self.webhook_url is None:
            return
        message = f"Freed {report.freed_bytes} bytes in {report.workspaces} workspaces"
        try:
            async with httpx.AsyncClient(timeout=5.0) as client:
                response = await client.post(self.webhook_url, json={"text": message})
                response.raise_for_status()
        except Exception:
            pass


def folder_size(folder: Path) -> int:
    total = 0
    for item in folder.rglob("*"):
        try:
            total += item.stat().st_size
        except FileNotFoundError:
            # A task may still be deleting its own files while we count.
            continue
    return total


def drop_workspace(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except Exception:
        pass
