"""Tells of kernels that the Jupyter server has shut down or started again.

Listens to the server's own event bus (schema `kernel_actions`), on its event loop.
Kernels that crash are noticed by the host, whose connection to them ends; that they
were started again is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jupyter_events.logger import EventLogger

__all__ = ["KernelWatch"]

KERNEL_ACTIONS = "https://events.jupyter.org/jupyter_server/kernel_actions/v1"


class KernelWatch:
    """Calls `on_gone` with a kernel's id, and whether it has been started again."""

    def __init__(
        self, events: EventLogger, on_gone: Callable[[str, bool], Awaitable[None]]
    ) -> None:
        self._events = events
        self._on_gone = on_gone

    def start(self) -> None:
        """Begin to listen."""
        self._events.add_listener(schema_id=KERNEL_ACTIONS, listener=self._hear)

    def stop(self) -> None:
        """Stop listening; may be called twice."""
        self._events.remove_listener(listener=self._hear)

    async def _hear(
        self, logger: EventLogger, schema_id: str, data: dict[str, Any]
    ) -> None:
        action = data.get("action")
        if action in ("shutdown", "restart") and data.get("status") == "success":
            await self._on_gone(data["kernel_id"], action == "restart")
