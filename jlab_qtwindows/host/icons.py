"""The icons of our own toolbar buttons, painted in the palette's text colour.

GUI thread. Painted when they are needed, at the size that is needed: so they are sharp
on every screen, and right in light and dark palettes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .qt import QtCore, QtGui

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FadingIcon", "PaintedIcon", "paint_follow", "paint_freeze", "paint_hold"]

_BOX = 24.0  # the units in which the pictures below are made
_BADGE_HEIGHT = 12.0
_FAINT = 0.3  # opacity
_MOST = 99  # a badge has room for two digits and a plus


class _Engine(QtGui.QIconEngine):
    def pixmap(self, size: Any, mode: Any, state: Any) -> Any:
        pixmap = QtGui.QPixmap(size)
        pixmap.fill(QtCore.Qt.GlobalColor.transparent)
        painter = QtGui.QPainter(pixmap)
        self.paint(painter, QtCore.QRect(QtCore.QPoint(), size), mode, state)
        painter.end()
        return pixmap


class PaintedIcon(_Engine):
    """Paints a picture, and a badge with a number over it unless that is 0."""

    def __init__(
        self, picture: Callable[[Any], None], widget: Any, badge: int = 0
    ) -> None:
        super().__init__()
        self._picture = picture
        self._widget = widget
        self._badge = badge

    def paint(self, painter: Any, rect: Any, mode: Any, state: Any) -> None:
        palette = self._widget.palette()
        group = QtGui.QPalette.ColorGroup
        enabled = mode != QtGui.QIcon.Mode.Disabled
        palette.setCurrentColorGroup(group.Active if enabled else group.Disabled)
        painter.save()
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        painter.translate(rect.x(), rect.y())
        painter.scale(rect.width() / _BOX, rect.height() / _BOX)
        ink = palette.color(QtGui.QPalette.ColorRole.WindowText)
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        self._picture(painter)
        if self._badge:
            _paint_badge(painter, palette, self._badge)
        painter.restore()


class FadingIcon(_Engine):
    """Paints another icon, and that of a button which does nothing faintly.

    The icons of Matplotlib 3.11 look the same then.
    """

    def __init__(self, icon: Any) -> None:
        super().__init__()
        self._icon = icon

    def paint(self, painter: Any, rect: Any, mode: Any, state: Any) -> None:
        painter.save()
        if mode == QtGui.QIcon.Mode.Disabled:
            painter.setOpacity(_FAINT)
        self._icon.paint(painter, rect)
        painter.restore()


def paint_hold(painter: Any) -> None:
    """Paint a closed padlock."""
    painter.drawRoundedRect(QtCore.QRectF(5, 11, 14, 10), 1.5, 1.5)
    ink = painter.brush().color()
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.setPen(QtGui.QPen(ink, 2.4))
    shackle = QtGui.QPainterPath(QtCore.QPointF(8, 11))
    shackle.lineTo(8, 7.5)
    shackle.arcTo(QtCore.QRectF(8, 3.5, 8, 8), 180, -180)
    shackle.lineTo(16, 11)
    painter.drawPath(shackle)


def paint_follow(painter: Any) -> None:
    """Paint an arrow head that runs against a bar: on to the newest."""
    arrow = QtGui.QPainterPath(QtCore.QPointF(5, 4))
    arrow.lineTo(16, 12)
    arrow.lineTo(5, 20)
    arrow.closeSubpath()
    painter.drawPath(arrow)
    painter.drawRect(QtCore.QRectF(16.5, 4, 3, 16))


def paint_freeze(painter: Any) -> None:
    """Paint two bars: stand still."""
    painter.drawRoundedRect(QtCore.QRectF(5.5, 4, 4.5, 16), 0.8, 0.8)
    painter.drawRoundedRect(QtCore.QRectF(14, 4, 4.5, 16), 0.8, 0.8)


def _paint_badge(painter: Any, palette: Any, number: int) -> None:
    text = str(number) if number <= _MOST else f"{_MOST}+"
    font = QtGui.QFont(painter.font())
    font.setPixelSize(10)
    font.setBold(True)
    painter.setFont(font)
    width = QtGui.QFontMetricsF(font).boundingRect(text).width() + 5
    width = min(_BOX, max(_BADGE_HEIGHT, width))
    place = QtCore.QRectF(_BOX - width, 0, width, _BADGE_HEIGHT)
    role = QtGui.QPalette.ColorRole
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(role.Highlight))
    painter.drawRoundedRect(place, _BADGE_HEIGHT / 2, _BADGE_HEIGHT / 2)
    painter.setPen(palette.color(role.HighlightedText))
    painter.drawText(place, QtCore.Qt.AlignmentFlag.AlignCenter, text)
