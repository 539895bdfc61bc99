"""Names in titles are short, and tell files of one name apart."""

from __future__ import annotations

import pytest

from jlab_qtwindows.host.desktop.names import short_names


def named(*notebooks):
    names = short_names(notebooks)
    return [names[notebook] for notebook in notebooks]


def test_a_file_is_named_without_its_folder():
    assert named("/u/a/work.ipynb", "/u/b/train.py") == ["work", "train.py"]


def test_files_of_one_name_have_as_much_of_their_folders_as_tells_them_apart():
    assert named("/u/a/x.ipynb", "/u/b/x.ipynb", "/v/b/x.ipynb", "/u/y.ipynb") == [
        "a/x",
        "u/b/x",
        "v/b/x",
        "y",
    ]


def test_one_above_the_other_is_the_one_with_the_shorter_way():
    assert named("/u/x.ipynb", "/u/deep/x.ipynb") == ["u/x", "deep/x"]


@pytest.mark.parametrize("name", ["", "Console 1", "x.ipynb", "/x.ipynb"])
def test_what_has_no_folder_keeps_its_name(name):
    assert named(name, "/u/a/y.ipynb")[0] == name.strip("/").removesuffix(".ipynb")


def test_a_notebook_is_not_taken_for_a_script():
    assert named("/u/a/x.ipynb", "/u/b/x.py") == ["x", "x.py"]
