"""Retry for coroutines that talk to a runtime which may still be starting."""

import asyncio
import functools
from typing import Any, Awaitable, Callable, Tuple, Type


def with_retry(
    attempts: int = 3,
    delay_seconds: float = 0.5,
    on: Tuple[Type[BaseException], ...] = (OSError,),
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Calls the coroutine again after `on`, with a delay that doubles each time."""

    def decorate(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @functools.wraps(function)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            pause = delay_seconds
            for attempt in range(1, attempts + 1):
                try:
                    return await function(*args, **kwargs)
                except on:
                    if attempt == attempts:
                        raise
                    await asyncio.sleep(pause)
                    pause *= 2

        return wrapper

    return decorate
