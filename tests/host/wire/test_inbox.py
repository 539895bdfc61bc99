"""What waits for the GUI thread, whoever has sent it."""

from __future__ import annotations

import pytest

from jlab_qtwindows.host.wire.inbox import Inbox, Update
from jlab_qtwindows.host.wire.peers import Peer
from jlab_qtwindows.protocol.messages import SetTitle, UpdateFigure


@pytest.fixture
def inbox():
    return Inbox()


def peer(identity):
    return Peer(identity, "kernel", "", "", 1)


def state(revision):
    """Return a state of the window "w1"; the inbox does not look into it."""
    return Update(UpdateFigure("w1", revision, "mirror", "mirror"), mirror=None)


def popped(inbox):
    """Return the revisions of all states, in their order."""
    states = iter(lambda: inbox.pop_update(lambda window_id: False), None)
    return [(sender.identity, update.message.revision) for sender, update in states]


def test_of_a_figure_the_newest_state_waits(inbox):
    for revision in (1, 2):
        inbox.put_update(peer(b"a"), state(revision))

    assert popped(inbox) == [(b"a", 2)]


def test_a_state_of_another_kernel_replaces_none_of_the_windows_own(inbox):
    inbox.put_update(peer(b"own"), state(7))
    inbox.put_update(peer(b"other"), state(9))

    assert popped(inbox) == [(b"own", 7), (b"other", 9)]


def test_nor_does_a_message_of_which_only_the_newest_counts(inbox):
    for sender, title in ((b"own", "old"), (b"own", "new"), (b"other", "theirs")):
        inbox.put(peer(sender), SetTitle("w1", title))

    titles = [
        (sender.identity, message.title) for sender, message in inbox.pop_arrivals()
    ]
    assert titles == [(b"own", "new"), (b"other", "theirs")]
