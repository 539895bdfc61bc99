"""What the host computes again stays here; nothing else does."""

from __future__ import annotations

import datetime
import io
import pickle

import numpy as np
import pytest
from matplotlib.axis import XAxis
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from jlab_qtwindows.kernel.snapshot import reducers
from jlab_qtwindows.kernel.snapshot.reducers import REDUCERS, reduce_solid_line
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot

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
        ["one", "two"],
        [datetime.date(2025, 1, 1), datetime.date(2025, 1, 2)],
    ],
    ids=["dates", "categories", "list of words", "list of dates"],
)
def test_data_that_are_not_plain_numbers_travel_as_they_were_converted(axes, data):
    (line,) = axes.plot(data, [1, 2])
    line.set_xdata(data)
    line.recache()

    np.testing.assert_array_equal(reduced_state(line)["_x"], line._x)
    assert not reduced_state(line)["_invalidx"]


@pytest.mark.parametrize(
    "data", [[1.0, 2.0], [1, 2], [True, False], list(np.array([1.0, 2.0]))]
)
def test_a_list_of_numbers_travels_as_an_array(axes, data):
    (line,) = axes.plot([0], [0])
    line.set_data(data, data)

    state = reduced_state(line)

    assert type(state["_xorig"]) is np.ndarray
    np.testing.assert_array_equal(state["_yorig"], data)
    assert type(line.get_xdata(orig=True)) is list


class Metres:
    """A number with a unit, which an array would lose."""

    def __init__(self, number):
        self.number = number

    def __float__(self):
        return float(self.number)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.number, dtype)


class Feet(float):
    """The same, as some libraries have it."""


def test_lists_of_numbers_in_3d_travel_as_arrays_too(figure):
    (line,) = figure.add_subplot(projection="3d").plot([0], [0], [0])
    line.set_data_3d([np.float64(1), np.float64(2)], [1, 2], [Feet(1), Feet(2)])

    state = reduce_solid_line(line)[2]

    assert [type(data) for data in state["_verts3d"]] == [np.ndarray, np.ndarray, list]
    line.set_data_3d([np.float64(1), np.float64(2)], [1, 2], [3, 4])
    head, *buffers = take_snapshot(figure, Rung.MIRROR).parts
    copy = pickle.loads(head, buffers=buffers)["figure"]
    np.testing.assert_array_equal(
        copy.axes[-1].lines[0].get_data_3d(), line.get_data_3d()
    )


@pytest.mark.parametrize(
    "data",
    [
        [[1, 2], [3]],
        [None, 1],
        [1 << 80, 1],
        [Metres(1), Metres(2)],
        [Feet(1), Feet(2)],
        [np.array(1.0), 2.0],
    ],
    ids=["nested", "none", "large", "metres", "feet", "arrays"],
)
def test_another_list_stays_as_it_is(axes, data):
    (line,) = axes.plot([1, 2], [1, 2])
    line._xorig = data

    assert reduced_state(line)["_xorig"] is data


def test_a_line_that_is_bent_where_it_is_drawn_stays_so(axes):
    """As one across polar Axes, which is an arc."""
    line = axes.axhline(0.5)
    line.set_data(np.array([0.0, 1.0]), np.array([0.5, 0.5]))

    copy = pickle.loads(pickle.dumps(reduced_state(line)["_path"]))

    assert copy._interpolation_steps == line.get_path()._interpolation_steps > 1


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


def arrived(thing):
    """Return what another process gets."""
    file, buffers = io.BytesIO(), []
    pickler = pickle.Pickler(file, 5, buffer_callback=buffers.append)
    pickler.dispatch_table = REDUCERS
    pickler.dump(thing)
    return pickle.loads(file.getvalue(), buffers=buffers)


def test_an_image_travels_once_and_without_a_mask_that_it_has_not(figure, axes):
    before = size(figure)
    data = np.random.default_rng(1).random((500, 500))
    axes.imshow(data)

    assert size(figure) - before == pytest.approx(data.nbytes, rel=0.05)


def test_large_masked_data_travel_beside_the_pickle(figure, axes):
    axes.imshow(np.ma.masked_greater(np.arange(250_000.0).reshape(500, 500), 9))

    head, *buffers = take_snapshot(figure, Rung.MIRROR).parts

    assert sorted(map(len, buffers)) == [250_000, 2_000_000]
    assert len(bytes(head)) < 250_000


@pytest.mark.parametrize(
    "array",
    [
        np.ma.array([1.0, 2.0, 3.0]),
        np.ma.array([1.0, 2.0, 3.0], mask=[0, 1, 0]),
        np.ma.array([1, 2, 3], mask=[0, 1, 0], fill_value=7),
        np.ma.array([[1, 2], [3, 4]], mask=True),
        np.ma.array(np.arange(40_000.0)[::2], mask=False),
        np.ma.array(["a", "b"], mask=[0, 1]),
        np.ma.array([1, None], dtype=object, mask=[0, 1]),
        np.ma.array([(1, 2.0)], dtype=[("a", int), ("b", float)], mask=[(0, 1)]),
        np.ma.array(5.0, mask=True),
    ],
    ids=[
        "no mask",
        "mask",
        "fill value",
        "all masked",
        "scattered",
        "text",
        "objects",
        "fields",
        "scalar",
    ],
)
def test_masked_arrays_are_the_same_when_they_arrive(array):
    copy = arrived(array)

    assert type(copy) is np.ma.MaskedArray
    assert copy.dtype == array.dtype
    assert copy.shape == array.shape
    np.testing.assert_array_equal(np.ma.getmaskarray(copy), np.ma.getmaskarray(array))
    assert copy.tolist() == array.tolist()
    assert copy.fill_value == array.fill_value
