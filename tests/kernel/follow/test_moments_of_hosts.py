"""Without the GIL: what a host gets that comes, or is not there."""

from __future__ import annotations

import pytest

from jlab_qtwindows.kernel.status import WITHOUT_GIL, Status
from jlab_qtwindows.protocol.errors import QtWindowsWarning
from jlab_qtwindows.protocol.messages import UpdateFigure

pytestmark = pytest.mark.usefixtures("forbidden")


def test_a_host_that_comes_during_the_next_cell_gets_what_the_last_has_left(
    takers, plt, host, shell, next_data
):
    plt.figure().add_subplot().plot([4, 5, 6])
    shell.events.trigger("post_execute")
    shell.events.trigger("pre_execute")

    host.welcome()  # while this thread lets nothing run

    assert next_data() == [4, 5, 6]


def test_a_new_host_counts_the_users_edits_anew(takers, plt, host, shell):
    followed = plt.figure().canvas.followed
    followed.edits.applied = 7
    shell.events.trigger("post_execute")

    host.welcome()

    assert host.receive(UpdateFigure)[0].edits == 0


def test_a_state_that_the_host_cannot_read_is_not_kept(
    takers, plt, host, shell, client, eventually
):
    plt.figure()
    shell.events.trigger("post_execute")

    host.welcome(numpy="1.0")
    eventually(lambda: client.welcome)
    shell.events.trigger("post_execute")

    assert host.receive(UpdateFigure)[0].kind == "frame"


def test_without_windows_nothing_is_taken(takers, plt, client, shell):
    with pytest.warns(QtWindowsWarning, match="no display"):
        client._finder.give_up("no display")
    plt.figure()

    shell.events.trigger("post_execute")

    assert takers == []


def test_the_status_says_when_windows_follow(client):
    status = Status.of(client)

    assert status.note == WITHOUT_GIL
    assert repr(status).splitlines()[0].endswith(WITHOUT_GIL)
    assert WITHOUT_GIL in status._repr_html_()
