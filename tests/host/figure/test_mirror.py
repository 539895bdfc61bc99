"""A mirror shows exactly what the kernel would draw."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from gallery import FIGURES, agg_pixels, draw_mirror
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import TransformedPath
from peer import LIMIT

from jlab_qtwindows.host.figure.mirror import UnreadableFigure, load_frame, load_mirror
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable


@pytest.fixture(scope="module")
def other_process():
    """Return a fresh process, as the host is one, without the kernel's state."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def snapshot_of(figure):
    """Return the best snapshot that is no picture, as the ladder finds it."""
    try:
        return take_snapshot(figure, Rung.MIRROR)
    except FigureNotTransferable:
        return take_snapshot(figure, Rung.MIRROR_BY_VALUE)


@pytest.mark.parametrize("keeps", [None, object()], ids=["", "keeping things"])
@pytest.mark.parametrize("name", FIGURES)
def test_the_mirror_is_identical_to_the_last_pixel(other_process, name, keeps):
    figure = FIGURES[name]()
    if keeps is not None:
        figure.keeps = keeps  # then only what a drawing needs is sent
    parts = [bytes(part) for part in snapshot_of(figure).parts]

    expected = agg_pixels(figure)
    mirrored = other_process.submit(draw_mirror, parts).result(LIMIT)

    assert len(np.unique(expected)) > 5  # it is a picture of something
    np.testing.assert_array_equal(mirrored, expected)


def test_a_frame_shows_its_pixels(make_figure):
    snapshot = take_snapshot(make_figure(), Rung.FRAMES)

    mirror = load_frame(snapshot.parts, snapshot.width, snapshot.height)

    shown = agg_pixels(mirror.figure)
    assert shown.tobytes() == snapshot.parts[0]


def test_arrays_beside_the_pickle_can_be_written(make_figure):
    figure = make_figure(np.arange(50_000.0))
    parts = [memoryview(bytes(p)) for p in take_snapshot(figure, Rung.MIRROR).parts]
    assert len(parts) > 1

    mirror = load_mirror(parts)

    (line,) = mirror.figure.axes[0].lines
    assert line.get_ydata(orig=True).flags.writeable
    agg_pixels(mirror.figure)


def test_transforms_are_computed_anew(make_figure, mirror_of):
    figure = make_figure()
    figure.axes[0].set_aspect("equal")
    figure.canvas.draw()
    original = figure.axes[0].transData
    assert original._invalid != original._INVALID_FULL

    mirrored = mirror_of(figure).figure.axes[0].transData

    assert mirrored._invalid == mirrored._INVALID_FULL


def test_a_clip_path_follows_its_transform(make_figure, mirror_of):
    figure = make_figure()
    (line,) = figure.axes[0].lines
    line.set_clip_path(Path.unit_circle(), figure.axes[0].transData)

    clipped = mirror_of(figure).figure.axes[0].lines[0]

    clipped.get_clip_path().get_transformed_path_and_affine()
    assert type(clipped._clippath) is TransformedPath
    clipped.axes.transData._a.invalidate()
    assert clipped._clippath._invalid


def refuse():
    raise RuntimeError("refused")


class Refusing:
    def __reduce__(self):
        return refuse, ()


def pickled(content):
    return [pickle.dumps(content)]


STYLE = pickle.dumps({"rc": {}, "unit_rectangle_steps": 1})


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [b""],
        [b"garbage"],
        pickled(Refusing()),
        [b"cno_such_module\nthing\n."],
        pickled("text"),
        pickled({}),
        pickled({"figure": "text", "style": STYLE}),
        pickled({"figure": Figure()}),
        pickled({"figure": Figure(), "style": None}),
        pickled({"figure": Figure(), "style": pickle.dumps({"no_such_field": 1})}),
    ],
    ids=[
        "no parts",
        "empty",
        "garbage",
        "raising",
        "missing module",
        "text",
        "empty dict",
        "no figure",
        "no style",
        "style is None",
        "other style",
    ],
)
def test_what_makes_no_figure_is_refused_in_words(parts):
    with pytest.raises(UnreadableFigure):
        load_mirror(parts)


@pytest.mark.parametrize(
    ("parts", "width", "height"),
    [
        ([], 2, 2),
        ([b"x" * 15], 2, 2),
        ([b"x" * 16, b""], 2, 2),
        ([b""], 0, 5),
        ([b"x" * 16], -2, -2),
    ],
    ids=["no parts", "too short", "too many", "empty", "negative"],
)
def test_a_frame_of_another_size_is_refused(parts, width, height):
    with pytest.raises(UnreadableFigure, match=f"{width} x {height}"):
        load_frame(parts, width, height)
