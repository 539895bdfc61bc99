"""A snapshot is the whole figure, and only the figure."""

from __future__ import annotations

import pickle
import sys
import threading

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.path import Path

from jlab_qtwindows.kernel.snapshot import snapshot as module
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable


def load(snapshot):
    """Return what a host finds in a mirror."""
    head, *buffers = snapshot.parts
    return pickle.loads(head, buffers=[bytearray(part) for part in buffers])


def loaded_style(figure):
    return pickle.loads(load(take_snapshot(figure, Rung.MIRROR))["style"])


def loaded_figure(figure, rung=Rung.MIRROR):
    return load(take_snapshot(figure, rung))["figure"]


class TestMirror:
    def test_a_plain_figure_is_one_small_pickle(self, figure):
        snapshot = take_snapshot(figure, Rung.MIRROR)

        assert snapshot.rung is Rung.MIRROR
        assert snapshot.kind == "mirror"
        assert snapshot.rung.transfer == "mirror"
        assert (snapshot.width, snapshot.height) == (640, 480)
        assert len(snapshot.parts) == 1

    def test_it_holds_the_artists(self, figure):
        copy = loaded_figure(figure)

        assert copy is not figure
        np.testing.assert_array_equal(copy.axes[0].lines[0].get_ydata(), [1, 2, 3])

    def test_loading_opens_no_window_of_pyplot(self):
        figure = plt.figure()
        try:
            snapshot = take_snapshot(figure, Rung.MIRROR)
        finally:
            plt.close("all")

        load(snapshot)

        assert plt.get_fignums() == []

    def test_the_dpi_that_was_set_travels(self, figure):
        figure.set_dpi(57)

        snapshot = take_snapshot(figure, Rung.MIRROR)

        assert load(snapshot)["figure"].dpi == 57
        assert (snapshot.width, snapshot.height) == (int(6.4 * 57), int(4.8 * 57))

    def test_a_figure_of_a_subclass_travels_the_same_way(self):
        figure = plt.figure(FigureClass=OwnFigure, dpi=50)
        try:
            figure.set_dpi(57)
            snapshot = take_snapshot(figure, Rung.MIRROR)
        finally:
            plt.close("all")

        copy = load(snapshot)["figure"]

        assert type(copy) is OwnFigure
        assert copy.dpi == 57
        assert plt.get_fignums() == []

    def test_settings_travel_without_those_of_this_process(self, figure):
        mpl.rcParams["hatch.linewidth"] = 3.25

        rc = loaded_style(figure)["rc"]

        assert rc["hatch.linewidth"] == 3.25
        assert (
            rc.keys() & {"backend", "backend_fallback", "interactive", "toolbar"}
            == set()
        )
        assert type(rc) is dict

    def test_a_setting_that_is_changed_in_place_travels(self, figure):
        before = loaded_style(figure)["rc"]["font.cursive"]
        mpl.rcParams["font.cursive"].insert(0, "No Such Font")

        after = loaded_style(figure)["rc"]["font.cursive"]

        assert after == ["No Such Font", *before]

    def test_the_shared_rectangles_steps_travel(self, figure):
        Path.unit_rectangle()._interpolation_steps = 1
        before = loaded_style(figure)
        figure.add_subplot(projection="polar").bar([0, 1], [1, 2])

        after = loaded_style(figure)

        assert before["unit_rectangle_steps"] == 1
        assert after["unit_rectangle_steps"] > 1

    def test_a_large_array_travels_beside_the_pickle(self, figure):
        figure.axes[0].plot(np.arange(50_000.0))

        _, *buffers = take_snapshot(figure, Rung.MIRROR).parts

        assert len(buffers) >= 1
        assert all(len(part) >= module.OUT_OF_BAND_BYTES for part in buffers)

    def test_writing_into_an_array_afterwards_does_not_alter_the_state(self, figure):
        (line,) = figure.axes[0].plot(np.ones(50_000))
        (small,) = figure.axes[0].plot(np.ones(50))
        snapshot = take_snapshot(figure, Rung.MIRROR)

        for each in (line, small):
            each.get_ydata(orig=True)[:] = 7
            each.get_ydata(orig=False)[:] = 7

        _, large_copy, small_copy = load(snapshot)["figure"].axes[0].lines
        assert np.all(large_copy.get_ydata() == 1)
        assert np.all(small_copy.get_ydata() == 1)

    def test_the_figure_keeps_canvas_dpi_and_staleness(self, figure):
        canvas = figure.canvas
        figure.set_dpi(57)
        figure.stale = False

        take_snapshot(figure, Rung.MIRROR)

        assert figure.canvas is canvas
        assert figure.dpi == 57
        assert not figure.stale

    def test_what_cannot_be_pickled_is_named(self, figure):
        figure.axes[0].xaxis.set_major_formatter(lambda x, pos: "label")

        with pytest.raises(FigureNotTransferable, match="lambda"):
            take_snapshot(figure, Rung.MIRROR)

    @pytest.mark.parametrize("error", [ValueError, RecursionError, AttributeError])
    def test_any_error_of_a_reducer_is_the_figures(self, figure, error):
        figure.axes[0].lines[0].set_gid(Unreducible(error))

        with pytest.raises(FigureNotTransferable, match=error.__name__):
            take_snapshot(figure, Rung.MIRROR)


class TestMirrorByValue:
    def test_a_lambda_travels_with_its_code(self, figure):
        unit = "km"
        figure.axes[0].xaxis.set_major_formatter(lambda x, pos: f"{x:g} {unit}")

        snapshot = take_snapshot(figure, Rung.MIRROR_BY_VALUE)

        formatter = load(snapshot)["figure"].axes[0].xaxis.get_major_formatter()
        assert formatter(3, 0) == "3 km"
        assert snapshot.kind == "mirror"
        assert snapshot.rung.transfer == "mirror-by-value"

    def test_the_figure_itself_is_reduced_as_on_the_first_rung(self):
        figure = plt.figure()
        try:
            figure.set_dpi(57)
            snapshot = take_snapshot(figure, Rung.MIRROR_BY_VALUE)
        finally:
            plt.close("all")

        assert load(snapshot)["figure"].dpi == 57
        assert plt.get_fignums() == []

    def test_what_has_no_value_to_send_is_named(self, figure):
        figure.set_gid(threading.Lock())

        with pytest.raises(FigureNotTransferable, match="lock"):
            take_snapshot(figure, Rung.MIRROR_BY_VALUE)

    def test_without_cloudpickle_the_rung_says_so(self, figure, monkeypatch):
        monkeypatch.setitem(sys.modules, "cloudpickle", None)

        with pytest.raises(FigureNotTransferable, match="cloudpickle"):
            take_snapshot(figure, Rung.MIRROR_BY_VALUE)


class TestFrames:
    def test_a_frame_is_what_agg_draws(self, figure):
        figure.set_gid(threading.Lock())
        figure.canvas.draw()
        expected = np.array(figure.canvas.buffer_rgba())

        snapshot = take_snapshot(figure, Rung.FRAMES)

        assert snapshot.kind == "frame"
        assert snapshot.rung.transfer == "frames"
        assert (snapshot.width, snapshot.height) == (640, 480)
        (pixels,) = snapshot.parts
        np.testing.assert_array_equal(
            np.frombuffer(pixels, np.uint8).reshape(480, 640, 4), expected
        )

    def test_a_huge_canvas_gets_fewer_dots(self, figure, monkeypatch):
        monkeypatch.setattr(module, "MAX_FRAME_PIXELS", 40_000)
        figure.set_size_inches(30, 10)

        snapshot = take_snapshot(figure, Rung.FRAMES)

        assert snapshot.width * snapshot.height <= 40_000 * 1.02
        assert snapshot.width / snapshot.height == pytest.approx(3, rel=0.02)
        assert len(snapshot.parts[0]) == snapshot.width * snapshot.height * 4
        assert figure.dpi == 100
        np.testing.assert_array_equal(figure.get_size_inches(), [30, 10])

    def test_without_the_private_name_for_that_some_of_its_pixels_are_sent(
        self, figure, monkeypatch
    ):
        figure.set_size_inches(30, 10)
        figure.canvas.draw()
        expected = np.array(figure.canvas.buffer_rgba())[::9, ::9]
        monkeypatch.setattr(module, "MAX_FRAME_PIXELS", 40_000)
        monkeypatch.delattr(Figure, "_set_dpi")

        snapshot = take_snapshot(figure, Rung.FRAMES)

        assert (snapshot.height, snapshot.width) == expected.shape[:2]
        assert snapshot.parts[0] == expected.tobytes()

    def test_the_limit_keeps_a_frame_below_64_megabytes(self):
        assert module.MAX_FRAME_PIXELS * 4 <= 64e6

    def test_the_figure_keeps_canvas_and_dpi_even_if_drawing_fails(
        self, figure, monkeypatch
    ):
        monkeypatch.setattr(module, "MAX_FRAME_PIXELS", 40_000)
        canvas = figure.canvas

        def broken(renderer):
            raise RuntimeError("no")

        figure.axes[0].lines[0].draw = broken

        with pytest.raises(FigureNotTransferable, match="RuntimeError: no"):
            take_snapshot(figure, Rung.FRAMES)

        assert figure.canvas is canvas
        assert figure.dpi == 100


def test_a_snapshot_keeps_no_reference_to_the_figure():
    import gc
    import weakref

    figure = Figure()
    FigureCanvasAgg(figure)
    figure.add_subplot().plot(np.arange(50_000.0))
    snapshot = take_snapshot(figure, Rung.MIRROR)
    alive = weakref.ref(figure)

    del figure
    gc.collect()

    assert alive() is None
    assert snapshot.parts


class OwnFigure(Figure):
    pass


class Unreducible:
    def __init__(self, error):
        self.error = error

    def __reduce__(self):
        raise self.error("no")
