"""What is known of the windows and of the host, and who wants to hear of changes.

State only: no HTTP and no sockets. Used on the server's event loop thread alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import WindowNotFound

if TYPE_CHECKING:
    import logging

    from jlab_qtwindows.protocol.model import WindowModel

__all__ = ["HostStatus", "WindowManager"]

Event = dict[str, Any]
Listener = Callable[[Event], None]


@dataclass(frozen=True)
class HostStatus:
    """How the window host is doing; as a dict it is the host model of the REST API."""

    state: str = "stopped"  # "stopped", "starting", "running" or "failed"
    reason: str = ""  # why it failed, in words
    pid: int | None = None
    platform: str = ""  # Qt's platform name: "xcb", "wayland", "offscreen"
    binding: str = ""  # "PyQt5 5.15.11"
    note: str = ""  # what the user should know of this host
    restarts: int = 0  # times it was started again after it had ended by itself
    worked: bool = False  # it has been running since it was last started by hand


class WindowManager:
    """Holds the models and tells the listeners of every change."""

    def __init__(self, *, log: logging.Logger) -> None:
        self._log = log
        self._windows: dict[str, WindowModel] = {}
        # Windows of a host that has ended; their kernels are about to open them again.
        self._unconfirmed: set[str] = set()
        self._host = HostStatus()
        self._listeners: list[Listener] = []

    def list_windows(self) -> list[WindowModel]:
        """Return the models of all windows, oldest first."""
        return list(self._windows.values())

    def get_window(self, window_id: str) -> WindowModel:
        """Return the model of one window.

        Raises
        ------
        WindowNotFound
            No window has this id.
        """
        try:
            return self._windows[window_id]
        except KeyError:
            raise WindowNotFound from None

    def put_window(self, model: WindowModel) -> None:
        """Add a window, or replace its model."""
        window_id = model["id"]
        self._unconfirmed.discard(window_id)
        before = self._windows.get(window_id)
        if before == model:
            return
        self._windows[window_id] = model
        name = "WindowOpened" if before is None else "WindowChanged"
        self._tell({"event": name, "window": model})

    def remove_window(self, window_id: str) -> None:
        """Forget a window; unknown ids are ignored."""
        self._unconfirmed.discard(window_id)
        if self._windows.pop(window_id, None) is not None:
            self._tell({"event": "WindowClosed", "id": window_id})

    def replace_windows(
        self, models: Iterable[WindowModel], *, keep_missing: bool
    ) -> None:
        """Take over the list of a host.

        With `keep_missing` the windows that are not in it stay until they come back or
        `remove_unconfirmed` is called.
        """
        models = list(models)
        missing = self._windows.keys() - {model["id"] for model in models}
        for model in models:
            self.put_window(model)
        self._unconfirmed = missing
        if not keep_missing:
            self.remove_unconfirmed()

    def remove_unconfirmed(self) -> None:
        """Forget the windows that did not come back after a restart of the host."""
        for window_id in sorted(self._unconfirmed):
            self.remove_window(window_id)

    def clear(self) -> None:
        """Forget all windows: the host has ended for good."""
        self.replace_windows([], keep_missing=False)

    @property
    def host(self) -> HostStatus:
        """How the host is doing."""
        return self._host

    @host.setter
    def host(self, status: HostStatus) -> None:
        if status != self._host:
            self._host = status
            self._tell({"event": "HostChanged", "host": asdict(status)})

    def snapshot(self) -> Event:
        """Return the event that carries everything."""
        return {
            "event": "Snapshot",
            "windows": self.list_windows(),
            "host": asdict(self._host),
        }

    def add_listener(self, listener: Listener) -> None:
        """Call `listener` with each event from now on."""
        self._listeners.append(listener)

    def remove_listener(self, listener: Listener) -> None:
        """Stop calling `listener`; may be called twice."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def _tell(self, event: Event) -> None:
        for listener in list(self._listeners):
            try:
                listener(event)
            except Exception:  # one broken listener must not keep the others waiting
                self._log.exception("A listener failed on %s", event["event"])
