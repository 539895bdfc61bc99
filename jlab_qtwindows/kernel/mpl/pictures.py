"""Icons of a program as PNG that can be sent; any thread.

From a file, its bytes, an array, or what a Qt in this process has. What cannot be sent
is said once, and is no error: a window without its icon shows all the same.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from jlab_qtwindows.kernel.process.words import say_once
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.windowing import MOST_ICON_BYTES, MOST_ICON_SIZE

__all__ = ["encode_icon"]

_MOST_FILE_BYTES = 20_000_000
_QT = ("PyQt5", "PyQt6", "PySide2", "PySide6")


def encode_icon(icon: Any, size: int = MOST_ICON_SIZE) -> str:
    """Return a PNG of `size` px at most in base64, or "" with a word of warning."""
    try:
        image = _image_of(icon)
        image.thumbnail((size, size))
        file = io.BytesIO()
        image.convert("RGBA").save(file, "PNG")
    except Exception as error:  # whatever a program may give, and a file may hold
        why = clip(f"{type(icon).__name__}: {error}")
        say_once(f"this icon cannot be sent to the window ({why})")
        return ""
    png = file.getvalue()
    if len(png) > MOST_ICON_BYTES:
        return encode_icon(icon, size // 2)
    return base64.b64encode(png).decode()


def _image_of(icon: Any) -> Image.Image:
    if isinstance(icon, Image.Image):
        return icon.copy()
    if isinstance(icon, str | os.PathLike):
        path = Path(icon).expanduser()
        if path.stat().st_size > _MOST_FILE_BYTES:
            raise ValueError("a file of that size is no icon")
        icon = path.read_bytes()
    if isinstance(icon, bytes | bytearray | memoryview):
        image = Image.open(io.BytesIO(icon))
        image.draft("RGB", (MOST_ICON_SIZE, MOST_ICON_SIZE))
        return image
    if type(icon).__module__.partition(".")[0] in _QT:
        return Image.open(io.BytesIO(_png_of_qt(icon)))
    pixels = np.asarray(icon)
    if pixels.ndim not in (2, 3) or pixels.size == 0:
        raise TypeError("neither a file nor pixels")
    step = max(1, max(pixels.shape[:2]) // MOST_ICON_SIZE)
    pixels = pixels[::step, ::step]
    if pixels.dtype.kind == "f":
        pixels = np.clip(pixels * 255 + 0.5, 0, 255)
    return Image.fromarray(np.ascontiguousarray(pixels, np.uint8))


def _png_of_qt(icon: Any) -> bytes:
    """Return the PNG of a QIcon, QPixmap or QImage, whichever binding made it."""
    binding = type(icon).__module__.partition(".")[0]
    core, gui = (sys.modules[f"{binding}.{name}"] for name in ("QtCore", "QtGui"))
    if not isinstance(icon, gui.QImage) and gui.QGuiApplication.instance() is None:
        raise TypeError(
            "there is no QApplication here that could paint it; give a path"
        )
    if isinstance(icon, gui.QIcon):
        icon = icon.pixmap(MOST_ICON_SIZE, MOST_ICON_SIZE)
    modes = getattr(core.QIODevice, "OpenModeFlag", core.QIODevice)
    buffer = core.QBuffer()
    buffer.open(modes.WriteOnly)
    if not icon.save(buffer, "PNG"):
        raise ValueError("it is empty")
    return bytes(buffer.data().data())
