"""What the host computes again stays here; nothing else does."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axis import XAxis
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from jlab_qtwindows.kernel import reducers
from jlab_qtwindows.kernel.reducers import REDUCERS
from jlab_qtwindows.kernel.snapshot import Rung, take_snapshot

POINTS = 50_000


@pytest.fixture
def axes(figure):
    return figure.axes[0]


def reduced_state(thing):
    """Return what the pickler is given of a thing."""
    _, (kind,), state = REDUCERS[type(thing)](thing)
    assert kind is type(thing)
    return state


def size(figure):
    return sum(len(bytes(part)) for part in take_snapshot(figure, Rung.MIRROR).parts)


def test_the_data_of_a_line_travel_once(figure, axes):
    before = size(figure)
    (line,) = axes.plot(np.arange(POINTS), np.arange(float(POINTS)))
    figure.canvas.draw()  # it has computed all it can

    assert size(figure) - before == pytest.approx(2 * 8 * POINTS, rel=0.1)

    copy = Line2D([], [])
    copy.__dict__.update(reduced_state(line))
    np.testing.assert_array_equal(copy.get_xydata(), line.get_xydata())


@pytest.mark.parametrize(
    "data",
    [
        np.array(["2025-01-01", "2025-01-02"], "datetime64[D]"),
        np.array(["one", "two"]),
        np.ma.masked_equal([1.0, 2.0], 2.0),
        [1.0, 2.0],
    ],
    ids=["dates", "categories", "masked", "list"],
)
def test_data_that_are_not_plain_numbers_travel_as_they_were_converted(axes, data):
    (line,) = axes.plot(data, [1, 2])
    line.set_xdata(data)
    line.recache()

    np.testing.assert_array_equal(reduced_state(line)["_x"], line._x)
    assert not reduced_state(line)["_invalidx"]


def test_the_results_of_transforms_stay_here(figure, axes):
    axes.bbox.get_points()
    assert axes.bbox._points is not None

    assert reduced_state(axes.bbox)["_points"] is None


def test_small_arrays_travel_as_numbers():
    state = reduced_state(Bbox([[0, 1], [2, 3]]))

    assert state["_points"] == [[0.0, 1.0], [2.0, 3.0]]


def test_the_original_keeps_everything(figure, axes):
    line, box = axes.lines[0], axes.bbox
    line.recache()
    box.get_points()

    take_snapshot(figure, Rung.MIRROR)

    assert line._xy is not None
    assert not line._invalidx
    assert box._points is not None
    assert isinstance(axes.viewLim._points, np.ndarray)


def test_minor_ticks_travel_only_where_there_are_any(axes):
    axes.xaxis.get_minor_ticks(1)
    assert axes.xaxis.minorTicks
    assert not reduced_state(axes.xaxis).get("minorTicks")

    axes.minorticks_on()

    assert reduced_state(axes.xaxis)["minorTicks"] == axes.xaxis.minorTicks


def test_older_versions_of_matplotlib_make_the_minor_tick_that_they_look_at(
    axes, monkeypatch
):
    monkeypatch.setattr(reducers, "_LOOKS_AT_MINOR_TICK", True)
    axes.xaxis.get_minor_ticks(1)

    assert "minorTicks" not in reduced_state(axes.xaxis)


def test_derived_classes_travel_as_matplotlib_has_it():
    class OwnLine(Line2D):
        pass

    class OwnAxis(XAxis):
        pass

    assert REDUCERS.keys() & {OwnLine, OwnAxis} == set()
