"""In-process publish and subscribe, used for progress and partial answers."""

import inspect
import logging
from typing import Any, Callable, Dict, List

logger = logging.getLogger(__name__)

Handler = Callable[[Dict[str, Any]], Any]


class EventBus:
    """Delivers each payload to the subscribers of its topic, in order of subscription."""

    def __init__(self) -> None:
        self._subscribers: Dict[str, List[Handler]] = {}

    def subscribe(self, topic: str, handler: Handler) -> Callable[[], None]:
        """Registers a handler and returns the function that takes it off again."""
        self._subscribers.setdefault(topic, []).append(handler)

        def unsubscribe() -> None:
            handlers = self._subscribers.get(topic, [])
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    async def publish(self, topic: str, payload: Dict[str, Any]) -> None:
        for handler in list(self._subscribers.get(topic, [])):
            try:
                outcome = handler(payload)
                if inspect.isawaitable(outcome):
                    await outcome
            except Exception:
                logger.exception("Subscriber of %s failed", topic)
