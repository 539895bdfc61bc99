"""What programs call of `manager.window` reaches the native window."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.messages import (
    ControlWindow,
    SetTitle,
    ToggleFullScreen,
)


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
    followed.window.opened = False  # nothing is sent meanwhile
    manager.window.move(1, 2)
    manager.window.resize(3, 4)
    manager.window.move(5, 6)

    waiting = [m for _, m in followed.outbox.waiting() if isinstance(m, ControlWindow)]
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


def test_full_screen_is_toggled_by_the_window(host, manager):
    manager.full_screen_toggle()

    assert host.receive(ToggleFullScreen)[0].window_id == manager.followed.window_id


def test_two_toggles_that_wait_are_none(manager):
    manager.followed.window.opened = False  # nothing is sent meanwhile
    manager.full_screen_toggle()
    manager.full_screen_toggle()

    assert ToggleFullScreen not in dict(manager.followed.outbox.waiting())


def test_calls_keep_their_order_when_one_is_repeated(manager):
    followed = manager.followed
    followed.window.opened = False  # nothing is sent meanwhile
    manager.window.showMaximized()
    manager.window.showNormal()
    manager.window.showMaximized()

    waiting = [m for _, m in followed.outbox.waiting() if isinstance(m, ControlWindow)]
    assert [m.method for m in waiting] == ["showNormal", "showMaximized"]


class TestSize:
    @pytest.fixture
    def heard(self, manager):
        found = []
        manager.canvas.mpl_connect(
            "resize_event", lambda event: found.append((event.width, event.height))
        )
        return found

    def test_a_size_given_to_the_window_is_the_figures(self, manager, heard):
        manager.resize(500, 400)

        assert manager.canvas.get_width_height() == (500, 400)
        assert heard == [(500, 400)]

    def test_a_size_given_to_the_figure_is_told_once(self, manager, heard):
        manager.canvas.figure.set_size_inches(5, 4)
        manager.canvas.figure.set_size_inches(5, 4)

        assert heard == [(500, 400)]

    def test_inches_that_are_no_whole_px_stay(self, manager):
        for size in ([5.123, 4.567], [4.02, 3.0]):  # 401.99999999999994 px, the last
            manager.canvas.figure.set_size_inches(*size)

            assert manager.canvas.figure.get_size_inches().tolist() == size

    def test_a_callback_that_sets_a_size_does_not_go_on_for_ever(self, manager, heard):
        manager.canvas.mpl_connect(
            "resize_event", lambda event: manager.resize(300, 300)
        )

        manager.resize(500, 400)

        assert manager.canvas.get_width_height() == (300, 300)
        assert heard == [(500, 400), (300, 300)]


def test_any_other_name_says_which_there_are(manager):
    with pytest.raises(
        AttributeError, match=r"no 'addDockWidget' here.*setWindowTitle"
    ):
        manager.window.addDockWidget()


@pytest.mark.parametrize("arguments", [(), (1,), (1.5, 2)])
def test_wrong_arguments_are_the_programs_own_error(manager, arguments):
    with pytest.raises(TypeError):
        manager.window.move(*arguments)
