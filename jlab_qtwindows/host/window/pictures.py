"""Pictures of a window for the server: thumbnails and exports. GUI thread."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.figure import drawlimit
from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, surely
from jlab_qtwindows.protocol.errors import ExportFailed
from jlab_qtwindows.protocol.model import IMAGE_TYPES, clip

if TYPE_CHECKING:
    from .canvas import MirrorCanvas

__all__ = ["copy_to_clipboard", "export", "thumbnail"]

_ATTEMPTS = 2  # where a library imported here has changed settings meanwhile


def copy_to_clipboard(canvas: MirrorCanvas) -> tuple[int, int]:
    """Copy the figure as it is drawn to the clipboard; return its size, device px."""
    drawn = _drawn(canvas)
    # On white, as in the window: many programs paste what is transparent as black.
    image = QtGui.QImage(drawn.size(), QtGui.QImage.Format.Format_RGB32)
    image.fill(QtCore.Qt.GlobalColor.white)
    painter = QtGui.QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    surely(QtWidgets.QApplication.clipboard()).setImage(image)
    return image.width(), image.height()


def thumbnail(canvas: MirrorCanvas, width: int) -> tuple[bytes, int, int]:
    """Return the last drawn picture as a PNG at most `width` px wide, and its size.

    One pixel at least.
    """
    image = _drawn(canvas)
    if width < image.width():
        image = image.scaledToWidth(
            max(1, width), QtCore.Qt.TransformationMode.SmoothTransformation
        )
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data()), image.width(), image.height()


def export(canvas: MirrorCanvas, format_: str, dpi: float | None) -> bytes:
    """Return the figure as `savefig` would write it at its present size.

    Raises
    ------
    ExportFailed
        The format is none of png, svg, pdf, or the figure cannot be drawn in it.
    """
    if format_ not in IMAGE_TYPES:
        raise ExportFailed(f"{clip(format_)!r} is none of {', '.join(IMAGE_TYPES)}")
    resolution: Any = {"dpi": dpi} if dpi else {}
    try:
        for _ in range(_ATTEMPTS):
            file = io.BytesIO()
            with drawlimit.limited():
                canvas.figure.savefig(file, format=format_, **resolution)
            if canvas.style_in_use.is_in_force():  # still, and so all the time
                break
    except (Exception, SystemExit) as error:  # of the figure's own drawing code
        raise ExportFailed(clip(f"{type(error).__name__}: {error}")) from error
    return file.getvalue()


def _drawn(canvas: MirrorCanvas) -> Any:
    """Return the last drawn picture in device px, without what is painted over it."""
    canvas.draw_if_pending()
    rgba = canvas.renderer.buffer_rgba()
    height, width = rgba.shape[:2]
    format_ = QtGui.QImage.Format.Format_RGBA8888
    # A copy: the image would point into memory that Python frees.
    return QtGui.QImage(bytes(rgba), width, height, 4 * width, format_).copy()
