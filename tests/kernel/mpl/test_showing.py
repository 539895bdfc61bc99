"""What `show` waits for, and what it opens."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace

from handhost import LIMIT

from jlab_qtwindows.protocol.messages import (
    WindowClosed,
)


def test_show_waits_until_all_windows_are_closed(host, client, pyplot):
    pyplot.figure(1)
    pyplot.figure(2)
    client.main_queue.post(lambda: pyplot.close(1))
    client.main_queue.post(lambda: pyplot.close(2))

    pyplot.show(block=True)

    assert pyplot.get_fignums() == []


def test_show_does_not_wait_for_a_figure_that_was_never_shown(host, client, pyplot):
    shown = pyplot.figure()
    host.welcome()

    def make_another():
        pyplot.figure()  # to be saved, say
        pyplot.close(shown)

    client.main_queue.post(make_another)
    pyplot.show(block=True)

    assert len(pyplot.get_fignums()) == 1


def test_show_in_a_kernel_does_not_wait(host, client, pyplot, monkeypatch):
    shell = SimpleNamespace(kernel=SimpleNamespace())
    module = SimpleNamespace(get_ipython=lambda: shell)
    pyplot.figure()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "IPython", module)

        pyplot.show()  # returns

    assert pyplot.fignum_exists(1)


def test_show_in_a_thread_ends_though_the_main_thread_waits_for_it(
    host, client, pyplot
):
    pyplot.ion()
    figure = pyplot.figure()
    host.welcome()
    host.show()
    thread = threading.Thread(target=lambda: pyplot.show(block=True), daemon=True)
    thread.start()

    host.send(WindowClosed(figure.canvas.followed.window_id))
    thread.join(LIMIT)

    assert not thread.is_alive()


def test_a_window_that_the_user_has_closed_is_not_opened_again(
    host, client, pyplot, eventually
):
    pyplot.ion()
    figure = pyplot.figure()
    host.welcome()
    host.show()

    host.send(WindowClosed(figure.canvas.followed.window_id))
    eventually(lambda: figure.canvas.followed.window.closing)
    pyplot.show(block=False)

    assert not figure.canvas.followed.opened
    client.main_queue.run_pending()
    assert pyplot.get_fignums() == []
