"""Sweeping, announcing, and stopping the loop."""

import asyncio
import os
from pathlib import Path
from unittest.mock import patch

import httpx
import pytest

from llm_service.housekeeping import Housekeeping, SweepReport, folder_size
from tests.conftest import http_client, reply

pytestmark = pytest.mark.anyio


@pytest.fixture
def keeper(tmp_path):
    return Housekeeping(tmp_path, 60, "http://hooks.test/ops")


def workspace(root: Path, name: str, age_hours: float) -> Path:
    folder = root / "workspaces" / name
    folder.mkdir(parents=True)
    (folder / "out.txt").write_text("12345")
    stamp = folder.stat().st_mtime - age_hours * 3600
    os.utime(folder, (stamp, stamp))
    return folder


async def test_sweeps_partial_files_and_old_workspaces(keeper, tmp_path):
    (tmp_path / "a.partial").write_text("123")
    old = workspace(tmp_path, "old", 25)
    new = workspace(tmp_path, "new", 1)
    assert keeper.sweep() == SweepReport(partial_files=1, workspaces=1, freed_bytes=8)
    assert (old.exists(), new.exists()) == (False, True)


async def test_a_file_that_stays_does_not_stop_the_sweep(keeper, tmp_path):
    (tmp_path / "a.partial").write_text("123")
    (tmp_path / "b.partial").write_text("123")
    original = Path.unlink

    def unlink(path, *arguments, **options):
        if path.name == "a.partial":
            raise PermissionError(path)
        original(path, *arguments, **options)

    with patch.object(Path, "unlink", unlink):
        report = keeper.sweep()
    assert (report.partial_files, report.freed_bytes) == (1, 3)


async def test_a_workspace_that_cannot_be_removed(keeper, tmp_path):
    workspace(tmp_path, "old", 25)
    with patch("llm_service.housekeeping.shutil.rmtree", side_effect=PermissionError):
        assert keeper.sweep().workspaces == 1


async def test_folder_size_survives_files_that_vanish(tmp_path):
    (tmp_path / "stays").write_text("12")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    assert folder_size(tmp_path) == 2


async def test_announces(keeper):
    with patch("llm_service.housekeeping.httpx.AsyncClient") as client_class:
        client = http_client(client_class, post=reply())
        await keeper.announce(SweepReport(workspaces=2, freed_bytes=9))
    client.post.assert_awaited_once_with(
        "http://hooks.test/ops", json={"text": "Freed 9 bytes in 2 workspaces"}
    )


@pytest.mark.parametrize("outcome", [reply(500), httpx.ConnectError("refused")])
async def test_an_unreachable_channel_is_no_problem(keeper, outcome):
    with patch("llm_service.housekeeping.httpx.AsyncClient") as client_class:
        http_client(client_class, post=outcome)
        assert await keeper.announce(SweepReport(freed_bytes=1)) is None


async def test_without_a_channel(tmp_path):
    with patch("llm_service.housekeeping.httpx.AsyncClient") as client_class:
        await Housekeeping(tmp_path, 60).announce(SweepReport(freed_bytes=1))
    client_class.assert_not_called()


async def test_the_loop_stops(keeper):
    await keeper.stop()
    swept = asyncio.Event()
    loop = asyncio.get_running_loop()

    def sweep():
        loop.call_soon_threadsafe(swept.set)
        return SweepReport()

    with patch.object(keeper, "sweep", sweep):
        keeper.start()
        await asyncio.wait_for(swept.wait(), 2)
        await keeper.stop()
    assert keeper._task is None
