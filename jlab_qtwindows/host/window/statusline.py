"""The line below a canvas: where the mouse is, and how the window stands.

GUI thread. It is painted as plain text and asks for no room of its own, so that no text
of a program can become markup, change the window's size or repaint the canvas.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, single_shot
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.standing import standing_words

if TYPE_CHECKING:
    from jlab_qtwindows.protocol.model import WindowModel

__all__ = ["StatusLine", "state_words"]

_NOTICE_MS = 4000  # ms for which a notice stands in the place of the coordinates
_GAP, _MARGIN = 12, 4  # px between the two texts, px beside them


class StatusLine(QtWidgets.QWidget):
    """The state to the left, coordinates or a notice to the right."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = self.coordinates = self.notice = self.message = ""
        policy = QtWidgets.QSizePolicy.Policy
        self.setSizePolicy(policy.Ignored, policy.Fixed)
        self._timer = single_shot(self, _NOTICE_MS, self._drop_notice)
        self._message_timer = single_shot(self, function=self._drop_message)

    @classmethod
    def below(cls, window: Any) -> StatusLine:
        """Put a line below what a `QMainWindow` shows, which keeps its size."""
        line = cls(window)
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(line, 1)
        window.resize(window.size() + QtCore.QSize(0, bar.sizeHint().height()))
        return line

    def show_state(self, text: str) -> None:
        """Show how the window stands."""
        if self._set("state", text):
            # A tool tip that looks like markup would be taken for it.
            self.setToolTip(f"<qt>{html.escape(self.state)}</qt>")

    def show_message(self, text: str, milliseconds: int) -> None:
        """Show the program's text in the place of the state; 0 ms: until another."""
        self._set("message", text)
        self._message_timer.stop()
        if milliseconds > 0:
            self._message_timer.start(min(milliseconds, 2**31 - 1))

    def show_coordinates(self, text: str) -> None:
        """Show where the mouse is in the data."""
        self._set("coordinates", text)

    def show_notice(self, text: str) -> None:
        """Show for a while what has been done for the user."""
        self._set("notice", text)
        self._timer.start()

    def sizeHint(self) -> QtCore.QSize:
        return QtCore.QSize(0, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QtCore.QSize:
        return self.sizeHint()

    def paintEvent(self, event: QtGui.QPaintEvent | None) -> None:
        room = self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
        flags = QtCore.Qt.AlignmentFlag
        left, right = self.texts(room.width())
        painter = QtGui.QPainter(self)
        painter.setPen(self.palette().color(QtGui.QPalette.ColorRole.WindowText))
        middle = flags.AlignVCenter
        painter.drawText(room, flags.AlignLeft | middle, left)
        if self._need(right) <= room.width():
            painter.drawText(room, flags.AlignRight | middle, right)
        painter.end()

    def texts(self, width: int) -> tuple[str, str]:
        """Return the two texts, elided so that both fit into so many px.

        The coordinates yield first; but half of the room is always theirs.
        """
        elide = self.fontMetrics().elidedText
        end = QtCore.Qt.TextElideMode.ElideRight
        left, right = self.message or self.state, self.notice or self.coordinates
        if not right:
            return elide(left, end, width), ""
        shared = width - _GAP
        right = elide(right, end, max(shared - self._need(left), shared // 2))
        return elide(left, end, shared - self._need(right)), right

    def _drop_notice(self) -> None:
        self._set("notice", "")

    def _drop_message(self) -> None:
        self._set("message", "")

    def _need(self, text: str) -> int:
        # Eliding counts fractions of a px, of which this is the rounded sum.
        return int(self.fontMetrics().horizontalAdvance(text)) + 1

    def _set(self, name: str, text: str) -> bool:
        """Store a text as one printable line; return whether it is another one."""
        line = clip(text)
        if line == getattr(self, name):
            return False
        setattr(self, name, line)
        self.update()
        return True


def state_words(model: WindowModel) -> str:
    """Return how a window stands; nobody reads it in one that is minimized."""
    return standing_words(
        transfer=model["transfer"],
        reason=model["reason"],
        failed=model["state"] == "failed",
        kernel=model["kernel"],
        frozen=model["frozen"],
        waiting=model["waiting"],
        live=model["state"] == "live",
        fps=model["fps"],
        behind=model["behind"],
        note=model["note"],
    )
