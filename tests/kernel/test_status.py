"""The status is readable in a cell, whatever the titles are."""

from __future__ import annotations

import ast
import dataclasses

import pytest
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.process.identity import versions
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot
from jlab_qtwindows.kernel.status import Status
from jlab_qtwindows.kernel.windowinfo import WindowInfo, WindowList
from jlab_qtwindows.protocol.messages import Welcome, WindowDescribed, WindowPlaced
from jlab_qtwindows.protocol.windowing import MINIMIZED

HOSTILE = "<script>alert('1')</script> & \"x\""

INFO = WindowInfo(
    window_id="w1",
    num=3,
    title="loss",
    transfer="mirror-by-value",
    reason="a lambda",
    shown=12,
    fps=19.97,
    dropped=4,
    draw_seconds=0.0171,
    latency=0.0652,
    latency_p95=0.0811,
    live=True,
    overhead=0.0123,
)


def a_status(**changes):
    windows = WindowList([dataclasses.replace(INFO, **changes)])
    return Status(True, "PyQt5 on xcb", 0.0123, windows)


def test_the_text_is_a_table_under_a_headline():
    headline, columns, row = repr(a_status()).splitlines()

    assert headline == "connected to PyQt5 on xcb; share of the kernel's time: 1.2%"
    assert columns.split("  ")[0] == "figure"
    assert " ".join(row.split()) == "3 loss live 20.0 65 ms 1.2 % 12 4"


def test_the_columns_of_the_text_are_aligned():
    lines = repr(a_status(title="a much longer title than its column")).splitlines()

    assert lines[1].index("state") == lines[2].index("live")


def test_without_windows_there_is_the_headline_and_the_names_of_the_columns():
    status = Status(False, "nothing is plotted yet", 0.0, WindowList())

    assert "not connected: nothing is plotted yet" in repr(status)
    assert len(repr(status).splitlines()) == 2
    assert "<td>" not in status._repr_html_()


def test_a_program_gets_dictionaries_of_it():
    data = dataclasses.asdict(a_status())

    assert ast.literal_eval(repr(data)) == {
        "connected": True,
        "host": "PyQt5 on xcb",
        "overhead": 0.0123,
        "windows": [dataclasses.asdict(INFO)],
        "note": "",
    }
    assert data["windows"]._repr_html_() is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "live"),
        ({"live": False}, "up to date"),
        ({"shown": 0}, "opening"),
        ({"hidden": True}, "not visible · live"),
        ({"minimized": True}, "live · minimized"),
        ({"frozen": True}, "frozen"),
        (
            {"failed": True, "reason": "ValueError: no"},
            "cannot be drawn: ValueError: no",
        ),
    ],
    ids=str,
)
def test_the_state_is_said_in_words(changes, words):
    assert dataclasses.replace(INFO, **changes).state == words


def test_a_window_never_shown_has_no_latency():
    assert "ms" not in repr(a_status(latency=None)).splitlines()[2]


def test_a_minimized_window_is_called_so(manager, client, host, eventually):
    placed = WindowPlaced(
        *(manager.canvas.followed.window_id, 0, *[[0, 0, 9, 9]] * 4),
        state=MINIMIZED,
        flags=1,
        visible=True,
        active=False,
    )
    host.send(placed)

    eventually(lambda: "minimized" in Status.of(client).windows[0].state)


def test_a_frozen_window_is_called_so_until_there_is_another_host(
    manager, client, host, eventually
):
    window_id = manager.canvas.followed.window_id
    host.send(WindowDescribed(window_id, True, 3, "drawing takes 2.0 s"))
    words = "frozen, 3 updates wait · drawing takes 2.0 s"
    eventually(lambda: Status.of(client).windows[0].state == words)

    host.send(Welcome("host-2", 1, **versions(), binding="PyQt5 5", platform="xcb"))

    eventually(lambda: "frozen" not in Status.of(client).windows[0].state)


def test_a_window_that_nobody_can_see_is_called_so(manager, client, host, eventually):
    unseen = {"platform": "offscreen", "note": "no display", "hidden": True}
    host.send(Welcome("host-1", 1, **versions(), binding="PyQt5 5", **unseen))

    eventually(lambda: Status.of(client).windows[0].state.startswith("not visible · "))


def test_what_each_figure_has_cost_is_in_its_row(clock, follow, figure, taker):
    other = follow(Figure())
    followed = follow(figure)
    taker.take = lambda figure, rung: spend(clock, 0.1)
    taker.take_charged(followed)
    clock.now += 10.0

    assert followed.cost.share(clock.now) == pytest.approx(0.01, rel=0.1)
    assert other.cost.share(clock.now) == 0.0


def spend(clock, seconds):
    """Take a state that costs so many seconds of CPU time."""
    clock.cpu += seconds
    return Snapshot(Rung.MIRROR, (b"",), 1, 1)


def test_the_latency_is_that_of_the_usual_and_of_the_slow_frame(followed):
    assert WindowInfo.of(followed, Rung.MIRROR, "").latency is None

    followed.delivery.latencies.extend([0.5, *(i / 1000 for i in range(100))])

    info = WindowInfo.of(followed, Rung.MIRROR, "")
    assert info.latency == pytest.approx(0.050)
    assert info.latency_p95 == pytest.approx(0.095)


@pytest.mark.parametrize("field", ["title", "reason", "note"])
def test_hostile_texts_are_escaped_in_the_table(field):
    table = a_status(**{"transfer": "frames", field: HOSTILE})._repr_html_()

    assert "<script>" not in table
    assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;x" in table


def test_a_hostile_host_is_escaped_too():
    table = Status(False, HOSTILE, 0.0, WindowList())._repr_html_()

    assert "<script>" not in table


def test_the_worse_rung_and_its_reason_are_shown(followed):
    followed.ladder.rung = Rung.MIRROR

    info = WindowInfo.of(followed, Rung.FRAMES, "the host has Matplotlib 2")

    assert info.transfer == "frames"
    assert info.reason == "the host has Matplotlib 2"


def test_an_error_in_drawing_is_the_reason_shown_first(followed):
    followed.ladder.reason = "a lambda"
    followed.delivery.draw_error = "ValueError: no"

    info = WindowInfo.of(followed, Rung.MIRROR, "")

    assert info.reason == "ValueError: no"
    assert info.failed


def test_nothing_is_said_of_an_ordinary_python(client):
    assert Status.of(client).note == ""
    assert "GIL" not in repr(Status.of(client))
