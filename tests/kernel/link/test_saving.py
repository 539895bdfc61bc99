"""Windows are told where and as what the program saves its figures."""

from __future__ import annotations

from types import SimpleNamespace

import matplotlib as mpl
import pytest

from jlab_qtwindows.kernel.link.saving import save_defaults


@pytest.fixture
def defaults(figure):
    """Return a function that gives the fields of the next state."""
    followed = SimpleNamespace(canvas=figure.canvas)
    return lambda: save_defaults(followed)


def test_a_program_that_sets_nothing_leaves_it_to_the_window(defaults):
    assert defaults() == {"save_in": "", "save_as": "", "save_format": "png"}


def test_its_own_name_and_format_are_told(defaults, figure):
    mpl.rcParams["savefig.format"] = "pdf"
    figure.canvas.get_default_filename = lambda: "mine.svg"

    told = defaults()

    assert (told["save_as"], told["save_format"]) == ("mine.svg", "pdf")


def test_its_folder_is_told_in_full(defaults, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    found = []
    for setting in ("plots", "", "~/plots", str(tmp_path)):
        mpl.rcParams["savefig.directory"] = setting
        found.append(defaults()["save_in"])

    parts = ("plots", "", "home/plots", "")
    assert found == [str(tmp_path / part) for part in parts]


def test_a_function_that_fails_leaves_the_name_to_the_window(defaults, figure):
    figure.canvas.get_default_filename = lambda: {}["missing"]

    assert defaults()["save_as"] == ""


def test_each_state_tells_it(host, plt, tmp_path):
    mpl.rcParams["savefig.directory"] = str(tmp_path)
    plt.figure().canvas.get_default_filename = lambda: "mine.png"
    host.welcome()

    update, _ = host.show()

    assert (update.save_in, update.save_as) == (str(tmp_path), "mine.png")
