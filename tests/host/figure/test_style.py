"""A window is drawn with the settings of its own kernel."""

from __future__ import annotations

import locale
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context

import matplotlib as mpl
import matplotlib.dates as mdates
import numpy as np
import pytest
from gallery import agg_pixels, draw_mirror, new_figure
from matplotlib.colors import get_named_colors_mapping
from matplotlib.path import Path
from peer import LIMIT
from user import move

from jlab_qtwindows.host.figure.style import Style
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot


@pytest.fixture(autouse=True)
def own_names(monkeypatch):
    """Give Matplotlib's colors and its dates back as they were."""
    table = get_named_colors_mapping()
    before = dict(table)
    monkeypatch.setattr(mdates, "_epoch", None)
    yield
    for name in set(table) - set(before):
        del table[name]
    for name, color in before.items():
        table[name] = color


@pytest.fixture(scope="module")
def host():
    """A fresh process, which draws one figure after the other."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def draw_after(library, parts):
    """Return the picture of a mirror after a library has been imported, in the host."""
    library()
    return draw_mirror(parts)


def with_other_grays():
    for name in ("gray", "grey"):
        get_named_colors_mapping()[name] = "#929591"


def band(color):
    figure = new_figure()
    figure.subplots().axhline(0.5, lw=50, color=color)  # a line keeps the name
    return figure


def band_of_own_color():
    # Not one by one, so that Matplotlib's memory of colors is not cleared.
    get_named_colors_mapping().update({"brand": "#12ab34"})
    return band("brand")


def band_of_another_gray():
    with_other_grays()
    return band("grey")


def dates():
    figure = new_figure()
    days = [datetime(2021, month, 3) for month in range(1, 12)]
    figure.subplots().plot(days, range(11), "o-")
    return figure


def dates_from_another_day():
    mdates.set_epoch("2020-01-01T00:00:00")
    return dates()


@pytest.mark.parametrize(
    "make", [band_of_own_color, band_of_another_gray, dates_from_another_day]
)
def test_what_matplotlib_keeps_for_a_process_is_that_of_the_program(host, make):
    """The judge is the program's own picture, by plain Agg."""
    usual = dates()  # what the host knew before, of another program
    parts = [bytes(part) for part in take_snapshot(usual, Rung.MIRROR).parts]
    before = host.submit(draw_mirror, parts).result(LIMIT)
    np.testing.assert_array_equal(before, agg_pixels(usual))
    mdates._epoch = None

    figure = make()
    parts = [bytes(part) for part in take_snapshot(figure, Rung.MIRROR).parts]
    mirrored = host.submit(draw_mirror, parts).result(LIMIT)

    np.testing.assert_array_equal(mirrored, agg_pixels(figure))


def test_a_color_that_a_library_gives_a_known_name_in_the_host_is_not_used(host):
    figure = band("grey")
    parts = [bytes(part) for part in take_snapshot(figure, Rung.MIRROR).parts]

    mirrored = host.submit(draw_after, with_other_grays, parts).result(LIMIT)

    np.testing.assert_array_equal(mirrored, agg_pixels(figure))


def test_a_color_that_a_library_sets_while_the_figure_is_drawn_is_noticed():
    style = Style()
    style.apply()
    assert style.is_in_force()

    with_other_grays()
    assert not style.is_in_force()

    style.apply()
    assert style.is_in_force()


def test_the_language_of_the_program_is_that_of_its_window(monkeypatch):
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C.UTF-8")
        program = Style(locales=("C", "C"))

        program.apply()
        assert locale.setlocale(locale.LC_TIME) == "C"

        Style(locales=("C.UTF-8", "C")).apply()
        assert locale.setlocale(locale.LC_TIME) == "C.UTF-8"

        Style(locales=("no_SUCH.place", "C")).apply()  # nothing is raised
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_the_last_one_applied_is_in_force():
    wide, narrow = Style({"hatch.linewidth": 5.0}), Style({"hatch.linewidth": 0.5})

    wide.apply()
    assert mpl.rcParams["hatch.linewidth"] == 5.0

    narrow.apply()
    assert mpl.rcParams["hatch.linewidth"] == 0.5

    wide.apply()
    assert mpl.rcParams["hatch.linewidth"] == 5.0


def test_the_shared_rectangle_follows():
    Style({}, unit_rectangle_steps=75).apply()
    assert Path.unit_rectangle()._interpolation_steps == 75

    Style({}).apply()
    assert Path.unit_rectangle()._interpolation_steps == 1


@pytest.mark.parametrize("name", ["hatch.linewidth", "image.cmap"])
def test_what_a_library_sets_when_it_is_imported_here_does_not_last(name):
    before = mpl.rcParams[name]
    style = Style({"hatch.linewidth": before} if name == "hatch.linewidth" else {})
    style.apply()
    dict.__setitem__(mpl.rcParams, name, None)

    style.apply()

    assert mpl.rcParams[name] == before


def test_coordinates_are_written_as_in_the_program_beside_other_windows(window, show):
    mdates.set_epoch("2020-01-01T00:00:00")
    show(dates())
    Style(epoch="1970-01-01T00:00:00").apply()  # as another kernel's window does

    move(window.canvas, 200, 150)

    assert "2021-" in window.status.coordinates


@pytest.mark.parametrize("setting", ["axes.prop_cycle", "a color's name"])
def test_colors_made_of_arrays_are_compared_with_care(setting, make_figure, mirror_of):
    """As a library sets them that comes with the figure of another window."""
    mirror = mirror_of(make_figure())
    mirror.style.apply()
    assert mirror.style.is_in_force()
    if setting == "axes.prop_cycle":
        length = len(mpl.rcParams[setting])
        mpl.rcParams[setting] = mpl.cycler(color=np.ones((length, 4)))
    else:
        get_named_colors_mapping()["grey"] = np.ones(3)

    assert not mirror.style.is_in_force()

    mirror.style.apply()
    assert mirror.style.is_in_force()
