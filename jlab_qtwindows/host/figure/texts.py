"""Cheaper texts: the glyphs of a text are rendered once, and then drawn again.

The labels of a live figure are the same in state after state, at the same places, and
to render their glyphs is a third and more of drawing a small figure. The pictures that
Agg puts on its canvas for a text, and their places, depend on what is in `_key` and on
nothing else; colour, transparency and clipping are those of each drawing. GUI thread;
the host process only.
"""

from __future__ import annotations

import collections
import sys
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg

from . import fonts

__all__ = ["install"]

_MOST_BYTES = 8 * 2**20  # of all windows together; one figure's labels take some 50 KB
_TEXT = 600  # bytes that a text takes, about
_PICTURE = 250  # bytes that each of its pictures takes beside its pixels

# The settings that the shape of a text depends on, unless it holds its own.
_SETTINGS = [
    name for name in mpl.rcParams if name.startswith(("font.", "mathtext.", "text."))
]

_agg: Any = RendererAgg
_draw_text_anew = _agg.draw_text

_Picture = tuple[Any, float, float, float]  # uint8 (height, width); x, y in px; angle


def install() -> None:
    """Remember texts from now on, those of all figures of this process."""
    _agg.draw_text = _draw_text


def _draw_text(
    self: Any,
    gc: Any,
    x: float,
    y: float,
    s: str,
    prop: Any,
    angle: float,
    ismath: Any = False,
    mtext: Any = None,
) -> None:
    """Draw as Agg's renderer does; `self` is one."""
    text = (gc, x, y, s, prop, angle, ismath, mtext)
    key = _key(self, *text)
    pictures = _memory.find(key)
    if pictures is not None:
        for picture in pictures:
            self._renderer.draw_text_image(*picture, gc)
        return
    canvas = getattr(self, "_renderer", None)
    if canvas is None:  # a private name: without it each text is rendered each time
        _draw_text_anew(self, *text)
        return
    recorder = _Recorder(canvas)
    # Another object, with all that this one has: nothing is to be put back, which an
    # interrupt could prevent.
    stand_in = object.__new__(type(self))
    vars(stand_in).update(vars(self), _renderer=recorder)
    _draw_text_anew(stand_in, *text)
    # A library that is imported in another thread may have changed settings meanwhile.
    if recorder.pictures and recorder.saw_all and key == _key(self, *text):
        _memory.keep(key, recorder.pictures)


class _Recorder:
    """Agg's canvas, with a note of the pictures that are put on it."""

    def __init__(self, canvas: Any) -> None:
        self.pictures: list[_Picture] = []
        self.saw_all = True
        self._canvas = canvas

    def draw_text_image(
        self, picture: Any, x: float, y: float, angle: float, gc: Any
    ) -> None:
        # Before Matplotlib 3.11 it is the font itself, used again for the next text.
        self.pictures.append((np.array(picture), x, y, angle))
        self._canvas.draw_text_image(picture, x, y, angle, gc)

    def __getattr__(self, name: str) -> Any:
        # Whatever else is drawn, as the line of a fraction, has its colour with it.
        self.saw_all = False
        return getattr(self._canvas, name)


class _Memory:
    """The texts that were drawn last, by all that they depend on."""

    def __init__(self) -> None:
        self._known: collections.OrderedDict[Any, list[_Picture]]
        self._known = collections.OrderedDict()
        self._bytes = 0

    def find(self, key: Any) -> list[_Picture] | None:
        pictures = self._known.get(key)
        if pictures is not None:
            self._known.move_to_end(key)
        return pictures

    def keep(self, key: Any, pictures: list[_Picture]) -> None:
        self._known[key] = pictures
        self._bytes += _size(pictures)
        while self._bytes > _MOST_BYTES:
            self._bytes -= _size(self._known.popitem(last=False)[1])


_memory = _Memory()


def _size(pictures: list[_Picture]) -> int:
    return _TEXT + sum(_PICTURE + int(picture[0].nbytes) for picture in pictures)


def _key(
    renderer: Any,
    gc: Any,
    x: float,
    y: float,
    s: str,
    prop: Any,
    angle: float,
    ismath: Any,
    mtext: Any,
) -> Any:
    # A few words that all keys share; they have lists in them, which are no keys.
    settings = sys.intern(repr([dict.get(mpl.rcParams, name) for name in _SETTINGS]))
    # Not in all versions: how the letters of a text are chosen and joined.
    own = [_call(mtext, name) for name in ("get_fontfeatures", "get_language")]
    return (
        *(s, float(x), float(y), float(angle), ismath, gc.get_antialiased()),
        prop.copy(),  # it may be changed in place, and its hash with it
        *(sys.intern(repr(own)), settings),
        *(renderer.height, renderer.dpi),  # it counts y from below
        # Fonts come at any time, of programs and of libraries.
        *(fonts.generation(), len(font_manager.fontManager.ttflist)),
    )


def _call(artist: Any, name: str) -> Any:
    method = getattr(artist, name, None)
    return method() if method is not None else None
