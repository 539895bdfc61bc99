"""Windows bear the name that their notebook or console has now.

The judges are the server's session list, the contents on the disk, and the X server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from screen import Screen

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

Wait = Callable[..., Any]
BACKEND = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt"
ROUTE = "jlab-qtwindows/windows"


@pytest.fixture
def notebook(own_lab: Lab) -> Iterator[Kernel]:
    """A new notebook with the name that JupyterLab gives it."""
    own_lab.request("PUT", "api/contents/Untitled.ipynb", empty_notebook())
    with open_notebook(own_lab, "Untitled.ipynb") as kernel:
        yield kernel


def empty_notebook() -> dict[str, Any]:
    content = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return {"type": "notebook", "content": content}


def rename(lab: Lab, kernel: Kernel, before: str, after: str) -> None:
    """Do what JupyterLab does: the file, then the session."""
    lab.request("PATCH", f"api/contents/{before}", {"path": after})
    body = {"path": after, "name": after.rpartition("/")[2], "type": "notebook"}
    lab.request("PATCH", f"api/sessions/{kernel.session_id}", body)


def titles(screen: Screen) -> list[str]:
    return sorted(window.title for window in screen.windows("Figure"))


def notebooks(lab: Lab) -> set[str]:
    return {window["notebook"] for window in lab.request("GET", ROUTE)}


def test_a_renamed_notebook_renames_its_windows(
    own_lab: Lab, notebook: Kernel, screen: Screen, eventually: Wait, tmp_path: Path
) -> None:
    notebook.run(BACKEND)
    notebook.run("plt.figure(1); plt.figure(2)")
    eventually(lambda: titles(screen) == ["Figure 1 — Untitled", "Figure 2 — Untitled"])

    rename(own_lab, notebook, "Untitled.ipynb", "work.ipynb")

    eventually(lambda: titles(screen) == ["Figure 1 — work", "Figure 2 — work"])
    (session,) = own_lab.request("GET", "api/sessions")
    assert session["path"] == "work.ipynb"
    file = tmp_path / "notebooks" / "work.ipynb"
    assert file.is_file()
    eventually(lambda: notebooks(own_lab) == {str(file)})

    notebook.run("plt.figure(3)")
    eventually(lambda: titles(screen)[-1] == "Figure 3 — work")


def test_a_notebook_renamed_before_it_plots_has_windows_of_that_name(
    own_lab: Lab, notebook: Kernel, screen: Screen, eventually: Wait
) -> None:
    rename(own_lab, notebook, "Untitled.ipynb", "work.ipynb")
    notebook.run(BACKEND)

    notebook.run("plt.figure(1)")

    eventually(lambda: titles(screen) == ["Figure 1 — work"])


def test_a_notebook_that_is_moved_is_known_by_its_new_folder(
    own_lab: Lab, notebook: Kernel, eventually: Wait
) -> None:
    notebook.run(BACKEND)
    notebook.run("plt.figure(1)")
    own_lab.request("PUT", "api/contents/deep", {"type": "directory"})

    rename(own_lab, notebook, "Untitled.ipynb", "deep/Untitled.ipynb")

    def is_known() -> bool:
        return [Path(n).parent.name for n in notebooks(own_lab)] == ["deep"]

    eventually(is_known)


def test_after_a_restart_the_name_is_still_the_new_one(
    own_lab: Lab, notebook: Kernel, screen: Screen, eventually: Wait
) -> None:
    notebook.run(BACKEND)
    notebook.run("plt.figure(1)")
    rename(own_lab, notebook, "Untitled.ipynb", "work.ipynb")
    eventually(lambda: titles(screen) == ["Figure 1 — work"])

    own_lab.request("POST", f"api/kernels/{notebook.id}/restart")
    notebook.run(BACKEND)
    notebook.run("plt.figure(1); plt.figure(2)")

    eventually(lambda: titles(screen) == ["Figure 1 — work", "Figure 2 — work"])


def test_a_console_is_shown_by_its_own_name(
    own_lab: Lab, notebook: Kernel, screen: Screen, eventually: Wait
) -> None:
    body = {"type": "console", "name": "Console 1", "path": "console-1-a0b1"}
    own_lab.request("PATCH", f"api/sessions/{notebook.session_id}", body)
    notebook.run(BACKEND)

    notebook.run("plt.figure(1)")

    eventually(lambda: titles(screen) == ["Figure 1 — Console 1"])


def test_a_new_host_is_told_the_names_again(
    own_lab: Lab, notebook: Kernel, screen: Screen, eventually: Wait
) -> None:
    rename(own_lab, notebook, "Untitled.ipynb", "work.ipynb")
    notebook.run(BACKEND)
    notebook.run("plt.figure(1)")
    eventually(lambda: titles(screen) == ["Figure 1 — work"])
    before = own_lab.request("GET", "jlab-qtwindows/host")["pid"]

    own_lab.request("POST", "jlab-qtwindows/host", {"action": "restart"})

    eventually(lambda: own_lab.request("GET", "jlab-qtwindows/host")["pid"] != before)
    eventually(lambda: titles(screen) == ["Figure 1 — work"])


def test_the_place_of_a_window_is_remembered_under_the_new_name(
    tmp_path: Path, desktop: Desktop, screen: Screen, eventually: Wait
) -> None:
    file = tmp_path / "geometry.ini"
    with start_lab(tmp_path, desktop, JLAB_QTWINDOWS_GEOMETRY=str(file)) as lab:
        lab.request("PUT", "api/contents/Untitled.ipynb", empty_notebook())
        with open_notebook(lab, "Untitled.ipynb") as kernel:
            kernel.run(BACKEND)
            kernel.run("plt.figure(1).gca(); plt.figure(2).gca()")
            window = eventually(lambda: screen.window("Figure 1"))
            places = iter(range(200, 10_000))

            def moved() -> bool:
                # Again and again: a move right after the opening is not the user's.
                screen.xdotool("windowmove", window.id, next(places) % 600, 150)
                return file.exists() and "position" in file.read_text()

            eventually(moved)
            kernel.run("plt.close(2)")  # closed ones are remembered, too
            before = screen.window("Figure 1")

            rename(lab, kernel, "Untitled.ipynb", "work.ipynb")
            eventually(lambda: titles(screen) == ["Figure 1 — work"])
            kernel.run("plt.close(1)")
            eventually(lambda: not titles(screen))
            kernel.run("plt.figure(1).gca()")

            eventually(lambda: titles(screen) == ["Figure 1 — work"])
            after = screen.window("Figure 1")
    assert before is not None
    assert after is not None
    assert (after.left, after.top) == (before.left, before.top)
    assert "Untitled.ipynb" not in file.read_text()
