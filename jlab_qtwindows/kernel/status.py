"""The answer of `qtw.status()`: readable in a cell, usable in a program."""

from __future__ import annotations

import html
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .client import HostClient
    from .followed import FollowedFigure
    from .snapshot import Rung

__all__ = ["Status", "WindowInfo"]

_COLUMNS = ("figure", "title", "travels as", "shown", "frames/s", "latency", "dropped")

_LIVE = 1.5  # s since the last frame; slower than that is no stream


def _quantile(values: Iterable[float], share: float) -> float | None:
    ordered = sorted(values)
    return round(ordered[int(share * (len(ordered) - 1))], 4) if ordered else None


def _present_fps(followed: FollowedFigure) -> float:
    """Return the frames per second of now: 0 once none has come for a while."""
    is_live = time.monotonic() - followed.shown_at <= _LIVE
    return round(followed.fps, 1) if is_live else 0.0


@dataclass(frozen=True)
class WindowInfo:
    """One window; times in seconds."""

    window_id: str
    num: int
    title: str
    transfer: str
    reason: str
    shown: int
    fps: float
    dropped: int
    draw_seconds: float
    latency: float | None  # s, from a frame's newest change to the screen, median
    latency_p95: float | None
    behind: bool = False  # the newest state has been held back for a second

    @classmethod
    def of(cls, followed: FollowedFigure, least_rung: Rung, least: str) -> WindowInfo:
        return cls(
            followed.window_id,
            followed.num,
            followed.title,
            max(followed.rung, least_rung).transfer,
            followed.draw_error or followed.reason or least,
            followed.shown,
            _present_fps(followed),
            followed.dropped,
            round(followed.draw_seconds, 4),
            _quantile(followed.latencies, 0.50),
            _quantile(followed.latencies, 0.95),
            followed.behind,
        )

    def __repr__(self) -> str:
        rate = f"{self.shown} frames shown, {self.fps:.1f} frames/s"
        return f"<{self.title}: {self.transfer}, {rate}>"

    def row(self) -> tuple[str, ...]:
        travels = self.transfer + (f" ({self.reason})" if self.reason else "")
        latency = "" if self.latency is None else f"{self.latency * 1000:.0f} ms"
        return (
            str(self.num),
            self.title,
            travels,
            str(self.shown) + (", behind" if self.behind else ""),
            f"{self.fps:.1f}",
            latency,
            str(self.dropped),
        )


@dataclass(frozen=True)
class Status:
    """State of the windows of this kernel; `overhead` is a share of wall time."""

    connected: bool
    host: str
    overhead: float
    windows: list[WindowInfo]

    @classmethod
    def of(cls, client: HostClient) -> Status:
        welcome, follower = client.welcome, client.follower
        if welcome is not None:
            host = f"{welcome.binding} on {welcome.platform}, process {welcome.pid}"
            host += f"; {welcome.note}" if welcome.note else ""
        else:
            host = client.unavailable or "no window process yet"
        return cls(
            welcome is not None,
            host,
            round(follower.budget.overhead(time.monotonic()), 4),
            [
                WindowInfo.of(f, follower.least_rung, follower.least_reason)
                for f in list(client.figures.values())
                if f.opened
            ],
        )

    def _headline(self) -> str:
        state = "connected to" if self.connected else "not connected:"
        return f"{state} {self.host}; {self.overhead:.1%} of the time spent on windows"

    def __repr__(self) -> str:
        rows = [_COLUMNS, *(window.row() for window in self.windows)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(_COLUMNS))]
        lines = [
            "  ".join(
                text.ljust(w) for text, w in zip(row, widths, strict=True)
            ).rstrip()
            for row in rows
        ]
        return "\n".join([self._headline(), *lines])

    def _repr_html_(self) -> str:
        def cells(tag: str, row: tuple[str, ...]) -> str:
            return "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in row)

        body = "".join(
            f"<tr>{cells('td', window.row())}</tr>" for window in self.windows
        )
        return (
            f"<p>{html.escape(self._headline())}</p>"
            f"<table><tr>{cells('th', _COLUMNS)}</tr>{body}</table>"
        )
