"""The file in which windows' places are kept: small, bounded, and never in the way."""

from __future__ import annotations

import stat

import pytest
from PyQt5.QtCore import QSettings

from jlab_qtwindows.host.desktop import geometryfile as module
from jlab_qtwindows.host.desktop.geometryfile import Geometry, GeometryFile, figure_key

SOME = Geometry("HDMI-1", (10, -20), (600, 400), (400, 300))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "geometry.ini"


@pytest.fixture
def file(path):
    return GeometryFile(path)


def entries(path):
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    return {key: settings.value(key) for key in settings.allKeys()}


class TestKey:
    def test_a_label_is_the_figures_own(self):
        first = figure_key("a/b.ipynb", 1, "loss")

        assert first == figure_key("a/b.ipynb", 7, "loss")
        assert first != figure_key("a/b.ipynb", 1, "Figure 1")

    def test_figures_without_a_label_are_told_apart_by_number(self):
        keys = {figure_key("a/b.ipynb", n, f"Figure {n}") for n in (1, 2)}

        assert len(keys) == 2

    def test_notebooks_are_told_apart(self):
        keys = {figure_key(name, 1, "Figure 1") for name in ("a.ipynb", "b.ipynb")}

        assert len(keys) == 2

    @pytest.mark.parametrize("tricky", ['a", "b', "a/b", "a\\b", "Ä", "\udc80"])
    def test_no_label_is_taken_for_another_figure(self, tricky):
        titles = (tricky, "a", "1", "Figure 1")
        keys = {figure_key("a.ipynb", 1, title) for title in titles}

        assert len(keys) == 4

    @pytest.mark.parametrize("path", ["", "train.py", "/x/run.pyw", "x/console-1-ab"])
    def test_what_is_no_notebook_has_none(self, path):
        assert figure_key(path, 1, "Figure 1") == ""

    @pytest.mark.parametrize("path", ["a.ipynb", "/x/notes.md"])
    def test_every_kind_of_notebook_has_one(self, path):
        assert figure_key(path, 1, "Figure 1") != ""

    def test_a_figure_that_pyplot_does_not_know_has_none(self):
        assert figure_key("a.ipynb", None, "x") == ""


class TestFile:
    def test_what_was_kept_is_found_by_the_next_run(self, file, path):
        file.keep("k", SOME)
        del file

        assert GeometryFile(path).find("k") == SOME

    def test_nothing_is_known_of_others(self, file):
        file.keep("k", SOME)

        assert file.find("l") == Geometry()

    def test_two_hosts_share_it(self, file, path):
        other = GeometryFile(path)
        file.keep("one", SOME)
        file._settings.sync()
        other.keep("two", Geometry(size=(1, 2)))
        other._settings.sync()
        file._settings.sync()

        assert file.find("two").size == (1, 2)
        assert GeometryFile(path).find("one") == SOME

    def test_the_oldest_is_forgotten_beyond_the_limit(self, file, monkeypatch, path):
        times = iter(range(10**6))
        monkeypatch.setattr(module.time, "time", lambda: float(next(times)))
        for number in range(201):
            file.keep(str(number), SOME)
        file.keep("1", SOME)  # used again
        file.keep("more", SOME)
        file._settings.sync()

        assert len(entries(path)) == 200
        assert file.find("0") == file.find("2") == Geometry()
        assert file.find("1") == file.find("3") == SOME

    @pytest.mark.parametrize(
        "damage",
        [
            "",
            "null",
            "[1]",
            "{",
            '{"position": "here", "size": [1], "asked": [0, 5]}',
            '{"position": [1e999, 0], "size": [-1, 5], "asked": [9999999, 1]}',
            '{"position": [null, 0], "size": {"0": 1}}',
            "[" * 100_000,
        ],
    )
    def test_a_damaged_entry_counts_as_none(self, file, damage):
        file._settings.setValue(module._name("k"), damage)

        assert file.find("k") == Geometry()
        file.keep("k", SOME)
        assert file.find("k") == SOME

    def test_a_damaged_file_counts_as_empty(self, path):
        path.parent.mkdir()
        path.write_bytes(b"\0\xff[[[=\n" * 100)

        assert GeometryFile(path).find("k") == Geometry()

    def test_a_folder_that_cannot_be_written_breaks_nothing(self, tmp_path):
        (tmp_path / "file").write_text("")
        file = GeometryFile(tmp_path / "file" / "geometry.ini")

        file.keep("k", SOME)
        file._settings.sync()

        assert file._settings.status() == QSettings.Status.AccessError
        assert file.find("k") == SOME  # as long as this process lasts
        assert (tmp_path / "file").read_text() == ""


class TestChoice:
    def test_the_environment_names_another_file(self, path):
        file = GeometryFile.of({"JLAB_QTWINDOWS_GEOMETRY": str(path)})
        file.keep("k", SOME)
        file._settings.sync()

        assert len(entries(path)) == 1

    def test_set_to_nothing_it_means_that_nothing_is_remembered(self):
        assert GeometryFile.of({"JLAB_QTWINDOWS_GEOMETRY": ""}) is None

    def test_without_it_the_file_is_among_the_users_settings(self, tmp_path):
        formats = QSettings.Format.IniFormat
        QSettings.setPath(formats, QSettings.Scope.UserScope, str(tmp_path))

        file = GeometryFile.of({})
        file.keep("k", SOME)
        file._settings.sync()

        (written,) = tmp_path.rglob("*.ini")
        assert written.relative_to(tmp_path).parts == ("jlab-qtwindows", "windows.ini")
        assert not stat.S_IMODE(written.stat().st_mode) & stat.S_IWOTH


class TestRename:
    def test_all_figures_of_the_notebook_go_along_and_no_others(self, file, path):
        keys = [figure_key("a.ipynb", n, f"Figure {n}") for n in (1, 2)]
        other = figure_key("b.ipynb", 1, "Figure 1")
        for key in (*keys, other):
            file.keep(key, SOME)

        file.rename("a.ipynb", "deep/c.ipynb")

        moved = [figure_key("deep/c.ipynb", n, f"Figure {n}") for n in (1, 2)]
        assert [file.find(key) for key in moved] == [SOME, SOME]
        assert [file.find(key) for key in keys] == [Geometry(), Geometry()]
        assert file.find(other) == SOME
        assert len(entries(path)) == 3

    def test_damaged_entries_stay_where_they_are(self, file):
        key = figure_key("a.ipynb", 1, "loss")
        file.keep(key, SOME)
        for number, value in enumerate(["{", "[]", '{"of": 3}', '{"of": "[1]"}']):
            file._settings.setValue(f"windows/{number:032d}", value)

        file.rename("a.ipynb", "b.ipynb")

        assert file.find(figure_key("b.ipynb", 1, "loss")) == SOME
