"""Tasks: the stream, its clock, lessons and failures."""

import json
from unittest.mock import patch

import pytest

from llm_service.events import EventBus
from llm_service.lessons import Lesson, LessonStore
from llm_service.orchestrator import Orchestrator
from tests.conftest import FakeKernel

pytestmark = pytest.mark.anyio

CLOCK = "llm_service.orchestrator.time.perf_counter"


class Recorder:
    """Keeps everything that a bus publishes."""

    def __init__(self, bus: EventBus) -> None:
        self.events = []
        for topic in ("task", "first-token", "partial"):
            bus.subscribe(topic, lambda payload, topic=topic: self.events.append((topic, payload)))

    def of(self, topic):
        return [payload for name, payload in self.events if name == topic]


@pytest.fixture
def recorder(bus):
    return Recorder(bus)


def orchestrator(kernel, bus, tmp_path, **options):
    lessons = LessonStore(tmp_path / "lessons.json")
    return Orchestrator(kernel, lessons, bus, tmp_path / "logs" / "learning.jsonl", **options)


async def test_streams_and_measures(bus, recorder, tmp_path):
    kernel = FakeKernel(["Hel", "", "lo\n", "world"])
    subject = orchestrator(kernel, bus, tmp_path, flush_interval=5.0)
    task = subject.submit("Say hello")
    # Start, first token, then once a chunk that has text, then the end.
    with patch(CLOCK, side_effect=[10.0, 10.5, 10.6, 11.0, 12.0, 13.25]) as clock:
        result = await subject.run_task(task.task_id)
    assert clock.call_count == 6
    assert result.answer == "Hello\nworld"
    assert result.partial == "Hello\nworld"
    assert result.metrics == {
        "chunks": 3,
        "time_to_first_token_ms": 500.0,
        "duration_ms": 3250.0,
    }
    assert recorder.of("first-token") == [{"id": task.task_id, "elapsed_ms": 500.0}]
    assert recorder.of("partial") == [{"id": task.task_id, "text": "Hello\n", "chunks": 2}]
    assert [event["status"] for event in recorder.of("task")] == ["running", "done"]


async def test_flushes_when_the_interval_has_passed(bus, recorder, tmp_path):
    kernel = FakeKernel(["a", "b", "c", "d"])
    subject = orchestrator(kernel, bus, tmp_path, flush_interval=1.0)
    task = subject.submit("Letters")
    with patch(CLOCK, side_effect=[0.0, 0.9, 1.0, 1.5, 2.0, 2.9, 4.0]):
        await subject.run_task(task.task_id)
    assert [event["text"] for event in recorder.of("partial")] == ["a", "abc"]
    assert [event["chunks"] for event in recorder.of("partial")] == [1, 3]


async def test_the_clock_is_read_again_after_the_first_token(bus, recorder, tmp_path):
    subject = orchestrator(FakeKernel(["a"]), bus, tmp_path, flush_interval=1.0)
    task = subject.submit("Letter")
    # The first token comes before the interval has passed, publishing it takes until after.
    with patch(CLOCK, side_effect=[0.0, 0.2, 1.2, 2.0]):
        await subject.run_task(task.task_id)
    assert recorder.of("first-token")[0]["elapsed_ms"] == 200.0
    assert [event["text"] for event in recorder.of("partial")] == ["a"]


async def test_order_of_events(bus, recorder, tmp_path):
    subject = orchestrator(FakeKernel(["one\n", "two\n"]), bus, tmp_path)
    await subject.run_task(subject.submit("Count").task_id)
    assert [topic for topic, _ in recorder.events] == [
        "task",
        "first-token",
        "partial",
        "partial",
        "task",
    ]


async def test_the_callback_is_taken_off_again(bus, tmp_path):
    kernel = FakeKernel(["a"])
    subject = orchestrator(kernel, bus, tmp_path)
    await subject.run_task(subject.submit("x").task_id)
    assert len(kernel.callbacks) == 2
    assert callable(kernel.callbacks[0]) and kernel.callbacks[1] is None


async def test_a_late_chunk_counts_on(bus, recorder, tmp_path):
    kernel = FakeKernel(["a\n"])
    subject = orchestrator(kernel, bus, tmp_path)
    task = await subject.run_task(subject.submit("x").task_id)
    await kernel.callbacks[0]("late\n")
    assert recorder.of("partial")[-1] == {"id": task.task_id, "text": "a\nlate\n", "chunks": 2}
    assert len(recorder.of("first-token")) == 1
    assert task.metrics["chunks"] == 1


async def test_tasks_do_not_share_their_streams(bus, recorder, tmp_path):
    kernel = FakeKernel(["a\n"])
    subject = orchestrator(kernel, bus, tmp_path)
    first = await subject.run_task(subject.submit("x").task_id)
    second = await subject.run_task(subject.submit("y").task_id)
    assert (first.partial, second.partial) == ("a\n", "a\n")
    assert [event["chunks"] for event in recorder.of("partial")] == [1, 1]


async def test_failure_keeps_what_was_streamed(bus, recorder, tmp_path):
    kernel = FakeKernel(["half "], error=ConnectionError("gone"))
    subject = orchestrator(kernel, bus, tmp_path)
    task = await subject.run_task(subject.submit("Explain").task_id)
    assert (task.status, task.error, task.answer) == ("failed", "gone", "half ")
    assert task.metrics["chunks"] == 1
    assert kernel.callbacks[-1] is None
    assert recorder.of("task")[-1]["status"] == "failed"


async def test_failure_before_the_first_token(bus, tmp_path):
    subject = orchestrator(FakeKernel(error=TimeoutError("slow")), bus, tmp_path)
    task = await subject.run_task(subject.submit("Explain").task_id)
    assert task.answer is None
    assert task.metrics["time_to_first_token_ms"] is None


async def test_lessons_come_before_the_prompt(bus, tmp_path):
    kernel = FakeKernel(["ok"])
    subject = orchestrator(kernel, bus, tmp_path)
    subject.lessons.add(Lesson("deploy the staging cluster", "use the blue pool", True))
    subject.lessons.add(Lesson("deploy the cluster twice", "parallel runs", False))
    await subject.run_task(subject.submit("Deploy the staging cluster now").task_id)
    assert kernel.prompts == [
        "Notes from earlier tasks:\n- use the blue pool\n- avoid: parallel runs\n\n"
        "Deploy the staging cluster now"
    ]


async def test_long_answers_become_lessons(bus, tmp_path):
    subject = orchestrator(FakeKernel(["long answer " * 10]), bus, tmp_path)
    await subject.run_task(subject.submit("Describe the release train").task_id)
    await subject.run_task(subject.submit("Describe the release train").task_id)
    assert len(subject.lessons) == 1
    entries = [json.loads(line) for line in subject.learning_log.read_text().splitlines()]
    assert [(entry["succeeded"], entry["lessons"]) for entry in entries] == [(True, 1)]


async def test_short_answers_do_not(bus, tmp_path):
    subject = orchestrator(FakeKernel(["yes"]), bus, tmp_path)
    await subject.run_task(subject.submit("Is it on?").task_id)
    assert len(subject.lessons) == 0
    assert not subject.learning_log.exists()


async def test_failures_become_lessons(bus, tmp_path):
    subject = orchestrator(FakeKernel(error=OSError("no gpu")), bus, tmp_path)
    await subject.run_task(subject.submit("Train the adapter").task_id)
    assert subject.lessons.similar("train the adapter")[0].note == "failed with no gpu"


async def test_pending_and_unknown_tasks(bus, tmp_path):
    subject = orchestrator(FakeKernel(["a"]), bus, tmp_path)
    task = subject.submit("x")
    assert subject.pending() == [task]
    await subject.run_task(task.task_id)
    assert subject.pending() == []
    assert subject.get("nope") is None
    with pytest.raises(KeyError):
        await subject.run_task("nope")
