"""What pyplot programs do with figures and backends, beside plotting."""

from __future__ import annotations

import subprocess
import sys

import matplotlib as mpl
import pytest
from matplotlib.backend_tools import ToolBase
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.mpl.canvas import FigureCanvasQtWindows
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    OpenFigure,
    UpdateFigure,
    WindowClosed,
)


@pytest.fixture
def window(host, plt):
    """Return the id of the one window, after its first state."""
    plt.figure(1)
    host.welcome()
    update, _ = host.show()
    return update.window_id


def test_the_backend_can_be_switched_in_both_directions(host, plt, window):
    plt.close("all")
    plt.switch_backend("agg")
    assert not isinstance(plt.figure().canvas, FigureCanvasQtWindows)

    plt.switch_backend("qtwindows")
    plt.figure(2)

    assert host.receive(OpenFigure)[0].num == 2


def test_close_all_closes_every_window(host, plt, window):
    plt.figure(2)
    other, _ = host.receive(OpenFigure)

    plt.close("all")

    closed = {host.receive(CloseWindow)[0].window_id for _ in range(2)}
    assert closed == {window, other.window_id}


def test_a_figure_is_found_again_by_its_number_and_opens_no_second_window(
    host, plt, window
):
    figure = plt.figure(1)

    assert figure.canvas.followed.window_id == window
    assert plt.get_fignums() == [1]


def test_a_figure_closed_by_the_user_is_gone_and_its_number_is_free(
    host, client, plt, window
):
    closed = []
    plt.figure(1).canvas.mpl_connect("close_event", closed.append)
    host.send(WindowClosed(window))

    client.main_queue.run_until(lambda: closed, 5)

    assert not plt.fignum_exists(1)
    plt.figure(1)
    assert host.receive(OpenFigure)[0].window_id != window


def test_sub_figures_travel_with_their_figure(host, plt, window):
    figure = plt.figure(2)
    left, _ = figure.subfigures(1, 2)
    left.add_subplot().plot([1, 2])

    update, _ = host.show()

    assert update.transfer == "mirror"
    assert update.window_id == figure.canvas.followed.window_id


def test_a_change_in_a_sub_figure_is_shown(host, plt, window):
    left, _ = plt.figure(2).subfigures(1, 2)
    (line,) = left.add_subplot().plot([1, 2])
    first, _ = host.show()

    line.set_color("red")

    assert host.receive(UpdateFigure)[0].revision > first.revision


def test_a_figure_without_pyplot_is_plain_and_can_be_saved(plt, tmp_path):
    figure = Figure()
    figure.subplots().plot([1, 2])

    figure.savefig(tmp_path / "figure.png")

    assert (tmp_path / "figure.png").stat().st_size
    with pytest.raises(AttributeError, match="pyplot"):
        figure.show()


def test_figure_show_opens_a_window_while_interactive_mode_is_off(host, plt, window):
    plt.ioff()
    figure = plt.figure(2)

    figure.show()

    assert host.receive(OpenFigure)[0].num == 2
    mpl.interactive(True)


def test_show_shows_also_what_has_not_marked_its_figure_as_changed(host, plt, window):
    plt.figure(1)._suptitle = None  # no property of Matplotlib's: nothing is stale

    plt.show()

    assert host.receive(UpdateFigure)[0].window_id == window


CLOSED_ON_AGG = """
import matplotlib.pyplot as plt
plt.switch_backend("agg")
figure = plt.figure()
plt.close(figure)
print(type(figure.canvas).__name__)
"""


def test_a_closed_figure_has_the_canvas_that_matplotlib_gives_one(host, plt, window):
    """Of that very class: it is how programs, and Matplotlib's own tests, know it."""
    told = subprocess.run(
        [sys.executable, "-c", CLOSED_ON_AGG], check=True, capture_output=True
    )
    figure = plt.figure(1)

    plt.close(figure)

    assert type(figure.canvas).__name__ == told.stdout.decode().strip()


@pytest.mark.filterwarnings("ignore:Treat the new Tool classes:UserWarning")
def test_a_program_may_add_tools_of_its_own(host, plt, window):
    used = []

    class Tool(ToolBase):
        default_keymap = ("T",)

        def trigger(self, sender, event, data=None):
            used.append(event)

    with mpl.rc_context({"toolbar": "toolmanager"}):
        manager = plt.figure(2).canvas.manager
        manager.toolmanager.add_tool("mine", Tool)
        manager.toolbar.add_tool("mine", "group")

    manager.toolmanager.trigger_tool("mine")

    assert len(used) == 1
    assert host.receive(OpenFigure)[0].num == 2
