"""Figures that are followed by hand, and by a client without the GIL."""

from __future__ import annotations

import pickle
import sys
import threading
from types import SimpleNamespace

import pytest
from IPython.core.events import EventManager, available_events

from jlab_qtwindows.kernel.follow import contents as contents_module
from jlab_qtwindows.kernel.follow.pace import QUIET
from jlab_qtwindows.kernel.follow.safepoint import all_clear
from jlab_qtwindows.kernel.follow.trap import SafePointTrap
from jlab_qtwindows.kernel.link import iothread as iothread_module
from jlab_qtwindows.kernel.process import gil
from jlab_qtwindows.protocol.messages import UpdateFigure

# -- with a clock set by hand ----------------------------------------------------------


@pytest.fixture
def line(figure):
    return figure.axes[0].lines[0]


@pytest.fixture
def step(follower, clock, followed):
    """Return a function that lets time pass and looks once."""

    def look(seconds=0.0):
        clock.now += seconds
        return follower.step([followed], clock.now)

    return look


@pytest.fixture
def shown(followed, step, taken, clock):
    """Bring the first state to the screen, long ago."""
    followed.request()
    step()
    step(QUIET)
    assert taken == [followed]
    taken.clear()
    clock.now += 10


@pytest.fixture
def change(line):
    """Return a function that changes the data of the line."""

    def set_data():
        line.set_ydata([3, 2, 1])
        line.figure.stale = False  # each change is reported, as after a draw
        line.stale = line.axes.stale = False

    return set_data


# -- without the GIL -------------------------------------------------------------------


@pytest.fixture
def without_gil(monkeypatch):
    monkeypatch.setattr(gil, "_is_on", False)


@pytest.fixture
def forbidden(without_gil, monkeypatch):
    """Note what only the GIL makes safe; none of it has been used after the test."""
    used = []

    def note(name, function, *, io_thread_only=False):
        def noted(*args, **kwargs):
            in_io_thread = threading.current_thread().name == "jlab-qtwindows-io"
            if in_io_thread or not io_thread_only:
                used.append(name)
            return function(*args, **kwargs)

        return noted

    lists = note("lists_of", contents_module.lists_of, io_thread_only=True)
    monkeypatch.setattr(contents_module, "lists_of", lists)

    for owner, name in (
        (sys, "_current_frames"),
        (sys, "setswitchinterval"),
        (iothread_module, "prepare"),
        (SafePointTrap, "set_and_wait"),
        (SafePointTrap, "plant_here"),
    ):
        monkeypatch.setattr(owner, name, note(name, getattr(owner, name)))
    yield
    assert not used


@pytest.fixture
def takers(client):
    """Return the threads that have taken a state, in order."""
    found = []
    take = client.taker.take

    def noted(*args):
        found.append(threading.current_thread())
        return take(*args)

    client.taker.take = noted
    return found


@pytest.fixture
def shell(client):
    """What an IPython shell has of events; the client hears of its cells."""
    shell = SimpleNamespace()
    shell.events = EventManager(shell, available_events)
    client.activity.attach(shell)
    return shell


@pytest.fixture
def idle_until(client, eventually):
    """Return a function that lets callbacks run until another one says true."""

    def run(is_over):
        eventually(lambda: client.main_queue.run_pending() or is_over())

    return run


@pytest.fixture
def next_data(host):
    """Return a function that gives the data of the line in the next state."""

    def data():
        _, (head, *_) = host.receive(UpdateFigure)
        return list(pickle.loads(head)["figure"].axes[0].lines[0].get_ydata())

    return data


@pytest.fixture
def callback():
    """Return a callback that notes whether it runs at a safe point."""
    return Callback()


class Callback:
    """Notes for each of its calls whether that is a safe point."""

    def __init__(self):
        self.clear = []

    def __call__(self, *args):
        self.clear.append(all_clear())
