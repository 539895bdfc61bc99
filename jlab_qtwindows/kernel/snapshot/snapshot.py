"""Snapshots: a figure's state as bytes, by the best way that can carry it.

The ladder, best first: a pickle; a pickle by value (classes and functions of the
notebook); a picture. Called in the I/O thread or in the thread that draws, at a safe
point. Nothing here keeps a reference to the figure.
"""

from __future__ import annotations

import contextlib
import copyreg
import io
import math
import pickle
import weakref
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.process import localmodules
from jlab_qtwindows.protocol.errors import FigureNotTransferable, FigureTooLarge
from jlab_qtwindows.protocol.privatenames import reason_for_frames

from .needed import NeededOnly, OwnCode, has_extras
from .onefigure import reducers_of
from .ownnames import names_of
from .reducers import REDUCERS
from .style import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Rung", "Snapshot", "prepare", "take_snapshot"]

# Arrays below this size stay inside the pickle: a figure has hundreds of tiny ones, and
# a message part for each costs more than the pickle.
OUT_OF_BAND_BYTES = 64 * 1024

# A state larger than this is not sent: the host would hold it several times. Beyond the
# smaller size it is tried without what the program keeps on the figure for itself.
MOST_BYTES = 256 << 20
MUCH_BYTES = 32 << 20

# A picture larger than this is rendered with fewer dots per inch (16 Mpx = 64 MB).
MAX_FRAME_PIXELS = 16_000_000

# Figures of which only what a drawing needs is sent, and those that need all.
_needs_less: weakref.WeakKeyDictionary[Figure, bool] = weakref.WeakKeyDictionary()

_style = Style()


def prepare() -> None:
    """Look up once what every snapshot needs to know; takes some 20 ms."""
    for kind in (Figure, Axes):
        names_of(kind)
    _style.pickled()
    reason_for_frames()


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
    edits: int = 0  # the newest of the user's edits that this state has
    since: float = 0.0  # s, of its newest change

    @property
    def kind(self) -> str:
        return "frame" if self.rung is Rung.FRAMES else "mirror"


def take_snapshot(figure: Figure, rung: Rung) -> Snapshot:
    """Return the figure's present state.

    Raises
    ------
    FigureNotTransferable
        This rung cannot carry the figure; the text says why.
    FigureTooLarge
        No rung but a picture can carry it.
    """
    if rung is Rung.FRAMES:
        return _frame(figure)
    if reason := reason_for_frames():
        raise FigureNotTransferable(reason)
    try:
        parts = _pickled(figure, by_value=rung is Rung.MIRROR_BY_VALUE)
    except FigureTooLarge:
        raise
    except Exception as error:  # a reducer of anybody's class may raise anything
        raise FigureNotTransferable(f"{type(error).__name__}: {error}") from error
    width, height = (int(size) for size in figure.bbox.size)
    return Snapshot(rung, parts, width, height)


def _pickled(figure: Figure, *, by_value: bool) -> tuple[Any, ...]:
    """Pickle the figure; where that fails or takes much, without what no drawing needs.

    Of a figure with code of the program's own all is needed, as far as anybody knows.
    """
    needed_only = None if by_value else _needs_less.get(figure)
    if by_value or needed_only is False:
        return _dump(figure, by_value=by_value)
    if needed_only or has_extras(figure):
        try:
            return _dump(figure, needed_only=True)
        except OwnCode:
            _needs_less[figure] = False
            return _dump(figure)
    try:
        return _dump(figure, most=MUCH_BYTES)
    except Exception as error:
        try:
            parts = _dump(figure, needed_only=True)
        except OwnCode:
            _needs_less[figure] = False
            if not isinstance(error, FigureTooLarge):
                raise error from None
            return _dump(figure)
        _needs_less[figure] = True
        return parts


def _dump(
    figure: Figure,
    *,
    by_value: bool = False,
    needed_only: bool = False,
    most: int | None = None,
) -> tuple[Any, ...]:
    file = _Bounded(MOST_BYTES if most is None else most)
    buffers: list[bytes] = []

    def in_band(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < OUT_OF_BAND_BYTES:
            return True
        file.count(raw.nbytes)
        # A copy, since the user's code may write into the array before it is sent.
        buffers.append(bytes(raw))
        return False

    pickler = _pickler(by_value)(file, protocol=5, buffer_callback=in_band)
    inherited: Mapping[type, Any] = (
        pickler.dispatch_table if by_value else copyreg.dispatch_table
    )
    # A plain dict: it is asked once for every object of the figure.
    table: Any = {**inherited, **REDUCERS, **reducers_of(figure)}
    # Through the base class: cloudpickle has a class attribute of this name, and an
    # assignment to the instance would never reach the pickler in C.
    slot: Any = pickle.Pickler.dispatch_table
    slot.__set__(pickler, NeededOnly(table) if needed_only else table)
    modules = localmodules.by_value() if by_value else contextlib.nullcontext()
    with modules:
        pickler.dump({"figure": figure, "style": _style.pickled()})
    return (file.getbuffer(), *buffers)


class _Bounded(io.BytesIO):
    """A file that refuses to grow beyond a size: nothing so large is built first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._left = most

    def count(self, size: int) -> None:
        """Note bytes that travel, here or beside the pickle."""
        self._left -= size
        if self._left < 0:
            raise FigureTooLarge(f"its data are more than {self._most >> 20} MB")

    def write(self, data: Any) -> int:
        self.count(len(data))
        return super().write(data)


def _pickler(by_value: bool) -> Callable[..., Any]:
    if not by_value:
        return pickle.Pickler
    import cloudpickle  # optional in a kernel; without it the next rung is a picture

    return cloudpickle.Pickler  # type: ignore[no-any-return]


def _frame(figure: Any) -> Snapshot:
    """Render with Agg; a canvas too large for the wire gets fewer dots per inch."""
    dpi = figure.dpi
    pixels = float(figure.bbox.width) * float(figure.bbox.height)
    set_dpi = getattr(figure, "_set_dpi", None)  # which leaves the window as it is
    step = 1  # of pixels, every such one is sent
    try:
        if pixels > MAX_FRAME_PIXELS:
            if set_dpi is None:  # a private name
                step = math.ceil((pixels / MAX_FRAME_PIXELS) ** 0.5)
            else:
                set_dpi(dpi * (MAX_FRAME_PIXELS / pixels) ** 0.5, forward=False)
        width, height = (max(1, int(size)) for size in figure.bbox.size)
        # A renderer of our own: the program's canvas stays where it is, and what the
        # program does at the end of each drawing is not for this thread.
        agg: Any = RendererAgg
        renderer = agg(width, height, figure.dpi)
        with figure.canvas.callbacks.blocked(signal="draw_event"):
            figure.draw(renderer)
        rgba = np.asarray(renderer.buffer_rgba())[::step, ::step]
        height, width = rgba.shape[:2]
        return Snapshot(Rung.FRAMES, (rgba.tobytes(),), width, height)
    except Exception as error:
        raise FigureNotTransferable(f"{type(error).__name__}: {error}") from error
    finally:
        if set_dpi is not None and figure.dpi != dpi:
            set_dpi(dpi, forward=False)
