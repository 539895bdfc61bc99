"""The icons of our own toolbar buttons, painted in the palette's text colour.

GUI thread. Painted when they are needed, at the size that is needed: so they are sharp
on every screen, and right in light and dark palettes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtCore, QtGui

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
    """Paint a padlock within the corners of a view."""
    ink = painter.brush().color()
    painter.drawRoundedRect(QtCore.QRectF(7.5, 11, 9, 7), 1, 1)
    _draw_with(painter, ink, 1.7)
    shackle = QtGui.QPainterPath(QtCore.QPointF(9.3, 11))
    shackle.lineTo(9.3, 9)
    shackle.arcTo(QtCore.QRectF(9.3, 6, 5.4, 5.4), 180, -180)
    shackle.lineTo(14.7, 11)
    painter.drawPath(shackle)
    _draw_with(painter, ink, 2)
    for right in (1, -1):
        for down in (1, -1):
            corner = QtCore.QPointF(12 - 9.5 * right, 12 - 9.5 * down)
            painter.drawLine(corner, corner + QtCore.QPointF(4 * right, 0))
            painter.drawLine(corner, corner + QtCore.QPointF(0, 4 * down))


def paint_follow(painter: Any) -> None:
    """Paint an arrow that goes along a curve."""
    ink = painter.brush().color()
    head = QtGui.QPainterPath(QtCore.QPointF(22.5, 3))
    head.lineTo(21.5, 12)
    head.lineTo(14, 6)
    head.closeSubpath()
    painter.drawPath(head)
    _draw_with(painter, ink, 2.4)
    curve = QtGui.QPainterPath(QtCore.QPointF(2.5, 14))
    curve.cubicTo(5, 6, 8, 6, 10, 13)
    curve.cubicTo(12, 21, 14.5, 20, 18.5, 8.5)
    painter.drawPath(curve)


def paint_freeze(painter: Any) -> None:
    """Paint a snowflake."""
    _draw_with(painter, painter.brush().color(), 1.9)
    painter.translate(_BOX / 2, _BOX / 2)
    for _ in range(6):
        painter.drawLine(QtCore.QPointF(0, 0), QtCore.QPointF(0, -10))
        for side in (-1, 1):
            end = QtCore.QPointF(side * 3.2, -9)
            painter.drawLine(QtCore.QPointF(0, -5.8), end)
        painter.rotate(60)
    painter.translate(-_BOX / 2, -_BOX / 2)


def _draw_with(painter: Any, ink: Any, width: float) -> None:
    """Draw lines with round ends from now on, and fill nothing."""
    pen = QtGui.QPen(ink, width)
    pen.setCapStyle(QtCore.Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(QtCore.Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)


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
