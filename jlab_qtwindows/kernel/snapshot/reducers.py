"""What of a figure need not travel: whatever the host computes again when it draws.

A figure has hundreds of transforms, and each remembers its last result in small arrays
that cost more to pickle than anything else; a line keeps its data five times. Without
them a snapshot takes two thirds of the time. Called by the pickler, in the thread that
takes the snapshot.

Keyed by exact type: a class derived from one of these travels as Matplotlib has it.
"""

from __future__ import annotations

import copyreg
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.transforms as mtransforms
import numpy as np
from matplotlib.axis import XAxis, YAxis
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from .tickcopies import without_copies

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["REDUCERS", "reduce_solid_line"]

# Whether drawing reads the first minor tick, which there always is, locator or not.
_LOOKS_AT_MINOR_TICK = mpl.__version_info__ < (3, 11)

# Known to every unpickler.
_new: Any = copyreg.__newobj__  # type: ignore[attr-defined]
_new_with_options: Any = copyreg.__newobj_ex__  # type: ignore[attr-defined]

# The host takes every transform as not yet computed (`host/figure/mirror.py`), so that
# these attributes are filled before they are read.
_RESULTS: dict[type, tuple[str, ...]] = {
    mtransforms.Affine2D: ("_inverted",),
    mtransforms.BboxTransformFrom: ("_mtx", "_inverted"),
    mtransforms.BboxTransformTo: ("_mtx", "_inverted"),
    mtransforms.BlendedAffine2D: ("_mtx", "_inverted"),
    mtransforms.BlendedGenericTransform: ("_affine",),
    mtransforms.CompositeAffine2D: ("_mtx", "_inverted"),
    mtransforms.CompositeGenericTransform: (),
    mtransforms.IdentityTransform: ("_inverted",),
    mtransforms.ScaledTranslation: ("_mtx", "_inverted"),
    mtransforms.TransformedBbox: ("_points",),
    mtransforms.TransformedPath: ("_transformed_path", "_transformed_points"),
}

# Arrays of a few numbers, which are cheaper as lists; the host makes arrays of them.
_NUMBERS: dict[type, tuple[str, ...]] = {
    mtransforms.Affine2D: ("_mtx",),
    mtransforms.Bbox: ("_points", "_points_orig", "_minpos"),
}

_ARRAYS = (np.ndarray, np.ma.MaskedArray)
_LARGE = 64 * 1024  # bytes
# Whose value is all there is to them; by the characters of NumPy's real numbers.
_NUMPYS = {np.dtype(character).type for character in "?bhilqBHILQefdg"}
_PLAIN_NUMBERS = frozenset({bool, int, float, *_NUMPYS})

_LINE_MARKS = {"_invalidx", "_invalidy"}  # by which it computes the results again
_LINE_RESULTS = ("_x", "_y", "_xy", "_x_filled", "_path", "_transformed_path")


def _transform_reducer(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    results, numbers = _RESULTS.get(kind, ()), _NUMBERS.get(kind, ())

    def reduce(transform: Any) -> tuple[Any, ...]:
        state = transform.__dict__.copy()
        # As `TransformNode.__getstate__` does, since the links are weak references; but
        # without the drawn paths of lines, which hold the data once more.
        state["_parents"] = {
            key: node
            for key, link in state["_parents"].items()
            if (node := link()) is not None
            and type(node) is not mtransforms.TransformedPath
        }
        for name in results:
            if name in state:
                state[name] = None
        for name in numbers:
            if name in state:
                state[name] = state[name].tolist()
        return _new, (kind,), state

    return reduce


def _reduce_line(line: Line2D) -> tuple[Any, ...]:
    state: Any = line.__getstate__()
    for name in ("_xorig", "_yorig"):
        if name in state:
            state[name] = _as_array(state[name])
    # Plain numbers only: what needs a converter of units is converted in this process.
    # Not a line that is to be bent, as by `axhline`, which its path alone remembers.
    path = state.get("_path", line)  # no path where there is none of this name
    straight = path is None or getattr(path, "_interpolation_steps", 0) == 1
    if (
        straight
        and state.keys() >= _LINE_MARKS
        and _is_numeric(state.get("_xorig"))
        and _is_numeric(state.get("_yorig"))
    ):
        state.update((name, None) for name in _LINE_RESULTS if name in state)
        state["_invalidx"] = state["_invalidy"] = True
    return _new, (Line2D,), state


def _reduce_axis(axis: XAxis | YAxis) -> tuple[Any, ...]:
    state: Any = axis.__getstate__()
    for name in ("majorTicks", "minorTicks"):
        if name in state:
            state[name] = without_copies(state[name])
    if type(axis.minor.locator) is NullLocator:
        # A tick that waits for a locator; made when it comes.
        state.pop("minorTicks", None)
        if not _LOOKS_AT_MINOR_TICK:
            state["minorTicks"] = []  # nor is one made to find out that there is none
    return _new, (type(axis),), state


def _reduce_masked(array: np.ma.MaskedArray[Any, Any]) -> tuple[Any, ...]:
    """Reduce to plain arrays, which travel beside the pickle, and no empty mask.

    NumPy's own writes a mask where there is none, and both as bytes.
    """
    data, mask, fill = array.data, array.mask, array.__dict__.get("_fill_value")
    if type(data) is not np.ndarray or data.dtype.hasobject or data.dtype.names:
        return array.__reduce__()  # type: ignore[return-value]
    if data.nbytes >= _LARGE and not data.flags.forc:
        data = np.ascontiguousarray(data)  # of what is scattered nothing goes beside
    options: dict[str, Any] = {"mask": mask} if np.any(mask) else {}
    if fill is not None:
        options["fill_value"] = fill
    if options:
        return _new_with_options, (np.ma.MaskedArray, (data,), options)
    return _new, (np.ma.MaskedArray, data)


def reduce_solid_line(line: Any) -> tuple[Any, ...]:
    """Reduce a `Line3D`, which is given its data as lists, too."""
    state = line.__getstate__()
    if "_verts3d" in state:
        state["_verts3d"] = tuple(map(_as_array, state["_verts3d"]))
    return _new, (type(line),), state


def _as_array(data: Any) -> Any:
    """Return a list of numbers as an array, which is written at once.

    Each of NumPy's own numbers, as `append` of a result gives them, takes 2 us. Not of
    other numbers: they may have units, which an array would lose.
    """
    if type(data) is not list or not _PLAIN_NUMBERS.issuperset(map(type, data)):
        return data
    found = np.asarray(data)
    return found if _is_numeric(found) else data  # not where an integer is too large


def _is_numeric(data: Any) -> bool:
    return type(data) in _ARRAYS and data.dtype.kind in "bfiu"


REDUCERS: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    Line2D: _reduce_line,
    XAxis: _reduce_axis,
    YAxis: _reduce_axis,
    np.ma.MaskedArray: _reduce_masked,
}
# Not where links are held otherwise, and all is left to Matplotlib's own way.
if "_parents" in vars(mtransforms.IdentityTransform()):
    REDUCERS.update(
        (kind, _transform_reducer(kind)) for kind in {**_RESULTS, **_NUMBERS}
    )
