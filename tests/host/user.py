"""The user, played by the test: mouse and wheel over a canvas."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication

ZOOM = (0.5, 1.5)  # the limits to which the user zooms

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def move(canvas, x, y, *, held=_NONE, modifiers=Qt.KeyboardModifier.NoModifier):
    """Move the mouse to this position, px from the upper left corner."""
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(x, y), _NONE, held, modifiers)
    QApplication.sendEvent(canvas, event)


def scroll(canvas, x, y, notches):
    """Turn the wheel; towards the screen is positive."""
    position = QPointF(x, y)
    event = QWheelEvent(
        position,
        position,
        QPoint(),
        QPoint(0, int(notches * 120)),
        _NONE,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def press_again(canvas, x, y):
    """Press the left button for the second time in a row, at this position."""
    kind = QEvent.Type.MouseButtonDblClick
    event = QMouseEvent(
        kind, QPointF(x, y), _LEFT, _LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)


def drag(qtbot, canvas, start, end):
    """Draw with the left button, from and to fractions of the canvas."""

    def at(fractions):
        return QPoint(
            int(fractions[0] * canvas.width()), int(fractions[1] * canvas.height())
        )

    move(canvas, at(start).x(), at(start).y())
    qtbot.mousePress(canvas, _LEFT, pos=at(start))
    move(canvas, at(end).x(), at(end).y(), held=_LEFT)
    qtbot.mouseRelease(canvas, _LEFT, pos=at(end))
