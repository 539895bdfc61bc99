"""Nothing that is put into an outbox gets lost, whoever takes out meanwhile."""

from __future__ import annotations

import os
import threading

import pytest
from forks import in_child

from jlab_qtwindows.kernel.follow.outbox import Outbox
from jlab_qtwindows.protocol.messages import (
    InputHandled,
    LockCanvas,
    OpenFigure,
    ResizeWindow,
    SetTitle,
    ShowStatus,
    UseKeymap,
)

OPENING = OpenFigure("w", 1, "loss", 640, 480, 0.0)
TITLE, NEWER_TITLE = SetTitle("w", "loss"), SetTitle("w", "loss 2")
SIZE = ResizeWindow("w", 1, 1)
LOCK, KEYMAP = LockCanvas("w", True), UseKeymap("w", {})


@pytest.fixture
def outbox():
    return Outbox()


@pytest.fixture
def messages(outbox):
    """Return a function that tells which messages wait, in order."""
    return lambda: [message for _, message in outbox.waiting()]


def test_the_newest_message_of_a_kind_replaces_the_waiting_one(outbox, messages):
    outbox.post(TITLE)
    outbox.post(SIZE)
    outbox.post(NEWER_TITLE)

    assert messages() == [SIZE, NEWER_TITLE]


def test_one_that_came_while_an_older_one_was_sent_still_waits(outbox, messages):
    outbox.post(TITLE)
    [(kind, sent)] = outbox.waiting()
    outbox.post(NEWER_TITLE)

    outbox.on_sent(kind, sent)
    assert messages() == [NEWER_TITLE]

    outbox.on_sent(kind, NEWER_TITLE)
    assert messages() == []


def test_the_same_again_while_it_is_sent_is_sent_again(outbox, messages):
    outbox.post(SetTitle("w", "loss"))
    [(kind, sent)] = outbox.waiting()
    outbox.post(SetTitle("w", "loss"))

    outbox.on_sent(kind, sent)

    assert len(messages()) == 1


def test_only_the_newest_state_waits_and_is_taken_once(outbox):
    assert not outbox.put_state("older")
    assert outbox.put_state("newer")

    assert outbox.pop_state() == "newer"
    assert outbox.pop_state() is None


def test_a_state_that_is_returned_gives_way_to_a_newer_one(outbox):
    outbox.return_state("older")
    assert outbox.pop_state() == "older"

    outbox.put_state("newer")
    outbox.return_state("older")

    assert outbox.pop_state() == "newer"


class TestAnnounce:
    def test_the_opening_is_first_and_what_stands_follows(self, outbox, messages):
        outbox.post(ShowStatus("w", "scan 3"))
        outbox.keep(LOCK, answered=0)
        outbox.stand(KEYMAP)

        outbox.announce(lambda: OPENING)

        assert messages() == [OPENING, LOCK, KEYMAP, ShowStatus("w", "scan 3")]

    def test_what_the_opening_tells_is_not_told_again(self, outbox, messages):
        for message in (TITLE, SIZE, InputHandled("w", 3)):
            outbox.post(message)

        outbox.announce(lambda: OPENING)

        assert messages() == [OPENING]

    def test_what_was_said_around_an_answer_is_not_lost(self, outbox, messages):
        outbox.keep(LockCanvas("w", True), answered=1)
        outbox.keep(LockCanvas("w", False), answered=2)
        outbox.withdraw(LockCanvas)

        outbox.announce(lambda: OPENING)

        assert messages()[1:] == [LockCanvas("w", True), LockCanvas("w", False)]

    @pytest.mark.parametrize(
        ("put", "message"),
        [
            (lambda outbox: outbox.post(NEWER_TITLE), NEWER_TITLE),
            (lambda outbox: outbox.keep(LOCK, answered=0), LOCK),
        ],
        ids=["posted", "kept"],
    )
    def test_what_another_thread_says_meanwhile_is_told(
        self, outbox, messages, put, message
    ):
        thread = threading.Thread(target=put, args=[outbox])

        def opening():
            thread.start()
            thread.join(0.2)  # it may have to wait for us
            return OPENING

        outbox.announce(opening)
        thread.join()

        assert messages() == [OPENING, message]


def test_threads_that_post_and_one_that_sends_lose_nothing(outbox):
    last = 300
    sent = {}

    def post(name):
        for number in range(last + 1):
            outbox.post(ShowStatus("w", name, number), name)

    threads = [threading.Thread(target=post, args=[name]) for name in "abcd"]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) or outbox.waiting():
        for kind, message in outbox.waiting():
            sent[kind] = message.milliseconds
            outbox.on_sent(kind, message)

    assert sent == dict.fromkeys("abcd", last)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_child_forked_while_a_thread_posts_can_post(outbox, messages):
    inside, released = threading.Event(), threading.Event()

    def slowly(_):
        inside.set()
        released.wait(0.5)  # a fork waits for it
        return TITLE

    def post_in_child():
        outbox.post(SIZE)
        return messages()

    thread = threading.Thread(target=outbox.change, args=[SetTitle, slowly])
    thread.start()
    assert inside.wait(10)

    text = in_child(post_in_child)
    released.set()
    thread.join()

    assert text == repr([TITLE, SIZE])
