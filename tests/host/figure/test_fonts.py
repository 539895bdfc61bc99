"""Text is written in the fonts that the kernel's program has added."""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import matplotlib as mpl
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from gallery import agg_pixels, draw_mirror, new_figure
from matplotlib import font_manager
from peer import LIMIT

from jlab_qtwindows.host.figure.fonts import add_fonts
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot

NAME = "Added Roman"


@pytest.fixture(autouse=True)
def own_list():
    """Give the list of fonts back as it was."""
    manager = font_manager.fontManager
    before = list(manager.ttflist)
    yield
    manager.ttflist[:] = before
    manager._findfont_cached.cache_clear()


@pytest.fixture
def font_file(tmp_path):
    """Return the file of a font that no process knows, unlike the default one."""
    path = tmp_path / "added.ttf"
    font = TTFont(f"{mpl.get_data_path()}/fonts/ttf/cmr10.ttf")
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = NAME
    font.save(path)
    return path


@pytest.fixture
def other_process():
    """Return a fresh process, which has the list of fonts that all have."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def written(x=0.1, **options):
    figure = new_figure()
    figure.text(x, 0.5, "Quartz 123", size=30, **options)
    return figure


def add(path):
    font_manager.fontManager.addfont(path)


def put_first(path):
    """Add it under a name of the program's own, as many recipes do."""
    entry = font_manager.FontEntry(fname=str(path), name=NAME)
    font_manager.fontManager.ttflist.insert(0, entry)


@pytest.mark.parametrize("make_known", [add, put_first])
@pytest.mark.parametrize("by_setting", [True, False], ids=["by setting", "by name"])
def test_an_added_font_is_used_in_the_window(
    other_process, font_file, make_known, by_setting
):
    default = agg_pixels(written())
    make_known(font_file)
    if by_setting:
        mpl.rcParams["font.family"] = [NAME, "sans-serif"]
    figure = written(**({} if by_setting else {"family": NAME}))
    parts = [bytes(part) for part in take_snapshot(figure, Rung.MIRROR).parts]

    expected = agg_pixels(figure)
    mirrored = other_process.submit(draw_mirror, parts).result(LIMIT)

    assert not np.array_equal(expected, default)
    np.testing.assert_array_equal(mirrored, expected)


def test_a_font_that_replaces_one_of_the_list_does_so_in_the_window(
    other_process, font_file
):
    entry = font_manager.FontEntry(fname=str(font_file), name="DejaVu Sans")
    font_manager.fontManager.ttflist.insert(0, entry)
    figure = written(family="DejaVu Sans")
    parts = [bytes(part) for part in take_snapshot(figure, Rung.MIRROR).parts]

    mirrored = other_process.submit(draw_mirror, parts).result(LIMIT)

    np.testing.assert_array_equal(mirrored, agg_pixels(figure))


def test_the_same_font_is_added_once(font_file, mirror_of):
    add(font_file)
    entries = [dict(vars(font_manager.fontManager.ttflist[-1]))]
    count = len(font_manager.fontManager.ttflist)

    assert add_fonts((), entries) == ""

    assert len(font_manager.fontManager.ttflist) == count


@pytest.fixture
def gone(font_file):
    """Return a font in Matplotlib's list whose file can be removed."""
    copy = font_file.with_name("gone.ttf")
    shutil.copy(font_file, copy)
    add(copy)
    return copy


def test_a_font_whose_file_cannot_be_read_here_is_named(
    window, show, gone, make_figure
):
    take_snapshot(make_figure(), Rung.MIRROR)  # when it could be read
    gone.unlink()

    show(make_figure())
    window._report()

    assert NAME in window.model()["note"]
    assert NAME in window.status.state


def test_a_font_that_the_program_cannot_read_either_is_not(
    window, show, gone, make_figure
):
    gone.unlink()

    show(make_figure())
    window._report()

    assert window.model()["note"] == ""


def test_a_figure_without_added_fonts_says_nothing_of_them(window, show, make_figure):
    show(make_figure())
    window._report()

    assert window.model()["note"] == ""


def test_texts_are_as_wide_as_the_fonts_of_the_newest_state_are(window, show, pixels):
    """The judge is a twin that plain Agg draws for the first time."""
    text = {"family": "sans-serif", "x": 0.5, "ha": "center"}
    show(written(**text))
    before = pixels(window.canvas)

    mpl.rcParams["font.sans-serif"] = ["DejaVu Sans Mono"]
    show(written(**text))

    after = pixels(window.canvas)
    assert not np.array_equal(after, before)
    np.testing.assert_array_equal(after, agg_pixels(written(**text)))
