"""What a user finds on the desktop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"


def test_each_figure_gets_one_titled_mapped_window(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("plt.plot([1, 2, 3]); plt.figure(7); plt.plot([3, 2, 1])")

    eventually(lambda: len(screen.windows("Figure")) == 2)
    titles = sorted(w.title for w in screen.windows("Figure"))
    assert titles == ["Figure 1 — notebook", "Figure 7 — notebook"]
    eventually(lambda: all(w.mapped for w in screen.windows("Figure")))


def test_figsize_and_dpi_give_the_size_of_the_canvas(
    kernel: Kernel, lab: Lab, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(figsize=(4, 3), dpi=120)")
    model = eventually(lambda: lab.request("GET", ROUTE))[0]

    assert (model["width"], model["height"]) == (480, 360)

    kernel.run("fig.set_size_inches(6, 2)")
    eventually(
        lambda: (
            [(w["width"], w["height"]) for w in lab.request("GET", ROUTE)]
            == [(720, 240)]
        )
    )


def test_title_can_be_set_by_the_program(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure()")
    eventually(lambda: screen.window("Figure 1"))

    kernel.run("fig.canvas.manager.set_window_title('Loss\\n\\u202eevil')")

    eventually(lambda: screen.window("Loss"))
    assert screen.windows("Loss")[0].title == "Loss  evil — notebook"


def test_new_window_comes_on_top_but_takes_no_keyboard(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("plt.figure(1)")
    first = eventually(lambda: screen.window("Figure 1"))
    screen.xdotool("windowactivate", "--sync", first.id)
    eventually(lambda: screen.active().startswith("Figure 1"))

    kernel.run("plt.figure(2)")
    # The window manager may list it before it puts it there.
    eventually(lambda: screen.windows("Figure")[-1].title.startswith("Figure 2"))

    assert screen.active().startswith("Figure 1")


def test_updates_neither_raise_a_window_nor_take_the_keyboard(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig, ax = plt.subplots(); plt.figure(2)")
    eventually(lambda: len(screen.windows("Figure")) == 2)
    second = screen.windows("Figure 2")[0]
    screen.xdotool("windowactivate", "--sync", second.id)
    eventually(lambda: screen.active().startswith("Figure 2"))
    before = [w.id for w in screen.windows("Figure")]

    kernel.run("for i in range(10): ax.plot([i, 1]); time.sleep(0.06)")
    eventually(lambda: max(w["revision"] for w in lab.request("GET", ROUTE)) > 3)

    assert [w.id for w in screen.windows("Figure")] == before
    assert screen.active().startswith("Figure 2")


@pytest.mark.parametrize("how", ["api", "rest"])
def test_raise_brings_a_window_to_the_top_with_the_keyboard(
    how: str, kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(1); plt.figure(2)")
    eventually(lambda: len(screen.windows("Figure")) == 2)
    eventually(lambda: screen.windows("Figure")[-1].title.startswith("Figure 2"))

    if how == "api":
        kernel.run("qtw.raise_window(fig)")
    else:
        models = lab.request("GET", ROUTE)
        first = next(w["id"] for w in models if w["figure_num"] == 1)
        lab.request("POST", f"{ROUTE}/{first}/raise")

    eventually(lambda: screen.windows("Figure")[-1].title.startswith("Figure 1"))
    eventually(lambda: screen.active().startswith("Figure 1"))


def on_top(screen: Screen) -> str:
    """Return the title of the topmost of our windows."""
    return screen.windows("Figure")[-1].title


SHOW = ["plt.show()", "plt.show(block=False)", "fig.show()"]


@pytest.mark.parametrize("how", SHOW)
def test_show_raises_a_window_and_leaves_the_keyboard(
    how: str, kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(2)")
    eventually(lambda: screen.window("Figure 2"))
    kernel.run("plt.figure(1)")
    first = eventually(lambda: screen.window("Figure 1"))
    screen.xdotool("windowactivate", "--sync", first.id)
    eventually(lambda: on_top(screen).startswith("Figure 1"))

    kernel.run(f"plt.figure(2); {how}")  # `plt.show` has the current one on top

    eventually(lambda: on_top(screen).startswith("Figure 2"))
    assert screen.active_id() == first.id


@pytest.mark.parametrize("how", SHOW)
def test_show_brings_a_minimized_window_back(
    how: str, kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(1)")
    window = eventually(lambda: screen.window("Figure 1"))
    screen.xdotool("windowminimize", "--sync", window.id)
    eventually(lambda: [w for w in lab.request("GET", ROUTE) if w["minimized"]])

    kernel.run(how)

    eventually(lambda: screen.window("Figure 1").mapped)


@pytest.mark.parametrize(
    "how",
    [
        "ax.plot([3, 1]); ax.set_title('news')",
        "fig.canvas.draw()",
        "for _ in range(3): ax.plot([3, 1]); plt.pause(0.1)",
        "plt.figure(1); plt.plot([3, 1])",
        "plt.rcParams['figure.raise_window'] = False; fig.show()",
    ],
)
def test_drawing_raises_no_window(
    how: str, kernel: Kernel, screen: Screen, eventually: Wait, frames: Any
) -> None:
    kernel.run("fig, ax = plt.subplots(num=1); ax.plot([1, 2])")
    first = eventually(lambda: screen.window("Figure 1"))
    kernel.run("plt.figure(2)")
    eventually(lambda: screen.window("Figure 2"))
    eventually(lambda: on_top(screen).startswith("Figure 2"))
    screen.xdotool("windowminimize", "--sync", first.id)
    eventually(lambda: not screen.window("Figure 1").mapped)

    kernel.run(how)
    # What comes after it, and is seen, has been sent after it.
    kernel.run("fig.canvas.manager.set_window_title('Figure 1 later')")
    eventually(lambda: screen.window("Figure 1 later"))

    assert not screen.window("Figure 1 later").mapped
    assert on_top(screen).startswith("Figure 2")


def test_a_loop_that_shows_lets_the_user_put_another_window_on_top(
    kernel: Kernel, screen: Screen, loop: Callable[[str], None], eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(1); plt.figure(2)")
    first = eventually(lambda: screen.window("Figure 1"))
    second = eventually(lambda: screen.window("Figure 2"))
    screen.xdotool("windowactivate", "--sync", second.id)
    title = "fig.canvas.manager.set_window_title(f'Figure 1 at {turn}')"
    loop(f"fig.show(); {title}; plt.pause(0.01)")
    eventually(lambda: on_top(screen).startswith("Figure 1 at"))

    screen.xdotool("windowactivate", "--sync", second.id)
    turn = int(screen.window("Figure 1 at").title.split()[3])

    def is_later() -> bool:
        return int(screen.window("Figure 1 at").title.split()[3]) > turn + 10

    eventually(is_later)
    assert on_top(screen).startswith("Figure 2")
    assert first.id != second.id


@pytest.mark.parametrize("how", ["plt.close(fig)", "qtw.close(fig)", "rest", "user"])
def test_closing_removes_the_window_and_the_figure(
    how: str, kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure()")
    window = eventually(lambda: screen.window("Figure 1"))

    if how == "rest":
        (listed,) = eventually(lambda: lab.request("GET", ROUTE))
        lab.request("DELETE", f"{ROUTE}/{listed['id']}")
    elif how == "user":
        screen.close(window)
    else:
        kernel.run(how)

    eventually(lambda: not screen.windows("Figure"))
    eventually(lambda: not kernel.value("plt.fignum_exists(1)"))
    eventually(lambda: not lab.request("GET", ROUTE))


def test_a_figure_closed_by_the_user_can_be_opened_again(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure()")
    screen.close(eventually(lambda: screen.window("Figure 1")))
    eventually(lambda: not kernel.value("plt.fignum_exists(1)"))

    kernel.run("plt.figure(1); plt.plot([1, 2])")

    eventually(lambda: screen.window("Figure 1"))


def test_a_window_closed_while_its_figure_changes_stays_closed(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(1); other = plt.figure(2)")
    window = eventually(lambda: screen.window("Figure 1"))
    # Not set_title: its destructors of transforms lose an interrupt in fifty (measured
    # with the Agg backend too).
    request = kernel.start(
        "turn = 0\n"
        "while True:\n"
        "    turn += 1; fig.set_facecolor(str(turn % 9 / 9))\n"
        "    other.set_facecolor(str(turn % 9 / 9))"
    )
    eventually(lambda: all(w["revision"] > 2 for w in lab.request("GET", ROUTE)))

    screen.close(window)

    eventually(lambda: not screen.windows("Figure 1"))
    before = lab.request("GET", ROUTE)[0]["revision"]
    eventually(lambda: lab.request("GET", ROUTE)[0]["revision"] > before + 5)
    assert not screen.windows("Figure 1")
    lab.request("POST", f"api/kernels/{kernel.id}/interrupt")
    kernel.wait(request, check=False)
    eventually(lambda: not kernel.value("plt.fignum_exists(1)"))


def test_show_blocks_until_the_windows_are_closed_and_can_be_interrupted(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    request = kernel.start("plt.figure(); plt.show(block=True); print('after')")
    screen.close(eventually(lambda: screen.window("Figure 1")))
    assert kernel.wait(request).text == "after\n"

    request = kernel.start("plt.figure(); plt.show(block=True)")
    eventually(lambda: screen.window("Figure 1"))
    lab.request("POST", f"api/kernels/{kernel.id}/interrupt")
    result = kernel.wait(request, check=False)
    assert result.status == "error"
    assert "KeyboardInterrupt" in result.text


def test_windows_of_a_killed_kernel_stay_and_are_used_again(
    lab: Lab, screen: Screen, eventually: Wait
) -> None:
    with open_notebook(lab, "killed.ipynb") as kernel:
        kernel.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
        kernel.run("plt.plot([1, 2, 3])")
        window = eventually(lambda: screen.window("Figure 1"))
        kernel.client.execute("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
        eventually(
            lambda: [w["state"] for w in lab.request("GET", ROUTE)] == ["detached"]
        )
        assert screen.window("Figure 1")

        eventually(lambda: is_ready(kernel), 60)  # the server restarts it
        kernel.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
        kernel.run("plt.plot([3, 2, 1])")

        eventually(
            lambda: (
                [w["state"] for w in lab.request("GET", ROUTE)] in (["live"], ["idle"])
            )
        )
        assert eventually(lambda: screen.window("Figure 1")).id == window.id


def is_ready(kernel: Kernel) -> bool:
    try:
        kernel.client.wait_for_ready(timeout=20)
    except RuntimeError:  # dead, as far as the client can tell
        return False
    return True


def test_another_qt_binding_works_when_it_is_chosen(
    desktop: Desktop, tmp_path: Path, screen: Screen, eventually: Wait
) -> None:
    with (
        start_lab(tmp_path, desktop, QT_API="pyside6") as lab,
        open_notebook(lab, "six.ipynb") as kernel,
    ):
        kernel.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
        kernel.run("plt.plot([1, 2, 3])")
        window = eventually(lambda: screen.window("Figure 1"))

        assert window.title == "Figure 1 — six"
        # The server may hear of its window process later than the screen.
        told = eventually(
            lambda: lab.request("GET", "jlab-qtwindows/host")["binding"],
        )
        assert told.lower().startswith("pyside6")
        assert lab.request("GET", "jlab-qtwindows/host")["platform"] == "xcb"
        model = eventually(lambda: lab.request("GET", ROUTE))[0]
        png, _ = lab.fetch("GET", f"{ROUTE}/{model['id']}/thumbnail?width=64")
        assert png[:4] == b"\x89PNG"
        screen.close(window)
        eventually(lambda: not lab.request("GET", ROUTE))


def test_figures_of_two_notebooks_are_told_apart(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    with open_notebook(lab, "other.ipynb") as other:
        other.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
        other.run("plt.figure()")
        kernel.run("plt.figure()")

        eventually(lambda: len(screen.windows("Figure 1")) == 2)
        titles = sorted(w.title for w in screen.windows("Figure"))
        assert titles == ["Figure 1 — notebook", "Figure 1 — other"]
