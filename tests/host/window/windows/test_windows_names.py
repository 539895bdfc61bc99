"""Windows under the names of their notebooks."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    NameKernel,
)


class TestNames:
    def test_the_server_names_a_kernels_windows_and_those_to_come(
        self, open_window, server, models, windows
    ):
        open_window("w1")
        server.send(NameKernel("k1", "/home/u/work.ipynb"))
        assert models()["w1"]["notebook"] == "/home/u/work.ipynb"

        open_window("w2", num=2)

        assert models()["w2"]["notebook"] == "/home/u/work.ipynb"
        title = windows._windows["w1"].window.windowTitle()
        assert title.endswith(" — work")

    def test_where_the_user_has_saved_goes_along_with_a_rename(
        self, open_window, server, models, windows, tmp_path
    ):
        open_window()
        toolbar = windows._windows["w1"].manager.toolbar
        server.send(NameKernel("k1", "/no/such/folder/a.ipynb"))
        models()
        toolbar.folders.note(toolbar.notebook, str(tmp_path))

        server.send(NameKernel("k1", "/no/b.ipynb", "/no/such/folder/a.ipynb"))
        models()

        assert toolbar._folder() == str(tmp_path)

    def test_a_kernel_that_comes_back_keeps_the_name(
        self, join, open_window, server, models
    ):
        open_window()
        server.send(NameKernel("k1", "/home/u/work.ipynb"))
        models()

        join(notebook="/home/u/Untitled.ipynb")

        assert models()["w1"]["notebook"] == "/home/u/work.ipynb"

    def test_no_kernel_names_another(self, open_window, join, models):
        open_window()
        before = models()["w1"]["notebook"]

        join(kernel_id="k2").send(NameKernel("k1", "/home/u/other.ipynb"))

        assert models()["w1"]["notebook"] == before

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("/a/train.ipynb", "train"),
            ("/a/train.py", "train.py"),
            ("Console 1.5", "Console 1.5"),
            ("/a/x\n\u202e.ipynb", "x"),
        ],
    )
    def test_each_is_shown_by_its_own_name(
        self, open_window, server, models, windows, name, shown
    ):
        open_window(title="loss")

        server.send(NameKernel("k1", name))

        assert models()["w1"]["notebook"]
        title = windows._windows["w1"].window.windowTitle()
        assert title.startswith(f"loss — {shown}")
        assert title.isprintable()

    def test_files_of_one_name_are_told_apart_while_both_have_windows(
        self, kernel, open_window, join, server, windows, qtbot
    ):
        def titles():
            return {k: w.window.windowTitle() for k, w in windows._windows.items()}

        open_window("w1", title="A")
        other = join(kernel_id="k2", pid=2)
        open_window("w2", peer=other, title="A")
        server.send(NameKernel("k1", "/u/a/Plots.ipynb"))
        server.send(NameKernel("k2", "/u/b/Plots.ipynb"))
        apart = {"w1": "A — a/Plots", "w2": "A — b/Plots"}
        qtbot.waitUntil(lambda: titles() == apart)

        other.send(CloseWindow("w2"))

        qtbot.waitUntil(lambda: titles() == {"w1": "A — Plots"})

    def test_names_are_bounded(self, server, windows, models, monkeypatch):
        monkeypatch.setattr("jlab_qtwindows.host.window.notebooks._MOST_NAMES", 3)
        for number in range(10):
            server.send(NameKernel(f"k{number}", "a.ipynb"))
        models()

        assert list(windows._notebooks._names) == ["k7", "k8", "k9"]
