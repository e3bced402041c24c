"""Routes that start, stop and observe the serving processes."""

from typing import Any, Dict, List, Optional

from fastapi import APIRouter, HTTPException, Query

from llm_service.runtime_controller import RuntimeController, UnknownServiceError
from llm_service.schemas import ServiceStartRequest

router = APIRouter(prefix="/api/v1/runtime", tags=["runtime"])

_controller: Optional[RuntimeController] = None


def set_controller(controller: RuntimeController) -> None:
    """Called once by the application factory."""
    global _controller
    _controller = controller


def _require_controller() -> RuntimeController:
    if _controller is None:
        raise HTTPException(status_code=503, detail="Runtime control is not available")
    return _controller


@router.get("/services")
def list_services() -> List[Dict[str, Any]]:
    return [status.to_dict() for status in _require_controller().all_statuses()]


@router.post("/services/{name}/start")
def start_service(name: str, request: ServiceStartRequest) -> Dict[str, Any]:
    arguments = list(request.extra_args)
    if request.model is not None:
        arguments += ["--model", request.model]
    try:
        status = _require_controller().start(name, arguments)
    except UnknownServiceError as error:
        raise HTTPException(status_code=404, detail=str(error)) from error
    if status.error is not None:
        raise HTTPException(status_code=500, detail=f"{name} did not start: {status.error}")
    return status.to_dict()


@router.post("/services/{name}/stop")
def stop_service(name: str) -> Dict[str, Any]:
    try:
        return _require_controller().stop(name).to_dict()
    except UnknownServiceError as error:
        raise HTTPException(status_code=404, detail=str(error)) from error


@router.get("/services/{name}/logs")
def read_logs(name: str, lines: int = Query(default=100, ge=1, le=2000)) -> Dict[str, Any]:
    controller = _require_controller()
    try:
        return {"service": name, "lines": controller.tail_log(name, lines)}
    except UnknownServiceError as error:
        raise HTTPException(status_code=404, detail=str(error)) from error


@router.get("/history")
def read_history(limit: int = Query(default=20, ge=1, le=100)) -> List[Dict[str, Any]]:
    return _require_controller().history(limit)
