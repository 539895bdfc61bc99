"""What is known of one window and of all: for a program, and readable in a cell.

Main thread, or any other that asks.
"""

from __future__ import annotations

import html
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.standing import standing_words
from jlab_qtwindows.protocol.windowing import MINIMIZED

from .link.client import get_client
from .thumbnails import thumbnails

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .follow.followed import FollowedFigure
    from .snapshot.snapshot import Rung

__all__ = ["WindowInfo", "WindowList"]

_COLUMNS = [
    "figure",
    "title",
    "state",
    "frames/s",
    "delay",
    "cost",
    "shown",
    "replaced",
]

_LIVE = 1.5  # s since the last frame; slower than that is no stream


@dataclass(frozen=True)
class WindowInfo:
    """One window; times in seconds."""

    window_id: str
    num: int
    title: str
    transfer: str  # "mirror", "mirror-by-value" or "frames": how the figure travels
    reason: str  # why it is not live, or travels no better way
    shown: int  # states of the figure that have been drawn
    fps: float
    dropped: int  # states that newer ones took the place of
    draw_seconds: float
    latency: float | None  # s, from a frame's newest change to the screen, median
    latency_p95: float | None
    behind: bool = False  # the newest state has been held back for a second
    failed: bool = False  # the newest state cannot be drawn
    live: bool = False  # a state has been shown just now
    frozen: bool = False  # the user has stopped it from showing new states
    waiting: int = 0  # the new states that have come since
    minimized: bool = False
    hidden: bool = False  # there is no display on which anybody could see it
    note: str = ""  # what is to be known of its picture
    overhead: float = 0.0  # share of the kernel's time that following it has cost

    @classmethod
    def of(
        cls,
        followed: FollowedFigure,
        best_rung: Rung,
        best_reason: str,
        *,
        hidden: bool = False,
    ) -> WindowInfo:
        delivery, now = followed.delivery, time.monotonic()
        live = now - delivery.shown_at <= _LIVE
        told = delivery.described  # by a window that is not as it was made
        return cls(
            followed.window_id,
            followed.num,
            followed.title,
            max(followed.ladder.rung, best_rung).transfer,
            delivery.draw_error or followed.ladder.reason or best_reason,
            delivery.shown,
            round(delivery.fps, 1) if live else 0.0,
            delivery.dropped,
            round(delivery.draw_seconds, 4),
            _quantile(delivery.latencies, 0.50),
            _quantile(delivery.latencies, 0.95),
            delivery.behind,
            bool(delivery.draw_error),
            live,
            told.frozen if told else False,
            told.waiting if told else 0,
            _is_minimized(followed),
            hidden,
            told.note if told else "",
            round(followed.cost.share(now), 4),
        )

    @property
    def state(self) -> str:
        """How the window stands, in the words of its status bar and of the panel.

        Those have how many frames come in a second, too.
        """
        if not (self.shown or self.failed):
            return "opening"
        words = standing_words(
            transfer=self.transfer,
            reason=self.reason,
            failed=self.failed,
            frozen=self.frozen,
            waiting=self.waiting,
            live=self.live and not self.frozen,
            behind=self.behind,
            minimized=self.minimized,
            note=self.note,
        )
        return f"not visible · {words}" if self.hidden else words

    def __repr__(self) -> str:
        rate = f"{self.shown} updates shown, {self.fps:.1f} frames/s"
        return f"<{self.title}: {self.state}, {rate}>"

    def row(self) -> tuple[str, ...]:
        """Return the texts of its row in a table."""
        delay = "" if self.latency is None else f"{self.latency * 1000:.0f} ms"
        return (
            str(self.num),
            self.title,
            self.state,
            f"{self.fps:.1f}" if self.fps else "",
            delay,
            f"{100 * self.overhead:.1f} %" if self.overhead else "",
            str(self.shown),
            str(self.dropped),
        )


class WindowList(list[WindowInfo]):
    """A list that shows itself as a table, in a notebook with small pictures."""

    def __repr__(self) -> str:
        if not self._is_of_windows():
            return super().__repr__()
        rows = [_COLUMNS, *(window.row() for window in self)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join(
            "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows
        )

    def _repr_html_(self) -> str | None:
        if not self._is_of_windows():
            return None
        figures = get_client().figures
        pictures = thumbnails(figures.get(window.window_id) for window in self)
        head = _cells("th", ("", *_COLUMNS))
        body = "".join(
            f"<tr><td>{_image(picture)}</td>{_cells('td', window.row())}</tr>"
            for window, picture in zip(self, pictures, strict=True)
        )
        return f"<table><tr>{head}</tr>{body}</table>"

    def _is_of_windows(self) -> bool:
        # `dataclasses.asdict` makes lists of the same type, of dictionaries.
        return all(isinstance(window, WindowInfo) for window in self)


def _cells(tag: str, row: Sequence[str]) -> str:
    return "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in row)


def _image(png: str) -> str:
    return f'<img alt="" src="data:image/png;base64,{png}">' if png else ""


def _quantile(values: Iterable[float], share: float) -> float | None:
    ordered = sorted(values)
    return round(ordered[int(share * (len(ordered) - 1))], 4) if ordered else None


def _is_minimized(followed: FollowedFigure) -> bool:
    if followed.manager is None:
        return False
    place = followed.manager.place.now
    return bool(place.visible and place.state & MINIMIZED)
