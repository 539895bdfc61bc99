"""A figure out of the kernel's bytes.

Receiver thread. Everything here runs before the figure is given to a canvas, so no Qt
object is touched.
"""

from __future__ import annotations

import functools
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.transforms import TransformedPath, TransformNode

from jlab_qtwindows.protocol.privatenames import reason_for_frames

from .fonts import add_fonts
from .frame import FrameImage
from .links import relink
from .style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Mirror", "UnreadableFigure", "load_frame", "load_mirror"]

_FRAME_DPI = 100


class UnreadableFigure(Exception):
    """The bytes do not make a figure here; the text says why."""


@dataclass(frozen=True)
class Mirror:
    """One state of a figure, ready to be put into a window."""

    figure: Figure
    style: Style


def load_mirror(parts: Sequence[Any]) -> Mirror:
    """Return the figure in a pickle and its out-of-band buffers.

    Raises
    ------
    UnreadableFigure
        The pickle needs what this process does not have, or is no figure.
    """
    if not parts:
        raise UnreadableFigure("no pickle in the message")
    if reason := reason_for_frames():
        raise UnreadableFigure(reason)
    # Out-of-band buffers must be writable, or drawing fails with "assignment
    # destination is read-only".
    buffers = [bytearray(part) for part in parts[1:]]
    try:
        # The peer is this user and has shown the token.
        state = pickle.loads(parts[0], buffers=buffers)  # noqa: S301
    except (Exception, SystemExit) as error:  # unpickling may raise anything
        raise UnreadableFigure(f"{type(error).__name__}: {error}") from error
    if not (isinstance(state, dict) and isinstance(state.get("figure"), Figure)):
        raise UnreadableFigure("the message holds no figure")
    try:
        style = _load_style(state["style"])
    except Exception as error:
        raise UnreadableFigure(f"the message holds no settings: {error}") from error
    relink(state["figure"])
    return Mirror(state["figure"], style)


@functools.lru_cache(maxsize=16)  # settings change seldom
def _load_style(pickled: bytes) -> Style:
    content = pickle.loads(pickled)  # noqa: S301  # as above
    note = add_fonts(*content.pop("fonts", ((), ())))
    return Style(**content, note=note)


def load_frame(parts: Sequence[Any], width: int, height: int) -> Mirror:
    """Return a figure that shows a picture of `width` x `height` px, RGBA.

    Raises
    ------
    UnreadableFigure
        The number of bytes does not fit the size.
    """
    fits = len(parts) == 1 and len(parts[0]) == width * height * 4
    if not fits or width < 1 or height < 1:
        raise UnreadableFigure(f"the picture is not {width} x {height} px")
    rgba = np.frombuffer(bytes(parts[0]), np.uint8).reshape(height, width, 4)
    figure = Figure(figsize=(width / _FRAME_DPI, height / _FRAME_DPI), dpi=_FRAME_DPI)
    FrameImage(figure, rgba)
    return Mirror(figure, Style())


# Attributes of transforms that travel as lists of numbers.
_ARRAYS = ("_points", "_points_orig", "_minpos", "_mtx")


def _refresh(self: Any, state: dict[str, Any]) -> None:
    """Load a transform as not yet computed.

    What a pickled transform remembers of its last computation may be wrong: the links
    by which a change reaches it are weak references, which a pickle may lose (a figure
    with an equal aspect that was drawn before it was pickled comes out wrong).
    """
    for name in _ARRAYS:
        if type(state.get(name)) is list:
            state[name] = np.array(state[name], float)
    _load_transform(self, state)
    self._invalid = self._INVALID_FULL
    if type(self) is TransformedPath:
        # The kernel leaves these links out, unless the transform is of a class that
        # pickles itself; such a one may not be complete yet.
        transform: Any = self._transform  # type: ignore[attr-defined]
        if "_parents" in transform.__dict__:
            self.set_children(transform)


_transform: Any = TransformNode
_load_transform = _transform.__setstate__
_transform.__setstate__ = _refresh
