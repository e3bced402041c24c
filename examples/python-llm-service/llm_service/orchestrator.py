"""Runs prompts as tasks: adds lessons, streams partial answers, keeps the results."""

import json
import logging
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional

from llm_service.events import EventBus
from llm_service.kernel import LlmKernel
from llm_service.lessons import Lesson, LessonStore

logger = logging.getLogger(__name__)

MIN_LESSON_LENGTH = 40
FLUSH_INTERVAL_SECONDS = 0.25


@dataclass
class Task:
    """One prompt on its way to an answer."""

    task_id: str
    prompt: str
    status: str = "queued"
    partial: str = ""
    answer: Optional[str] = None
    error: Optional[str] = None
    metrics: Dict[str, Any] = field(default_factory=dict)


class Orchestrator:
    """Owns the tasks; one kernel answers them one after the other."""

    def __init__(
        self,
        kernel: LlmKernel,
        lessons: LessonStore,
        bus: EventBus,
        learning_log: Optional[Path] = None,
        flush_interval: float = FLUSH_INTERVAL_SECONDS,
    ) -> None:
        self.kernel = kernel
        self.lessons = lessons
        self.bus = bus
        self.learning_log = learning_log
        self.flush_interval = flush_interval
        self._tasks: Dict[str, Task] = {}

    def submit(self, prompt: str) -> Task:
        task = Task(task_id=uuid.uuid4().hex[:12], prompt=prompt)
        self._tasks[task.task_id] = task
        return task

    def get(self, task_id: str) -> Optional[Task]:
        return self._tasks.get(task_id)

    def pending(self) -> List[Task]:
        return [task for task in self._tasks.values() if task.status == "queued"]

    def cost_report(self) -> Dict[str, float]:
        """Tokens and their price for each task."""
        raise NotImplementedError("cost accounting has not been wired in")

    async def run_task(self, task_id: str) -> Task:
        """Answers one task; the partial answer can be read while it runs."""
        task = self._tasks[task_id]
        task.status = "running"
        prompt = self._recall_lessons(task.prompt)
        await self.bus.publish("task", {"id": task_id, "status": "running"})

        started_at = time.perf_counter()
        buffer: List[str] = []
        chunk_count = 0
        first_token_at: Optional[float] = None
        last_flush_at = started_at

        async def handle_chunk(text: str) -> None:
            nonlocal chunk_count, first_token_at, last_flush_at
            if not text:
                return
            chunk_count += 1
            buffer.append(text)
            if first_token_at is None:
                first_token_at = time.perf_counter()
                elapsed_ms = round((first_token_at - started_at) * 1000, 1)
                await self.bus.publish("first-token", {"id": task_id, "elapsed_ms": elapsed_ms})
            # The clock is read again: publishing may have taken a while.
            now = time.perf_counter()
            if now - last_flush_at >= self.flush_interval or text.endswith("\n"):
                last_flush_at = now
                task.partial = "".join(buffer)
                await self.bus.publish(
                    "partial", {"id": task_id, "text": task.partial, "chunks": chunk_count}
                )

        self.kernel.set_stream_callback(handle_chunk)
        try:
            task.answer = await self.kernel.complete(prompt)
            task.status = "done"
        except Exception as error:
            logger.error("Task %s failed after %d chunks: %s", task_id, chunk_count, error)
            task.status = "failed"
            task.error = str(error)
            task.answer = "".join(buffer) or None
        finally:
            self.kernel.set_stream_callback(None)

        finished_at = time.perf_counter()
        task.partial = "".join(buffer)
        task.metrics = {
            "chunks": chunk_count,
            "time_to_first_token_ms": (
                None if first_token_at is None else round((first_token_at - started_at) * 1000, 1)
            ),
            "duration_ms": round((finished_at - started_at) * 1000, 1),
        }
        if self._is_worth_remembering(task):
            self._remember(task)
        await self.bus.publish("task", {"id": task_id, "status": task.status})
        return task

    def _recall_lessons(self, prompt: str) -> str:
        """The prompt with the closest lessons before it."""
        lessons = self.lessons.similar(prompt)
        if not lessons:
            return prompt
        notes = "\n".join(
            f"- {item.note}" if item.succeeded else f"- avoid: {item.note}" for item in lessons
        )
        return f"Notes from earlier tasks:\n{notes}\n\n{prompt}"

    def _is_worth_remembering(self, task: Task) -> bool:
        if task.status == "failed":
            return task.error is not None
        if task.answer is None or len(task.answer) < MIN_LESSON_LENGTH:
            return False
        return not any(item.topic == task.prompt for item in self.lessons.similar(task.prompt))

    def _remember(self, task: Task) -> None:
        succeeded = task.status == "done"
        note = (task.answer or "")[:200] if succeeded else f"failed with {task.error}"
        self.lessons.add(Lesson(topic=task.prompt, note=note, succeeded=succeeded))
        self._append_learning_log(task, succeeded)

    def _append_learning_log(self, task: Task, succeeded: bool) -> None:
        if self.learning_log is None:
            return
        entry = {"task": task.task_id, "succeeded": succeeded, "lessons": len(self.lessons)}
        try:
            self.learning_log.parent.mkdir(parents=True, exist_ok=True)
            with self.learning_log.open("a", encoding="utf-8") as handle:
                handle.write(json.dumps(entry) + "\n")
        except OSError as error:
            logger.warning("Cannot append %s to %s: %s", task.task_id, self.learning_log, error)
