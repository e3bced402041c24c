"""Routes that take prompts and hand answers out, whole or in pieces."""

import asyncio
import json
from typing import Any, AsyncIterator, Dict, Optional

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse

from llm_service.orchestrator import Orchestrator
from llm_service.schemas import ChatRequest

router = APIRouter(prefix="/api/v1/chat", tags=["chat"])

_orchestrator: Optional[Orchestrator] = None


def set_orchestrator(orchestrator: Orchestrator) -> None:
    """Called once by the application factory."""
    global _orchestrator
    _orchestrator = orchestrator


def _require_orchestrator() -> Orchestrator:
    if _orchestrator is None:
        raise HTTPException(status_code=503, detail="Chat is not available")
    return _orchestrator


@router.post("")
async def chat(request: ChatRequest) -> Dict[str, Any]:
    orchestrator = _require_orchestrator()
    task = await orchestrator.run_task(orchestrator.submit(request.prompt).task_id)
    if task.status == "failed":
        raise HTTPException(status_code=502, detail=task.error)
    return {"task_id": task.task_id, "answer": task.answer, "metrics": task.metrics}


@router.post("/stream")
async def chat_stream(request: ChatRequest) -> StreamingResponse:
    """Server-sent events: the partial answers, then the whole one."""
    orchestrator = _require_orchestrator()
    task = orchestrator.submit(request.prompt)
    queue: "asyncio.Queue[Dict[str, Any]]" = asyncio.Queue()

    async def enqueue(payload: Dict[str, Any]) -> None:
        if payload["id"] == task.task_id:
            await queue.put(payload)

    unsubscribe = orchestrator.bus.subscribe("partial", enqueue)

    async def events() -> AsyncIterator[str]:
        running = asyncio.ensure_future(orchestrator.run_task(task.task_id))
        try:
            while not running.done() or not queue.empty():
                try:
                    payload = await asyncio.wait_for(queue.get(), timeout=0.05)
                except asyncio.TimeoutError:
                    continue
                yield f"data: {json.dumps(payload)}\n\n"
            finished = await running
            yield f"event: {finished.status}\ndata: {json.dumps(finished.metrics)}\n\n"
        finally:
            unsubscribe()

    return StreamingResponse(events(), media_type="text/event-stream")


@router.get("/{task_id}")
async def read_task(task_id: str) -> Dict[str, Any]:
    task = _require_orchestrator().get(task_id)
    if task is None:
        raise HTTPException(status_code=404, detail=f"Unknown task: {task_id}")
    return {"task_id": task.task_id, "status": task.status, "partial": task.partial}
