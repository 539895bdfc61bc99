"""The names of colors that mean something else in this process are told."""

from __future__ import annotations

import locale
import pickle

import numpy as np
import pytest
from matplotlib.colors import get_named_colors_mapping

from jlab_qtwindows.kernel.snapshot.colornames import NamedColors
from jlab_qtwindows.kernel.snapshot.style import Style


@pytest.fixture(autouse=True)
def table():
    """Matplotlib's table, given back as it was."""
    found = get_named_colors_mapping()
    before = dict(found)
    yield found
    for name in set(found) - set(before):
        del found[name]
    for name, color in before.items():
        found[name] = color


def test_what_matplotlib_brings_along_is_not_told():
    assert NamedColors().present() == {}


def test_own_names_and_other_colors_are(table):
    names = NamedColors()
    names.present()
    table["brand"] = "#12ab34"
    table["grey"] = "#929591"

    assert names.present() == {"brand": "#12ab34", "grey": "#929591"}

    table["grey"] = "#808080"
    assert names.present() == {"brand": "#12ab34"}


def test_what_is_no_color_is_left_out_and_arrays_are_numbers(table):
    names = NamedColors()
    for _ in range(2):  # the second time arrays are compared
        table.update(brand=np.array([1, 0.5, 0]), odd=object(), none=None)

        assert names.present() == {"brand": (1, 0.5, 0, 1)}


def test_the_language_of_the_program_is_told():
    before = locale.setlocale(locale.LC_TIME)
    style = Style()
    style.pickled()
    try:
        locale.setlocale(locale.LC_TIME, "C.UTF-8")

        told = pickle.loads(style.pickled())["locales"]
    finally:
        locale.setlocale(locale.LC_TIME, before)

    assert told == ("C.UTF-8", locale.setlocale(locale.LC_NUMERIC))
