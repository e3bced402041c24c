"""A local copy of the public catalogue: trending models and news about them."""

import json
import logging
import os
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

from httpx import AsyncClient, HTTPError

from llm_service.parsing import parse_size, parse_timestamp
from llm_service.retry import with_retry

logger = logging.getLogger(__name__)

PAGE_SIZE = 50


class CatalogSync:
    """Fetches the catalogue when the copy is older than its time to live."""

    def __init__(self, base_url: str, cache_dir: Path, ttl_seconds: int) -> None:
        self.base_url = base_url
        self.cache_dir = cache_dir
        self.ttl_seconds = ttl_seconds
        self.fetched_pages = 0
        self.degraded = False

    async def trending(self, limit: int = 10) -> List[Dict[str, Any]]:
        entries = await self._load("trending")
        scored = sorted(entries, key=self._score, reverse=True)
        return scored[:limit]

    async def news(self, limit: int = 10, topic: Optional[str] = None) -> List[Dict[str, Any]]:
        entries = await self._load("news")
        if topic is not None:
            entries = [item for item in entries if topic in item.get("topics", [])]
        entries.sort(key=lambda item: item.get("published", ""), reverse=True)
        return entries[:limit]

    async def _load(self, kind: str) -> List[Dict[str, Any]]:
        """The cached copy while it is fresh, then the catalogue, then the stale copy."""
        cached = self._read_cache(kind)
        if cached is not None and time.time() - cached["fetched_at"] < self.ttl_seconds:
            return cached["entries"]
        try:
            entries = await self._fetch(kind)
            self.degraded = False
        except HTTPError as error:
            logger.warning("Catalogue %s is stale: %s", kind, error)
            self.degraded = True
            return cached["entries"] if cached is not None else []
        self._write_cache(kind, entries)
        return entries

    @with_retry(attempts=2, delay_seconds=0.0, on=(ConnectionError,))
    async def _fetch(self, kind: str) -> List[Dict[str, Any]]:
        """All pages of one kind; the catalogue ends with a page that is not full."""
        entries: List[Dict[str, Any]] = []
        self.fetched_pages = 0
        async with AsyncClient(base_url=self.base_url, timeout=10.0) as client:
            while True:
                response = await client.get(f"/v1/{kind}", params={"page": self.fetched_pages})
                response.raise_for_status()
                page = response.json()
                self.fetched_pages += 1
                entries.extend(self._normalise(item) for item in page)
                if len(page) < PAGE_SIZE:
                    return entries

    async def enrich(self, names: List[str]) -> Dict[str, Dict[str, Any]]:
        """Model cards by name, for the names that the catalogue knows."""
        cards: Dict[str, Dict[str, Any]] = {}
        async with AsyncClient(base_url=self.base_url, timeout=10.0) as client:
            for name in names:
                try:
                    response = await client.get("/v1/cards", params={"name": name})
                    response.raise_for_status()
                    card = response.json()
                except Exception:
                    continue
                cards[name] = self._normalise(card)
        return cards

    def _read_cache(self, kind: str) -> Optional[Dict[str, Any]]:
        path = self._cache_path(kind)
        if not path.exists():
            return None
        try:
            with path.open(encoding="utf-8") as handle:
                return json.load(handle)
        except ValueError:
            logger.warning("Dropping the damaged cache file %s", path)
            path.unlink()
            return None

    def _write_cache(self, kind: str, entries: List[Dict[str, Any]]) -> None:
        self.cache_dir.mkdir(parents=True, exist_ok=True)
        path = self._cache_path(kind)
        temporary = path.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8") as handle:
            json.dump({"fetched_at": time.time(), "entries": entries}, handle)
        os.replace(temporary, path)

    def _cache_path(self, kind: str) -> Path:
        return self.cache_dir / f"catalog-{kind}.json"

    @staticmethod
    def _normalise(item: Dict[str, Any]) -> Dict[str, Any]:
        result = {key: value for key, value in item.items() if value is not None}
        if isinstance(result.get("size"), str):
            result["size_bytes"] = parse_size(result.pop("size"))
        published = result.get("published")
        if published is not None and parse_timestamp(published) is None:
            del result["published"]
        return result

    @staticmethod
    def _score(item: Dict[str, Any]) -> float:
        """Downloads count in full, likes ten times, and each week of age costs a tenth."""
        score = float(item.get("downloads", 0)) + 10.0 * float(item.get("likes", 0))
        return score * max(0.1, 1.0 - 0.1 * float(item.get("weeks", 0)))
