"""The dialog for a file begins with what the program has set, then with the user's."""

from __future__ import annotations

import os

import matplotlib as mpl
import pytest
from PyQt5 import QtWidgets

from jlab_qtwindows.host.tools.savefolders import SaveFolders


@pytest.fixture(autouse=True)
def folder_of_the_host(tmp_path):
    with mpl.rc_context({"savefig.directory": str(tmp_path / "host")}):
        yield tmp_path / "host"


@pytest.fixture
def put(window, update_of, make_figure):
    """Return a function that shows a state with these fields of its message."""

    def show(**fields):
        revision = window.content.revision + 1
        window.content.show(update_of(make_figure(), revision, **fields))

    return show


@pytest.fixture
def save(window, monkeypatch):
    """Return a function that saves in a folder, or not, and gives what was offered."""

    def act(folder=None):
        offered = []

        def dialog(parent, caption, start, filters, selected):
            offered.extend((*os.path.split(start), selected))
            return (str(folder / "saved.png"), "") if folder else ("", "")

        monkeypatch.setattr(QtWidgets.QFileDialog, "getSaveFileName", dialog)
        window.manager.toolbar.save_figure()
        return offered

    return act


def test_the_name_is_that_of_the_figure(put, save):
    put()

    assert save()[1] == "Figure_1.png"


def test_a_new_title_is_the_name_at_once(put, save, window):
    put()
    window.set_title("Spectrum")

    assert save()[1] == "Spectrum.png"


def test_the_programs_name_and_format_are_offered(put, save):
    put(save_as="result-7.pdf", save_format="pdf")

    _, name, selected = save()

    assert name == "result-7.pdf"
    assert "*.pdf" in selected


def test_the_format_is_part_of_the_name(put, save):
    put(save_format="svg")

    assert save()[1] == "Figure_1.svg"


def test_the_programs_folder_is_offered(put, save, tmp_path):
    put(save_in=str(tmp_path / "program"))

    assert save()[0] == str(tmp_path / "program")
    assert save()[0] == str(tmp_path / "program")  # nothing was saved


def test_without_one_it_is_where_the_user_has_saved_last(put, save, tmp_path):
    put()
    assert save()[0] == str(tmp_path / "host")

    save(tmp_path)

    assert save()[0] == str(tmp_path)


def test_the_users_folder_stays_until_the_program_sets_another(put, save, tmp_path):
    put(save_in=str(tmp_path / "program"))
    save(tmp_path)
    put(save_in=str(tmp_path / "program"))
    assert save()[0] == str(tmp_path)

    put(save_in=str(tmp_path / "another"))

    assert save()[0] == str(tmp_path / "another")


def test_the_folder_of_one_program_is_not_that_of_other_windows(
    put, save, tmp_path, folder_of_the_host
):
    put(save_in=str(tmp_path / "program"))
    save()

    assert mpl.rcParams["savefig.directory"] == str(folder_of_the_host)


@pytest.fixture
def notebook(window, tmp_path):
    """A notebook in a folder of its own, to which the window belongs."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    window.belong_to(str(folder / "work.ipynb"))
    return folder / "work.ipynb"


def test_at_first_it_is_the_folder_of_the_notebook(put, save, notebook):
    put()

    assert save()[0] == str(notebook.parent)


def test_then_it_is_where_the_user_has_saved_from_this_notebook(
    put, save, notebook, window, tmp_path
):
    put()
    save(tmp_path)
    assert save()[0] == str(tmp_path)

    window.belong_to(str(notebook.with_name("other.ipynb")))

    assert save()[0] == str(notebook.parent)


def test_all_windows_of_the_notebook_know_it(put, save, notebook, window, tmp_path):
    put()
    save(tmp_path)

    assert window.manager.toolbar.folders.find(str(notebook)) == str(tmp_path)


def test_the_programs_own_folder_comes_before(put, save, notebook, tmp_path):
    put(save_in=str(tmp_path / "program"))

    assert save()[0] == str(tmp_path / "program")


@pytest.mark.parametrize("notebook", ["", "work.ipynb", "/no/such/folder/x.ipynb"])
def test_without_a_folder_of_its_own_it_is_the_hosts(
    put, save, window, notebook, folder_of_the_host
):
    window.belong_to(notebook)
    put()

    assert save()[0] == str(folder_of_the_host)


def test_a_folder_that_cannot_be_written_to_is_not_offered(
    put, save, notebook, folder_of_the_host, monkeypatch
):
    # Root may write anywhere.
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    put()

    assert save()[0] == str(folder_of_the_host)


def test_a_chosen_folder_that_was_removed_since_is_not_offered(
    put, save, notebook, tmp_path
):
    put()
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    save(chosen)
    assert save()[0] == str(chosen)

    for file in chosen.iterdir():
        file.unlink()
    chosen.rmdir()

    assert save()[0] == str(notebook.parent)


def test_the_folders_are_bounded(monkeypatch):
    monkeypatch.setattr("jlab_qtwindows.host.tools.savefolders._MOST", 3)
    folders = SaveFolders()
    for number in range(10):
        folders.note(f"{number}.ipynb", "somewhere")

    assert list(folders._chosen) == ["7.ipynb", "8.ipynb", "9.ipynb"]
