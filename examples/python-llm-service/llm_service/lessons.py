"""Short notes from earlier tasks that are added to later prompts."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import List, Set


@dataclass
class Lesson:
    topic: str
    note: str
    succeeded: bool


class LessonStore:
    """Keeps lessons in one JSON file and finds those that share words with a prompt."""

    def __init__(self, path: Path, capacity: int = 200) -> None:
        self.path = path
        self.capacity = capacity
        self._lessons: List[Lesson] = []
        if path.exists():
            self._lessons = [Lesson(**item) for item in json.loads(path.read_text("utf-8"))]

    def __len__(self) -> int:
        return len(self._lessons)

    def add(self, lesson: Lesson) -> None:
        self._lessons.append(lesson)
        del self._lessons[: -self.capacity]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps([asdict(item) for item in self._lessons]), "utf-8")

    def similar(self, prompt: str, limit: int = 3) -> List[Lesson]:
        """Lessons that share at least two words with the prompt, closest first."""
        words = self._words(prompt)
        scored = [(len(words & self._words(item.topic)), item) for item in self._lessons]
        scored = [pair for pair in scored if pair[0] >= 2]
        scored.sort(key=lambda pair: pair[0], reverse=True)
        return [item for _, item in scored[:limit]]

    @staticmethod
    def _words(text: str) -> Set[str]:
        return {word for word in re.findall(r"[a-z]{3,}", text.lower())}
