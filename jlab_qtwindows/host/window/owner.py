"""The kernel that one window belongs to, and what it is told. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.messages import (
    ButtonPressed,
    FigureEdited,
    FigureRejected,
    FigureShown,
    UpdateTaken,
    WindowDescribed,
    WindowResized,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.wire.peers import Peer
    from jlab_qtwindows.protocol.edits import Edit
    from jlab_qtwindows.protocol.messages import Message

__all__ = ["Owner"]

_ORDINARY = (False, 0, "", "")  # what a kernel takes a new window for


class Owner:
    """The kernel, as `peer`; `send` takes its identity and a message for it."""

    def __init__(self, peer: Peer, send: Callable[[bytes, Message], None]) -> None:
        self.peer = peer
        self._send = send
        self.window_id = ""
        # What the kernel was told of how the window stands; None: perhaps nothing.
        self._described: tuple[bool, int, str, str] | None = _ORDINARY
        self.state = ""  # "running", "ended" or "restarted"; "" before `attach`

    @property
    def attached(self) -> bool:
        """Whether the process that has made the figure is there."""
        return self.state == "running"

    def has(self, window_id: str) -> bool:
        """Return whether this figure is the one that the window has now."""
        return bool(self.state) and self.window_id == window_id

    def attach(self, peer: Peer, window_id: str) -> None:
        """Belong to this kernel, with this figure, from now on."""
        self._described = None if self.has(window_id) else _ORDINARY
        self.peer, self.window_id, self.state = peer, window_id, "running"

    def detach(self, *, restarted: bool) -> None:
        """The kernel has ended."""
        self.state = "restarted" if restarted else "ended"

    def tell(self, message: Message) -> None:
        """Send it a message; to one that has ended nothing."""
        if self.attached:
            self._send(self.peer.identity, message)

    def tell_taken(self, revision: int) -> None:
        self.tell(UpdateTaken(self.window_id, revision))

    def tell_shown(self, revision: int, seconds: float, fps: float) -> None:
        """Tell that a state is drawn: the s that it took, and frames/s of late."""
        shown = FigureShown(self.window_id, revision, round(seconds, 5), round(fps, 2))
        self.tell(shown)

    def tell_rejected(self, revision: int, error: str) -> None:
        self.tell(FigureRejected(self.window_id, revision, "draw", error))

    def tell_edits(self, serial: int, edits: list[Edit]) -> None:
        told = [list(edit) for edit in edits]
        self.tell(FigureEdited(self.window_id, serial, told))

    def tell_pressed(self, button: int, checked: bool) -> None:
        self.tell(ButtonPressed(self.window_id, button, checked))

    def describe(self, frozen: bool, waiting: int, note: str, failed: str) -> None:
        """Tell how the window stands, if that is not known there."""
        now = (frozen, waiting, note, failed)
        if self.attached and now != self._described:
            self._described = now
            self.tell(WindowDescribed(self.window_id, *now))

    def tell_resized(self, width: int, height: int) -> None:
        self.tell(WindowResized(self.window_id, width, height))
