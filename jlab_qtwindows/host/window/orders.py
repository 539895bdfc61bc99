"""What kernels and server ask of one window that is there. GUI thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.tools.arbiter import TOOL_MESSAGES
from jlab_qtwindows.protocol.messages import (
    ControlWindow,
    CoordinatesWritten,
    FigureBehind,
    SetTitle,
)
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.windowing import WINDOW_METHODS

from .programwishes import PROGRAM_WISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jlab_qtwindows.host.wire.peers import Peer

    from .window import HostWindow

__all__ = ["Orders"]

logger = logging.getLogger(__name__)


class Orders:
    """Has a window do what a message says; one for a window that is gone is dropped."""

    def __init__(self, windows: Mapping[str, HostWindow]) -> None:
        self._windows = windows
        orders: dict[type[Any], Callable[[HostWindow, Any], None]] = {
            FigureBehind: _fall_behind,
            SetTitle: _set_title,
            CoordinatesWritten: _show_coordinates,
            **dict.fromkeys(TOOL_MESSAGES, _obey_tool),
            **dict.fromkeys(PROGRAM_WISHES, _obey),
        }
        self._orders = orders
        self.handlers: dict[type[Any], Callable[[Peer, Any], None]] = dict.fromkeys(
            orders, self._on_order
        )
        self.handlers[ControlWindow] = self._on_control

    def _on_control(self, peer: Peer, message: ControlWindow) -> None:
        if WINDOW_METHODS.get(message.method) != len(message.arguments):
            logger.warning("no window has %r", clip(message.method))
        else:
            self._on_order(peer, message)

    def _on_order(self, peer: Peer, message: Any) -> None:
        if window := self._windows.get(message.window_id):
            self._orders[type(message)](window, message)


def _fall_behind(window: HostWindow, message: FigureBehind) -> None:
    window.content.fall_behind()


def _set_title(window: HostWindow, message: SetTitle) -> None:
    window.set_title(message.title)


def _show_coordinates(window: HostWindow, message: CoordinatesWritten) -> None:
    window.coordinates.show(message)


def _obey_tool(window: HostWindow, message: Any) -> None:
    window.arbiter.obey(message)


def _obey(window: HostWindow, message: Any) -> None:
    window.program.obey(message)
