"""Snapshots: a figure's state as bytes, by the best way that can carry it.

The ladder, best first: a pickle; a pickle by value (classes and functions of the
notebook); a picture. Called in the I/O thread or in the thread that draws, at a safe
point. Nothing here keeps a reference to the figure.
"""

from __future__ import annotations

import contextlib
import copyreg
import io
import pickle
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path

from jlab_qtwindows.protocol.errors import FigureNotTransferable

from . import localmodules
from .reducers import REDUCERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.figure import Figure

__all__ = ["Rung", "Snapshot", "take_snapshot"]

# Arrays below this size stay inside the pickle: a figure has hundreds of tiny ones, and
# a message part for each costs more than the pickle.
OUT_OF_BAND_BYTES = 64 * 1024

# A picture larger than this is rendered with fewer dots per inch (16 Mpx = 64 MB).
MAX_FRAME_PIXELS = 16_000_000

# Settings of this process that mean nothing, or harm, in the host.
# `image.cmap` may name a colormap that only the program has; artists hold their own.
_LOCAL_SETTINGS = frozenset(
    {
        "backend",
        "backend_fallback",
        "image.cmap",
        "interactive",
        "savefig.directory",  # where the person has saved last, from any window
        "toolbar",
    }
)


class Rung(IntEnum):
    """The ways a figure can travel, best first."""

    MIRROR = 0
    MIRROR_BY_VALUE = 1
    FRAMES = 2

    @property
    def transfer(self) -> str:
        return ("mirror", "mirror-by-value", "frames")[self]


@dataclass(frozen=True)
class Snapshot:
    """One state of a figure; `parts` are ready to be sent."""

    rung: Rung
    parts: tuple[Any, ...]
    width: int  # px
    height: int
    edits: int = 0  # the newest of the person's edits that this state has

    @property
    def kind(self) -> str:
        return "frame" if self.rung is Rung.FRAMES else "mirror"


def take_snapshot(figure: Figure, rung: Rung) -> Snapshot:
    """Return the figure's present state.

    Raises
    ------
    FigureNotTransferable
        This rung cannot carry the figure; the text says why.
    """
    if rung is Rung.FRAMES:
        return _frame(figure)
    try:
        parts = _pickled(figure, by_value=rung is Rung.MIRROR_BY_VALUE)
    except Exception as error:  # a reducer of anybody's class may raise anything
        raise FigureNotTransferable(f"{type(error).__name__}: {error}") from error
    width, height = (int(size) for size in figure.bbox.size)
    return Snapshot(rung, parts, width, height)


def _pickled(figure: Figure, *, by_value: bool) -> tuple[Any, ...]:
    file = io.BytesIO()
    buffers: list[bytes] = []

    def in_band(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < OUT_OF_BAND_BYTES:
            return True
        # A copy, since the person's code may write into the array before it is sent.
        buffers.append(bytes(raw))
        return False

    pickler = _pickler(by_value)(file, protocol=5, buffer_callback=in_band)
    inherited: Mapping[type, Any] = (
        pickler.dispatch_table if by_value else copyreg.dispatch_table
    )
    # A plain dict: it is asked once for every object of the figure.
    # Through the base class: cloudpickle has a class attribute of this name, and an
    # assignment to the instance would never reach the pickler in C.
    slot: Any = pickle.Pickler.dispatch_table
    slot.__set__(pickler, {**inherited, **REDUCERS, type(figure): _reduce_figure})
    modules = localmodules.by_value() if by_value else contextlib.nullcontext()
    with modules:
        pickler.dump({"figure": figure, "style": _style.pickled()})
    return (file.getbuffer(), *buffers)


def _pickler(by_value: bool) -> Callable[..., Any]:
    if not by_value:
        return pickle.Pickler
    import cloudpickle  # optional in a kernel; without it the next rung is a picture

    return cloudpickle.Pickler  # type: ignore[no-any-return]


def _reduce_figure(figure: Figure) -> tuple[Any, ...]:
    """Reduce as Matplotlib does, but keep the dpi and leave pyplot out of it.

    `Figure.__getstate__` drops what `set_dpi` set, and marks figures of pyplot so that
    loading them opens a window.
    """
    reduced = list(figure.__reduce_ex__(5))
    state = reduced[2]
    if isinstance(state, dict):
        state = {k: v for k, v in state.items() if k != "_restore_to_pylab"}
        state["_dpi"] = state["_original_dpi"] = figure.dpi
        reduced[2] = state
    return tuple(reduced)


class _Style:
    """What drawing depends on and no figure holds, pickled again when it changes.

    Settings change seldom, and pickling 300 of them for each frame would cost a tenth
    of a small snapshot.
    """

    def __init__(self) -> None:
        self._style: dict[str, Any] = {}
        self._pickled = b""

    def pickled(self) -> bytes:
        """Return the present settings; only one thread takes a snapshot at a time."""
        rc = {
            # Lists are copied: a program may change one in place.
            name: value.copy() if type(value) is list else value
            for name, value in dict.items(mpl.rcParams)
            # Which keys do what is told in the order of the input.
            if name not in _LOCAL_SETTINGS and not name.startswith("keymap.")
        }
        # `Axes.bar` sets this on the one rectangle that all of them share; without it
        # the bars of a polar Axes come out straight.
        shared: Any = Path.unit_rectangle()
        style = {"rc": rc, "unit_rectangle_steps": shared._interpolation_steps}
        if style != self._style:
            self._style, self._pickled = style, pickle.dumps(style, protocol=5)
        return self._pickled


_style = _Style()


def _frame(figure: Any) -> Snapshot:
    """Render with Agg; a canvas too large for the wire gets fewer dots per inch."""
    dpi = figure.dpi
    pixels = float(figure.bbox.width) * float(figure.bbox.height)
    try:
        if pixels > MAX_FRAME_PIXELS:
            figure._set_dpi(dpi * (MAX_FRAME_PIXELS / pixels) ** 0.5, forward=False)
        width, height = (max(1, int(size)) for size in figure.bbox.size)
        # A renderer of our own: the program's canvas stays where it is, and what the
        # program does at the end of each drawing is not for this thread.
        agg: Any = RendererAgg
        renderer = agg(width, height, figure.dpi)
        with figure._canvas_callbacks.blocked(signal="draw_event"):
            figure.draw(renderer)
        return Snapshot(Rung.FRAMES, (bytes(renderer.buffer_rgba()),), width, height)
    except Exception as error:
        raise FigureNotTransferable(f"{type(error).__name__}: {error}") from error
    finally:
        if figure.dpi != dpi:
            figure._set_dpi(dpi, forward=False)
