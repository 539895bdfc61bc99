"""What goes wrong around the windows, and what the user sees of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from panelpage import open_panel
from playwright.sync_api import Page, expect
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
HOST = "jlab-qtwindows/host"
LOAD = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt, jlab_qtwindows as qtw"
RED = (255, 0, 0)
LEFT_OVER = 5.0  # s after which no process may be left of a server


def shows_red(screen: Screen, title: str) -> bool:
    window = screen.window(title)
    return window is not None and bool(
        (screen.grab(window) == RED).all(axis=2).mean() > 0.5
    )


def said_of_no_windows(status: str) -> str:
    return status if "QT_API" in status else ""


def gone(processes: list[psutil.Process], limit: float) -> bool:
    return not psutil.wait_procs(processes, timeout=limit)[1]


def test_killed_host_comes_back_with_the_newest_content_of_all_windows(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("a = plt.figure(1); b = plt.figure(2, figsize=(4, 4))")
    eventually(lambda: len(screen.windows("Figure")) == 2)
    before = lab.request("GET", HOST)["pid"]
    ids = {w["id"] for w in lab.request("GET", ROUTE)}

    # Killed in the middle of updates, and the figure goes on changing.
    request = kernel.start(
        "for i in range(60):\n"
        "    a.set_facecolor(str(i / 60)); time.sleep(0.02)\n"
        f"    if i == 20: __import__('os').kill({before}, 9)\n"
        "a.set_facecolor((1, 0, 0)); b.set_facecolor((1, 0, 0))"
    )

    assert kernel.wait(request).status == "ok"
    eventually(lambda: lab.request("GET", HOST)["pid"] not in (before, None))
    eventually(lambda: shows_red(screen, "Figure 1") and shows_red(screen, "Figure 2"))
    eventually(lambda: {w["id"] for w in lab.request("GET", ROUTE)} == ids)
    assert kernel.run("print('no word of it')").text == "no word of it\n"


def test_figure_that_no_pickle_can_carry_is_shown_as_pictures_with_the_reason(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run(
        "fig = plt.figure(facecolor=(1, 0, 0)); fig.set_gid(threading.Lock())\n"
        "fig.set_facecolor((1, 0, 0))"
    )

    eventually(lambda: shows_red(screen, "Figure 1"))
    model = eventually(
        lambda: [w for w in lab.request("GET", ROUTE) if w["transfer"] == "frames"]
    )[0]
    assert "lock" in model["reason"]


def test_classes_and_functions_of_the_notebook_travel_by_value(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run(
        "from matplotlib.patches import Rectangle\n"
        "class Mine(Rectangle):\n"
        "    def draw(self, renderer):\n"
        "        self.set_facecolor((1, 0, 0)); super().draw(renderer)\n"
        "fig, ax = plt.subplots(); ax.set_position((0, 0, 1, 1))\n"
        "ax.add_patch(Mine((0, 0), 1, 1))\n"
        "ax.xaxis.set_major_formatter(lambda x, pos: f'{x:.1f} s')"
    )

    eventually(lambda: shows_red(screen, "Figure 1"))
    eventually(
        lambda: any(
            w["transfer"] == "mirror-by-value" for w in lab.request("GET", ROUTE)
        )
    )


def test_figure_whose_drawing_fails_keeps_its_last_good_picture(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(facecolor=(1, 0, 0))")
    eventually(lambda: shows_red(screen, "Figure 1"))

    kernel.run(
        "from matplotlib.patches import Rectangle\n"
        "class Broken(Rectangle):\n"
        "    def draw(self, renderer): raise ValueError('broken on purpose')\n"
        "fig.add_artist(Broken((0, 0), 1, 1)); fig.set_facecolor('b')"
    )

    eventually(lambda: any(w["state"] == "failed" for w in lab.request("GET", ROUTE)))
    assert "broken on purpose" in lab.request("GET", ROUTE)[0]["reason"]
    assert shows_red(screen, "Figure 1")
    kernel.run("fig.clear(); fig.set_facecolor('w')")
    eventually(lambda: any(w["state"] != "failed" for w in lab.request("GET", ROUTE)))
    eventually(lambda: not shows_red(screen, "Figure 1"))


def test_figure_of_300_inches_fits_the_screen_and_says_so(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(figsize=(300, 300), facecolor=(1, 0, 0))")

    eventually(lambda: shows_red(screen, "Figure 1"))
    model = eventually(lambda: lab.request("GET", ROUTE))[0]
    assert model["width"] <= 1600
    assert model["height"] <= 1000
    assert "30000 x 30000 px" in model["note"]


def test_without_a_display_windows_are_drawn_and_the_reason_is_said(
    desktop: Desktop, tmp_path: Path, eventually: Wait
) -> None:
    with (
        start_lab(tmp_path, desktop, DISPLAY="") as lab,
        open_notebook(lab, "a.ipynb") as kernel,
    ):
        kernel.run(LOAD)
        # Waits for nobody: the window could not be closed.
        text = kernel.run("fig = plt.figure(); plt.show(block=True)").text
        text += kernel.run("plt.show(block=True)").text

        assert text.count("DISPLAY is not set") == 1
        assert text.count("Warning") == 1
        window = eventually(lambda: lab.request("GET", ROUTE))[0]
        host = lab.request("GET", HOST)
        assert host["platform"] == "offscreen"
        assert "DISPLAY is not set" in host["note"]
        png, kind = lab.fetch("GET", f"{ROUTE}/{window['id']}/thumbnail?width=64")
        assert (png[:4], kind) == (b"\x89PNG", "image/png")


def test_without_qt_plotting_goes_on_and_one_warning_names_the_remedy(
    desktop: Desktop, tmp_path: Path, eventually: Wait
) -> None:
    hidden = tmp_path / "hidden"
    for name in ("PyQt5", "PyQt6", "PySide2", "PySide6"):
        (hidden / name).mkdir(parents=True)
        (hidden / name / "__init__.py").write_text(
            f'raise ImportError("No module named {name!r}", name={name!r})'
        )
    with (
        start_lab(tmp_path, desktop, PYTHONPATH=str(hidden)) as lab,
        open_notebook(lab, "a.ipynb") as kernel,
    ):
        text = kernel.run(LOAD).text
        kernel.run("fig, ax = plt.subplots(); ax.plot([1, 2]); fig.canvas.draw()")
        eventually(lambda: lab.request("GET", HOST)["state"] == "failed")

        remedy = "pip install --force-reinstall PyQt5"  # pip believes it to be there
        eventually(lambda: remedy in kernel.run("qtw.status()").text)
        text += kernel.run("plt.plot([3, 4]); fig.savefig('saved.png')").text
        assert "Error" not in text
        assert remedy in lab.request("GET", HOST)["reason"]
        assert (tmp_path / "notebooks" / "saved.png").exists()


@pytest.mark.browser
def test_a_binding_that_is_not_there_is_named_in_the_cell_and_the_panel(
    desktop: Desktop, tmp_path: Path, page: Page, eventually: Wait
) -> None:
    cause = "QT_API=pyqt6 asks for PyQt6, which is not installed"
    remedy = "unset QT_API to use PyQt5, and start Jupyter (or the script) again"
    with (
        start_lab(tmp_path, desktop, QT_API="pyqt6") as lab,
        open_notebook(lab, "a.ipynb") as kernel,
    ):
        kernel.run(LOAD + "\nfig = plt.figure()")

        text = eventually(lambda: said_of_no_windows(kernel.run("qtw.status()").text))
        assert cause in text
        assert remedy in text
        open_panel(page, lab)
        alert = page.locator(".jp-QtWindowsPanel [role=alert]")
        expect(alert).to_contain_text("Plot windows cannot be started")
        expect(alert).to_contain_text(cause)
        expect(alert).to_contain_text(remedy)


def test_a_user_without_toolbars_elsewhere_gets_windows(
    desktop: Desktop, tmp_path: Path, screen: Screen, eventually: Wait
) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("toolbar: None\ninteractive: True\n")
    with (
        start_lab(tmp_path, desktop, MATPLOTLIBRC=str(settings)) as lab,
        open_notebook(lab, "a.ipynb") as kernel,
    ):
        kernel.run(LOAD + "\nfig = plt.figure()")

        eventually(lambda: screen.window("Figure 1"))
        assert lab.request("GET", HOST)["restarts"] == 0


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("path.write_text('{}')", "is not a connection file"),
        ("path.write_text('nonsense')", "is not a connection file"),
        ("path.chmod(0o644)", "other users may read"),
        ("os.environ[name] = '/nowhere/connection.json'", "cannot be read"),
    ],
)
def test_bad_connection_file_is_named_and_an_own_host_takes_over(
    harm: str, says: str, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    with open_notebook(lab, "bad.ipynb") as kernel:
        kernel.run(
            "import os, pathlib, shutil, tempfile\n"
            "name = 'JLAB_QTWINDOWS_CONNECTION'\n"
            "path = pathlib.Path(shutil.copy(os.environ[name], tempfile.mkdtemp()))\n"
            f"os.environ[name] = str(path); path.chmod(0o600); {harm}"
        )
        kernel.run(LOAD)
        request = kernel.start(
            "import time; fig = plt.figure()\n"
            "while not qtw.status().connected: time.sleep(0.05)"
        )
        kernel.wait(request)
        eventually(lambda: screen.window("Figure 1"))
        assert not lab.request("GET", ROUTE)  # not the server's window


def test_wrong_token_is_refused_with_words(lab: Lab, eventually: Wait) -> None:
    with open_notebook(lab, "token.ipynb") as kernel:
        kernel.run(
            "import json, os, pathlib, tempfile\n"
            "name = 'JLAB_QTWINDOWS_CONNECTION'\n"
            "info = json.loads(pathlib.Path(os.environ[name]).read_text())\n"
            "path = pathlib.Path(tempfile.mkdtemp(), 'connection.json')\n"
            "path.touch(mode=0o600)\n"
            "path.write_text(json.dumps({**info, 'token': 'f' * 64}))\n"
        )
        # Somebody else has woken the host before: a wrong token rings no bell.
        with open_notebook(lab, "waker.ipynb") as waker:
            waker.run(LOAD)
            eventually(lambda: lab.request("GET", HOST)["state"] == "running")
        kernel.run("os.environ[name] = str(path)\n" + LOAD)
        kernel.run("fig = plt.figure()")

        eventually(lambda: "token is wrong" in kernel.run("qtw.status()").text)
        kernel.run("plt.plot([1, 2])")
        assert not lab.request("GET", ROUTE)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_server_that_ends_leaves_no_process_behind(
    how: signal.Signals, own_lab: Lab, screen: Screen, eventually: Wait
) -> None:
    with open_notebook(own_lab, "a.ipynb") as kernel:
        kernel.run(LOAD + "\nplt.figure(5)")
        eventually(lambda: screen.window("Figure 5"))
        everything = psutil.Process(own_lab.process.pid).children(recursive=True)
        host = own_lab.request("GET", HOST)["pid"]
        assert host in [p.pid for p in everything]

        os.kill(own_lab.process.pid, how)
        own_lab.process.wait(20)

    # A kernel watches its parent itself, once a second; the host sees the end at once.
    assert gone(everything, LEFT_OVER)
    eventually(lambda: not screen.windows("Figure 5"))


def test_two_servers_have_two_hosts_that_do_not_mix(
    lab: Lab, own_lab: Lab, screen: Screen, eventually: Wait
) -> None:
    with (
        open_notebook(lab, "one.ipynb") as one,
        open_notebook(own_lab, "two.ipynb") as two,
    ):
        one.run(LOAD + "\nplt.figure(1)")
        two.run(LOAD + "\nplt.figure(2)")

        eventually(lambda: len(screen.windows("Figure")) == 2)
        for server, number in ((lab, 1), (own_lab, 2)):
            eventually(lambda server=server: server.request("GET", ROUTE))
            windows = server.request("GET", ROUTE)
            assert [w["figure_num"] for w in windows] == [number]
        assert lab.request("GET", HOST)["pid"] != own_lab.request("GET", HOST)["pid"]


def test_cells_run_as_if_there_were_no_windows(
    kernel: Kernel, lab: Lab, eventually: Wait
) -> None:
    kernel.run("fig, ax = plt.subplots(); (line,) = ax.plot([1, 2, 3])")
    assert kernel.value("get_ipython().active_eventloop") is None

    burst = [kernel.start(f"x = {i}; ax.plot([x])") for i in range(16)]
    assert [kernel.wait(r, check=False).status for r in burst] == ["ok"] * 16

    cells = ("x = 1", "time.sleep(0.5); 1 / 0", "x = 3")  # the third waits by then
    failing = [kernel.start(cell) for cell in cells]
    statuses = [kernel.client.get_shell_msg(timeout=30) for _ in failing]
    by_id = {m["parent_header"]["msg_id"]: m["content"]["status"] for m in statuses}
    assert [by_id[r] for r in failing] == ["ok", "error", "aborted"]
    assert kernel.run("print(1)", check=False).status == "ok"

    before = eventually(lambda: lab.request("GET", ROUTE))[0]["revision"]
    # Not set_title: its destructors of transforms lose an interrupt in fifty (measured
    # with the Agg backend too).
    request = kernel.start("while True: line.set_ydata([1, time.monotonic() % 3, 2])")
    eventually(lambda: lab.request("GET", ROUTE)[0]["revision"] > before + 3)
    lab.request("POST", f"api/kernels/{kernel.id}/interrupt")
    result = kernel.wait(request, check=False)
    assert result.status == "error"
    assert "KeyboardInterrupt" in result.text
    assert kernel.run("print('goes on')").text == "goes on\n"
