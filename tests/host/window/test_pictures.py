"""Thumbnails and exports of a window."""

from __future__ import annotations

import struct

import matplotlib as mpl
import numpy as np
import pytest
from gallery import agg_pixels
from matplotlib.lines import Line2D
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QApplication

from jlab_qtwindows.host.window.pictures import (
    IMAGE_TYPES,
    copy_to_clipboard,
    export,
    thumbnail,
)
from jlab_qtwindows.protocol.errors import ExportFailed


class Broken(Line2D):
    def draw(self, renderer):
        raise ValueError("my own\nmistake")


class Meddler(Line2D):
    """Changes settings while it is drawn, as a library that is imported meanwhile."""

    drawn = 0

    def draw(self, renderer):
        Meddler.drawn += 1
        if Meddler.drawn == 1:
            mpl.rcParams["hatch.linewidth"] = 7.0
        super().draw(renderer)


@pytest.fixture
def shown(canvas, mirror_of, make_figure):
    """Return the canvas with a figure in it."""
    canvas.show_state(mirror_of(make_figure([3, 1, 2])))
    canvas.draw()
    return canvas


def png_size(data):
    assert data.startswith(b"\x89PNG")
    return struct.unpack(">II", data[16:24])


class TestThumbnail:
    def test_it_is_a_small_picture_of_the_window(self, shown):
        data, width, height = thumbnail(shown, 200)

        assert (width, height) == png_size(data) == (200, 150)

    def test_it_is_never_larger_than_the_window(self, shown):
        data, width, height = thumbnail(shown, 10_000)

        assert (width, height) == png_size(data) == (400, 300)

    def test_in_full_size_it_has_the_windows_pixels(self, shown, make_figure):
        data, width, height = thumbnail(shown, 400)

        image = QImage.fromData(data).convertToFormat(QImage.Format.Format_RGBA8888)
        found = np.frombuffer(image.bits().asstring(width * height * 4), np.uint8)
        np.testing.assert_array_equal(
            found.reshape(height, width, 4), agg_pixels(make_figure([3, 1, 2]))
        )

    def test_a_state_that_nobody_saw_yet_is_drawn_for_it(
        self, canvas, mirror_of, make_figure
    ):
        canvas.hide()
        canvas.show_state(mirror_of(make_figure()))
        canvas.draw_when_visible()
        drawn = []
        canvas.keep_connected("draw_event", drawn.append)

        thumbnail(canvas, 100)
        thumbnail(canvas, 100)

        assert len(drawn) == 1

    @pytest.mark.parametrize("width", [0, -5])
    def test_of_a_width_that_makes_no_sense_it_is_a_pixel(self, shown, width):
        data, *size = thumbnail(shown, width)

        assert png_size(data) == tuple(size) == (1, 1)


class TestExport:
    @pytest.mark.parametrize(
        ("name", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")]
    )
    def test_each_format_is_what_it_says(self, shown, name, start):
        assert export(shown, name, None).startswith(start)
        assert name in IMAGE_TYPES

    def test_it_has_the_windows_present_size(self, shown, qtbot):
        shown.resize(320, 200)
        qtbot.waitUntil(lambda: tuple(shown.figure.bbox.size) == (320, 200))

        assert png_size(export(shown, "png", None)) == (320, 200)

    def test_the_resolution_can_be_chosen(self, shown):
        assert png_size(export(shown, "png", 200.0)) == (800, 600)

    @pytest.mark.parametrize("name", ["exe", "", "jpg", "../png", "x" * 1000])
    def test_any_other_format_is_refused(self, shown, name):
        with pytest.raises(ExportFailed, match="none of png, svg, pdf") as caught:
            export(shown, name, None)

        assert len(str(caught.value)) < 400

    def test_a_figure_that_cannot_be_drawn_says_why(
        self, canvas, mirror_of, make_figure
    ):
        figure = make_figure()
        figure.axes[0].add_artist(Broken([0, 1], [0, 1]))
        canvas.show_state(mirror_of(figure))

        with pytest.raises(ExportFailed, match="ValueError: my own mistake"):
            export(canvas, "png", None)

    @pytest.mark.parametrize("dpi", [-1.0, 1e9, float("nan")])
    def test_a_resolution_that_makes_no_sense_is_refused(self, shown, dpi):
        with pytest.raises(ExportFailed):
            export(shown, "png", dpi)

    def test_one_that_was_drawn_while_settings_changed_is_drawn_again(
        self, shown, monkeypatch
    ):
        shown.figure.axes[0].add_line(Meddler([0, 1], [0, 1]))
        monkeypatch.setattr(Meddler, "drawn", 0)

        assert export(shown, "png", None).count(b"IEND") == 1

        assert Meddler.drawn == 2
        assert shown.style_in_use.is_in_force()

    def test_the_window_is_as_before(self, shown, pixels):
        before = pixels(shown)

        export(shown, "pdf", 300.0)
        shown.draw()

        assert shown.figure.canvas is shown
        np.testing.assert_array_equal(pixels(shown), before)


class TestClipboard:
    @pytest.fixture(autouse=True)
    def empty(self, qapp):
        qapp.clipboard().clear()

    def pasted(self):
        image = QApplication.clipboard().image()
        image = image.convertToFormat(QImage.Format.Format_RGBA8888)
        width, height = image.width(), image.height()
        found = np.frombuffer(image.bits().asstring(width * height * 4), np.uint8)
        return found.reshape(height, width, 4)

    def test_it_gets_the_figure_as_it_is_drawn(self, shown, make_figure):
        assert copy_to_clipboard(shown) == (400, 300)

        np.testing.assert_array_equal(self.pasted(), agg_pixels(make_figure([3, 1, 2])))

    def test_the_rubber_band_is_not_copied(self, shown, make_figure):
        shown.drawRectangle([50, 50, 200, 100])
        shown.repaint()

        copy_to_clipboard(shown)

        np.testing.assert_array_equal(self.pasted(), agg_pixels(make_figure([3, 1, 2])))

    def test_it_has_the_pixels_of_the_screen(self, shown):
        shown.devicePixelRatioF = lambda: 2.0
        shown._update_pixel_ratio()

        assert copy_to_clipboard(shown) == (800, 600)
        assert self.pasted().shape == (600, 800, 4)

    def test_what_is_transparent_is_white_as_in_the_window(
        self, canvas, mirror_of, make_figure
    ):
        figure = make_figure()
        figure.set_facecolor("none")
        canvas.show_state(mirror_of(figure))

        copy_to_clipboard(canvas)

        assert tuple(self.pasted()[0, 0]) == (255, 255, 255, 255)

    def test_a_state_that_nobody_saw_yet_is_drawn_for_it(
        self, canvas, mirror_of, make_figure
    ):
        canvas.hide()
        canvas.show_state(mirror_of(make_figure([3, 1, 2])))
        canvas.draw_when_visible()

        copy_to_clipboard(canvas)

        np.testing.assert_array_equal(self.pasted(), agg_pixels(make_figure([3, 1, 2])))
