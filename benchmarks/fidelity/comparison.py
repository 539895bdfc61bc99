"""One figure: the host's picture of it against plain Agg. The script's process."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from hostpictures import HostPictures
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageChops

# Some layouts move with every drawing. The host has drawn the figure when it showed it,
# perhaps once more when the window got its size, and then for the picture.
DRAWINGS = 6


@dataclass(frozen=True)
class Difference:
    """How far two pictures are apart; all 0 where they are the same."""

    pixels: int = 0
    share: float = 0.0
    greatest: int = 0  # of 255
    drawing: int = 0  # which of the plain drawings it is nearest to, from 1
    moved: int = 0  # pixels in which the plain drawings differ among themselves

    @property
    def identical(self) -> bool:
        return not self.pixels


@dataclass(frozen=True)
class Compared:
    """The two pictures and their difference."""

    host: Image.Image
    plain: Image.Image
    difference: Difference


def compare(figure: Figure, host: HostPictures, model: dict[str, Any]) -> Compared:
    """Return the host's picture, and the plain one that is nearest to it."""
    frames = model["transfer"] == "frames"
    draw = _pixels if frames else _saved
    picture = _open((host.shown if frames else host.image)(model["id"]))
    if not frames:
        # The window has whole pixels, and the screen may be too small for it.
        figure.set_size_inches(
            model["width"] / figure.dpi, model["height"] / figure.dpi, forward=False
        )
    plain: list[Image.Image] = []
    for _ in range(DRAWINGS):
        plain.append(draw(figure))
        if _difference(picture, plain[-1])[0] == 0:
            break
    return _nearest(picture, plain)


def side_by_side(compared: Compared) -> Image.Image:
    """Return host, plain Agg, and where they differ, in one picture."""
    host, plain = compared.host, compared.plain
    size = (max(host.width, plain.width), max(host.height, plain.height))
    sheet = Image.new("RGB", (3 * size[0] + 20, size[1]), "gray")
    parts = [_on_white(picture, size) for picture in (host, plain)]
    marks = ImageChops.difference(*parts).convert("L").point(lambda v: 255 * (v > 0))
    for number, picture in enumerate([*parts, ImageChops.invert(marks)]):
        sheet.paste(picture, (number * (size[0] + 10), 0))
    return sheet


def _saved(figure: Figure) -> Image.Image:
    """Draw as the host does for a picture, in this process."""
    file, options = io.BytesIO(), {}
    if mpl.rcParams["savefig.dpi"] == "figure":
        options["dpi"] = figure.dpi  # also where the script has set another one
    ours = figure.canvas
    FigureCanvasAgg(figure)  # ours would lay the figure out once more after saving it
    try:
        figure.savefig(file, format="png", pil_kwargs={"compress_level": 1}, **options)
    finally:
        figure.set_canvas(ours)
    return _open(file.getvalue())


def _pixels(figure: Figure) -> Image.Image:
    """Return what is on the script's own canvas, or would be."""
    canvas: Any = figure.canvas
    if not canvas.followed.ladder.drawn_by_hand:
        FigureCanvasAgg.draw(canvas)
    return Image.fromarray(np.array(canvas.renderer.buffer_rgba()))


def _nearest(picture: Image.Image, plain: list[Image.Image]) -> Compared:
    found = [_difference(picture, other) for other in plain]
    best = min(range(len(plain)), key=lambda number: found[number])
    moved = max(_difference(plain[0], other)[0] for other in plain)
    difference = Difference(*found[best], drawing=best + 1, moved=moved)
    return Compared(picture, plain[best], difference)


def _difference(one: Image.Image, other: Image.Image) -> tuple[int, float, int]:
    """Return differing pixels, their share, and the greatest difference."""
    if one.size != other.size:
        return one.width * one.height, 1.0, 255
    apart = np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).max(axis=2)
    count = int(np.count_nonzero(apart))
    return count, count / apart.size, int(apart.max())


def _open(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def _on_white(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("RGBA", size, "white")
    sheet.paste(picture, (0, 0), picture)
    return sheet.convert("RGB")
