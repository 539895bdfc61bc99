"""The answer of `qtw.status()`: readable in a cell, usable in a program.

Made and read by the thread that asks.
"""

from __future__ import annotations

import html
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .process.gil import gil_is_on
from .windowinfo import WindowInfo, WindowList

if TYPE_CHECKING:
    from .link.client import FigureClient

__all__ = ["WITHOUT_GIL", "Status"]

WITHOUT_GIL = (
    "this Python runs without the GIL: "
    "windows follow at draw(), flush_events(), pause(), show(), the end of qtw.hold, "
    "the end of a cell and while no cell runs"
)


@dataclass(frozen=True, repr=False)
class Status:
    """State of the windows of this kernel; `overhead` is a share of wall time."""

    connected: bool
    host: str
    overhead: float
    windows: WindowList
    note: str = ""  # what is to be known of this Python

    @classmethod
    def of(cls, client: FigureClient) -> Status:
        welcome, taker = client.welcome, client.taker
        if welcome is not None:
            host = f"{welcome.binding} on {welcome.platform}, process {welcome.pid}"
            host += f"; {welcome.note}" if welcome.note else ""
        else:
            opens = any(followed.opened for followed in list(client.figures.values()))
            waits = (
                "the windows are being opened" if opens else "nothing is plotted yet"
            )
            host = client.unavailable or waits
        return cls(
            welcome is not None,
            host,
            round(taker.budget.overhead(time.monotonic()), 4),
            WindowList(
                WindowInfo.of(
                    f, taker.best_rung, taker.best_reason, hidden=client.is_hidden
                )
                for f in list(client.figures.values())
                if f.opened
            ),
            "" if gil_is_on() else WITHOUT_GIL,
        )

    def _headline(self) -> str:
        state = "connected to" if self.connected else "not connected:"
        share = f"share of the kernel's time: {self.overhead:.1%}"
        note = f"; {self.note}" if self.note else ""
        return f"{state} {self.host}; {share}{note}"

    def __repr__(self) -> str:
        return f"{self._headline()}\n{self.windows!r}"

    def _repr_html_(self) -> str:
        windows = self.windows._repr_html_() or ""
        return f"<p>{html.escape(self._headline())}</p>{windows}"
