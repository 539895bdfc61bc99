"""Where a wait cannot be interrupted it is one of short ones."""

from __future__ import annotations

import threading
import time

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.mpl.place import WindowPlace
from jlab_qtwindows.kernel.process import waits
from jlab_qtwindows.kernel.process.waits import wait_for

SHORT = 0.002


class Noting(threading.Event):
    """An event that is set after five waits; notes how long each was to be."""

    def __init__(self):
        super().__init__()
        self.waits = []

    def wait(self, timeout=None):
        self.waits.append(timeout)
        if len(self.waits) == 5:
            self.set()
        return super().wait(timeout)


@pytest.fixture
def uninterruptible(monkeypatch):
    monkeypatch.setattr(waits, "SLICE", SHORT)


def test_the_wait_for_a_window_is_made_of_short_ones(uninterruptible):
    place = WindowPlace(400, 300)
    place._heard = heard = Noting()

    place.wait()

    assert heard.waits == [SHORT] * 5


def test_its_limit_is_kept(uninterruptible):
    never = threading.Event()
    began = time.monotonic()

    wait_for(never, 3.5 * SHORT)

    assert 3.5 * SHORT <= time.monotonic() - began < LIMIT


def test_what_has_happened_already_is_waited_for_no_more():
    event = Noting()
    event.set()

    wait_for(event, LIMIT)

    assert event.waits == []


def test_an_interruptible_wait_is_one(monkeypatch):
    monkeypatch.setattr(waits, "SLICE", None)
    event = threading.Event()
    threading.Timer(SHORT, event.set).start()

    wait_for(event, LIMIT)  # returns

    assert event.is_set()
