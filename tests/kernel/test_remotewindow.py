"""What programs call of `manager.window` reaches the native window."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.messages import ControlWindow, SetTitle


@pytest.fixture
def manager(host, client, pyplot):
    pyplot.ion()
    manager = pyplot.figure().canvas.manager
    host.welcome()
    host.show()
    return manager


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("raise_", ()), ("showMaximized", ()), ("move", (10, -20)), ("resize", (5, 6))],
)
def test_a_call_is_sent(host, manager, method, arguments):
    getattr(manager.window, method)(*arguments)

    sent, _ = host.receive(ControlWindow)
    assert (sent.window_id, sent.method, sent.arguments) == (
        manager.followed.window_id,
        method,
        list(arguments),
    )


def test_different_calls_do_not_replace_each_other(manager):
    followed = manager.followed
    followed.opened = False  # nothing is sent meanwhile
    manager.window.move(1, 2)
    manager.window.resize(3, 4)
    manager.window.move(5, 6)

    waiting = [m for m in followed.outgoing.values() if isinstance(m, ControlWindow)]
    assert sorted((m.method, m.arguments) for m in waiting) == [
        ("move", [5, 6]),
        ("resize", [3, 4]),
    ]


def test_the_title_is_the_managers(host, manager):
    manager.window.setWindowTitle("loss")

    assert host.receive(SetTitle)[0].title == "loss"
    assert manager.window.windowTitle() == "loss"


def test_close_closes_the_figure(manager, pyplot):
    assert manager.window.isVisible()

    manager.window.close()

    assert pyplot.get_fignums() == []


def test_full_screen_goes_on_and_off(host, manager):
    manager.full_screen_toggle()
    assert host.receive(ControlWindow)[0].method == "showFullScreen"

    manager.full_screen_toggle()
    assert host.receive(ControlWindow)[0].method == "showNormal"


def test_any_other_name_says_which_there_are(manager):
    with pytest.raises(AttributeError, match=r"no 'statusBar' here.*setWindowTitle"):
        manager.window.statusBar()


@pytest.mark.parametrize("arguments", [(), (1,), (1.5, 2)])
def test_wrong_arguments_are_the_programs_own_error(manager, arguments):
    with pytest.raises(TypeError):
        manager.window.move(*arguments)
