"""Pictures are kept where nobody watches, and no window is opened there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from keptnotebook import fill

from jlab_qtwindows.kernel import keptpictures
from jlab_qtwindows.kernel.link import ownhost
from jlab_qtwindows.kernel.process import unattended, words
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    KEEP_PICTURES_VARIABLE,
)


@pytest.mark.parametrize("content", [{"allow_stdin": True}, {}, None])
def test_a_cell_that_somebody_watches_gives_none(plt, notebook, content):
    notebook.content = content

    assert notebook.run(lambda: fill(plt.figure())) == []


@pytest.mark.parametrize("attended", [True, False])
def test_a_call_switches_it_on_and_off(plt, notebook, attended):
    notebook.content = {"allow_stdin": attended}

    notebook.run(lambda: keptpictures.keep_pictures())
    assert len(notebook.run(lambda: fill(plt.figure()))) == 1
    notebook.run(lambda: keptpictures.keep_pictures(False))
    assert notebook.run(lambda: fill(plt.figure())) == []


@pytest.mark.parametrize(
    ("value", "attended", "count"), [("1", True, 1), ("0", False, 0), ("", False, 1)]
)
def test_the_environment_decides(
    notebook, monkeypatch, request, value, attended, count
):
    monkeypatch.setenv(KEEP_PICTURES_VARIABLE, value)
    notebook.content = {"allow_stdin": attended}
    plt = request.getfixturevalue("plt")
    request.getfixturevalue("client")._finder.do_without("a test")

    assert len(notebook.run(lambda: fill(plt.figure()))) == count


def test_the_backend_listens_to_the_cells_of_a_kernel_once(plt, notebook):
    keptpictures.keep_pictures()
    keptpictures.keep_pictures_by_default()

    callbacks = notebook.shell.events.callbacks
    assert len(callbacks["pre_run_cell"]) == len(callbacks["post_run_cell"]) == 1


@pytest.mark.parametrize("shell", [None, SimpleNamespace()], ids=["script", "terminal"])
def test_where_there_is_no_notebook_it_says_so(monkeypatch, shell):
    monkeypatch.setattr(keptpictures, "ipython", lambda: shell)
    monkeypatch.setattr(words, "_said", set())

    with pytest.warns(UserWarning, match="this is no Jupyter kernel"):
        keptpictures.keep_pictures()
    keptpictures.keep_pictures(False)


def test_a_kernel_of_another_make_is_watched(notebook):
    notebook.shell.kernel = SimpleNamespace()

    assert not unattended.is_unattended()


# -- instead of windows ----------------------------------------------------------------


@pytest.fixture
def started(monkeypatch):
    """Return the list of the hosts that have been started."""
    hosts = []

    class Host(ownhost.OwnHost):
        def ensure_running(self):
            hosts.append(self)
            raise OSError("not in a test")

    monkeypatch.setattr("jlab_qtwindows.kernel.link.finder.OwnHost", Host)
    return hosts


@pytest.mark.parametrize(
    ("attended", "setting", "windows"),
    [(True, "", True), (True, "1", True), (False, "", False), (False, "0", True)],
)
def test_no_windows_are_opened_where_nobody_watches(
    notebook,
    started,
    request,
    eventually,
    recwarn,
    monkeypatch,
    attended,
    setting,
    windows,
):
    notebook.content = {"allow_stdin": attended}
    monkeypatch.setenv(KEEP_PICTURES_VARIABLE, setting)
    client = request.getfixturevalue("client")
    plt = request.getfixturevalue("plt")

    notebook.run(lambda: fill(plt.figure()))

    eventually(lambda: client.unavailable)
    client.stop()
    assert len(started) == windows
    assert len(recwarn) == windows


@pytest.mark.parametrize(
    ("variables", "without"),
    [
        ([], True),
        ([CONNECTION_VARIABLE], True),  # a terminal of the server
        (["JPY_SESSION_NAME"], True),
        ([CONNECTION_VARIABLE, "JPY_SESSION_NAME"], False),  # its notebook
    ],
)
def test_but_a_servers_notebook_has_its_windows(
    notebook, monkeypatch, variables, without
):
    for variable in variables:
        monkeypatch.setenv(variable, "x")

    assert unattended.shows_no_windows() == without


def test_the_servers_host_is_left_alone(notebook, host, client, plt):
    notebook.run(lambda: fill(plt.figure()))

    assert host.is_silent()
    assert not host.doorbell.poll(0)
