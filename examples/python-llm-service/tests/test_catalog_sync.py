"""The catalogue's copy: fresh, stale, damaged."""

import json
from unittest.mock import patch

import httpx
import pytest

from llm_service.catalog_sync import PAGE_SIZE, CatalogSync
from tests.conftest import http_client, reply

pytestmark = pytest.mark.anyio

CLIENT = "llm_service.catalog_sync.AsyncClient"


@pytest.fixture
def catalog(tmp_path):
    return CatalogSync("http://catalog.test", tmp_path / "cache", 600)


async def test_fetches_pages_and_sorts(catalog):
    full = [{"name": f"m{number}", "downloads": number} for number in range(PAGE_SIZE)]
    rest = [{"name": "old", "downloads": 1000, "weeks": 9}, {"name": "liked", "likes": 40}]
    with patch(CLIENT) as client_class:
        client = http_client(client_class, get=[reply(200, full), reply(200, rest)])
        names = [item["name"] for item in await catalog.trending(3)]
    assert names == ["liked", "old", "m49"]
    assert catalog.fetched_pages == 2
    assert [call.kwargs["params"] for call in client.get.await_args_list] == [
        {"page": 0},
        {"page": 1},
    ]


async def test_a_fresh_copy_needs_no_request(catalog):
    with patch(CLIENT) as client_class:
        http_client(client_class, get=reply(200, [{"name": "a"}]))
        await catalog.trending()
        await catalog.trending()
    assert client_class.call_count == 1


async def test_a_stale_copy_is_better_than_nothing(catalog):
    with patch(CLIENT) as client_class, patch("llm_service.catalog_sync.time.time") as now:
        now.return_value = 1000.0
        http_client(client_class, get=[reply(200, [{"name": "a"}]), httpx.ConnectError("down")])
        await catalog.trending()
        now.return_value = 2000.0
        assert [item["name"] for item in await catalog.trending()] == ["a"]
    assert catalog.degraded is True


async def test_nothing_at_all(catalog):
    with patch(CLIENT) as client_class:
        http_client(client_class, get=reply(503))
        assert await catalog.news() == []
    assert catalog.degraded is True


async def test_a_lost_connection_is_tried_once_more(catalog):
    full = [{"name": f"m{number}"} for number in range(PAGE_SIZE)]
    with patch(CLIENT) as client_class:
        http_client(
            client_class,
            get=[reply(200, full), ConnectionError("reset"), reply(200, [{"name": "a"}])],
        )
        assert [item["name"] for item in await catalog.trending()] == ["a"]
    assert client_class.call_count == 2
    assert catalog.fetched_pages == 1


async def test_a_damaged_copy_is_dropped(catalog):
    catalog.cache_dir.mkdir()
    (catalog.cache_dir / "catalog-news.json").write_text("{")
    with patch(CLIENT) as client_class:
        http_client(client_class, get=reply(200, []))
        assert await catalog.news() == []
    assert json.loads((catalog.cache_dir / "catalog-news.json").read_text())["entries"] == []


async def test_news_by_topic_newest_first(catalog):
    entries = [
        {"title": "a", "published": "2024-05-01T10:00:00Z", "topics": ["vision"], "author": None},
        {"title": "b", "published": "2024-06-01T10:00:00Z", "topics": ["vision"], "size": "2 KB"},
        {"title": "c", "published": "2024-07-01T10:00:00Z"},
    ]
    with patch(CLIENT) as client_class:
        http_client(client_class, get=reply(200, entries))
        news = await catalog.news(topic="vision")
    assert [item["title"] for item in news] == ["b", "a"]
    assert news[0]["size_bytes"] == 2048
    assert "author" not in news[1]


async def test_unreadable_dates_are_left_out(catalog):
    with (
        patch(CLIENT) as client_class,
        patch("llm_service.parsing.parse_timestamp", return_value=None),
    ):
        http_client(client_class, get=reply(200, [{"title": "a", "published": "yesterday"}]))
        assert await catalog.news() == [{"title": "a"}]


async def test_cards_that_cannot_be_read_are_left_out(catalog):
    with patch(CLIENT) as client_class:
        http_client(
            client_class,
            get=[reply(200, {"summary": "good"}), reply(404), httpx.ReadTimeout("slow")],
        )
        assert await catalog.enrich(["a", "b", "c"]) == {"a": {"summary": "good"}}
