"""A GUI loop is entered when every request is answered, and not before."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from collections import deque
from types import SimpleNamespace

import pytest
from ipykernel.kernelbase import Kernel
from lonekernel import Loop, lone_kernel, until

from jlab_qtwindows.kernel.guard.guardedloop import GuardedLoop
from jlab_qtwindows.kernel.guard.openrequests import OpenRequests

# There the call of the loop waits in the queue itself, behind every request.
NO_QUEUE = pytest.mark.skipif(
    hasattr(Kernel, "schedule_dispatch"), reason="ipykernel 6 has a queue"
)


@pytest.fixture
def scenario():
    """Return a function that runs a coroutine function with a kernel and its loop."""

    def run(function):
        async def with_kernel():
            async with lone_kernel() as peer:
                requests, loop = OpenRequests(peer.kernel), Loop()
                peer.kernel.eventloop = GuardedLoop(loop, requests)
                await until(lambda: loop.entered_after)
                await function(peer, requests, loop)

        asyncio.run(with_kernel())

    return run


def test_not_entered_while_a_cell_awaits_something(scenario):
    async def check(peer, requests, loop):
        peer.send("wait")
        await until(peer.kernel.executing.is_set)
        before = len(loop.entered_after)
        await asyncio.sleep(0.05)  # dozens of turns of the kernel

        assert requests.any
        assert len(loop.entered_after) == before

        peer.kernel.gate.set()
        await until(lambda: loop.entered_after[-1] == ["wait"])
        assert await peer.statuses(1) == ["ok"]

    scenario(check)


def test_entered_after_the_last_of_a_burst_and_not_between(scenario):
    cells = [f"x = {i}" for i in range(16)]

    async def check(peer, requests, loop):
        peer.send("wait", *cells)
        await until(peer.kernel.executing.is_set)
        peer.kernel.gate.set()
        await until(lambda: loop.entered_after[-1] != [])

        assert loop.entered_after[-1] == ["wait", *cells]
        assert await peer.statuses(17) == ["ok"] * 17

    scenario(check)


def test_not_entered_while_cells_behind_an_error_are_refused(scenario):
    async def check(peer, requests, loop):
        peer.kernel.stop_on_error_timeout = 0.05  # s, as a slow network needs
        peer.send("fail", "refused")
        await until(lambda: loop.entered_after[-1] == ["fail"])

        assert not peer.kernel._aborting
        assert await peer.statuses(2) == ["error", "aborted"]

        peer.send("next")
        assert await peer.statuses(1) == ["ok"]

    scenario(check)


@NO_QUEUE
def test_a_request_taken_before_counting_began_is_waited_for(scenario):
    async def check(peer, requests, loop):
        peer.kernel.eventloop = None
        requests.ignore()
        peer.send("wait", "behind")
        await until(peer.kernel.executing.is_set)
        peer.kernel.eventloop = GuardedLoop(loop, requests)
        await until(lambda: requests.watched)
        loop.entered_after.clear()
        await asyncio.sleep(0.05)

        assert loop.entered_after == []

        peer.kernel.gate.set()
        await until(lambda: loop.entered_after)
        assert loop.entered_after[0] == ["wait", "behind"]

    scenario(check)


@NO_QUEUE
def test_also_one_that_had_only_just_been_taken(scenario):
    async def check(peer, requests, loop):
        peer.kernel.eventloop = None
        requests.ignore()
        stream = peer.kernel.shell_stream
        own = stream._recv_callback

        def take_and_watch(message):
            work = asyncio.ensure_future(own(message))
            stream.on_recv(own, copy=False)
            requests.watch()
            return work

        stream.on_recv(take_and_watch, copy=False)
        peer.send("wait")
        await until(peer.kernel.executing.is_set)
        await asyncio.sleep(0.05)
        assert requests.any

        peer.kernel.gate.set()
        await until(lambda: not requests.any)
        assert peer.kernel.executed == ["wait"]

    scenario(check)


def test_a_request_that_fails_or_is_cancelled_is_open_no_more(scenario):
    async def check(peer, requests, loop):
        for end in (asyncio.CancelledError(), ValueError("planted")):

            async def work(message, end=end):
                raise end

            task = requests._on_message(work, [])
            assert requests.any
            with pytest.raises(type(end)):
                await task
            await until(lambda: not requests.any)

    scenario(check)


def test_the_streams_own_receiver_comes_back(scenario):
    async def check(peer, requests, loop):
        peer.kernel.eventloop = None
        stream = peer.kernel.shell_stream
        requests.ignore()
        own = stream._recv_callback
        requests.watch()
        assert stream._recv_callback is not own
        requests.ignore()

        assert stream._recv_callback is own
        peer.send("x = 1")
        assert await peer.statuses(1) == ["ok"]

    scenario(check)


def test_a_receiver_that_somebody_else_has_set_stays(scenario):
    async def check(peer, requests, loop):
        peer.kernel.eventloop = None
        stream = peer.kernel.shell_stream
        ours, seen = stream._recv_callback, []

        def theirs(message):
            seen.append(message)
            return ours(message)

        stream.on_recv(theirs, copy=False)
        requests.ignore()

        assert stream._recv_callback is theirs
        peer.send("x = 1")
        assert await peer.statuses(1) == ["ok"]
        assert len(seen) == 1

    scenario(check)


def test_in_a_queue_a_request_is_open_until_its_turn_is_over():
    """As ipykernel 6 has it: one coroutine takes from a queue and executes."""
    queue = deque()
    stream = SimpleNamespace(
        _recv_callback=queue.append, _recv_copy=False, flush=lambda flag, limit: 0
    )
    stream.on_recv = lambda receive, copy: setattr(stream, "_recv_callback", receive)
    kernel = SimpleNamespace(
        shell_stream=stream,
        msg_queue=queue,
        schedule_dispatch=queue.append,
        _supports_kernel_subshells=False,
        _aborting=False,
    )
    requests = OpenRequests(kernel)
    requests.watch()
    stream._recv_callback("message")

    began, message, ended = queue
    assert message == "message"
    asyncio.run(began())
    assert requests.any
    asyncio.run(ended())
    assert not requests.any


def test_what_is_looked_up_on_the_function_is_found_on_the_guarded_one():
    def loop(kernel):
        """Run."""

    loop.exit_hook = lambda kernel: "ended"
    guarded = GuardedLoop(loop, OpenRequests(None))
    loop._schedule_exit = "set later"

    assert guarded.exit_hook(None) == "ended"
    assert guarded._schedule_exit == "set later"
    assert not hasattr(guarded, "no_such_name")


def test_a_request_that_waits_is_not_thrown_away(scenario):
    waiting = []

    async def wait():
        # Known to nobody else, as where a library waits for a thread of its own.
        future = asyncio.get_running_loop().create_future()
        waiting.append(weakref.ref(future))
        await future

    async def check(peer, requests, loop):
        requests._on_message(lambda message: wait(), None)
        await until(lambda: waiting)
        gc.collect()

        assert requests.any
        assert waiting[0]() is not None
        waiting[0]().set_result(None)
        await until(lambda: not requests.any)

    scenario(check)


def test_a_kernel_that_it_does_not_fit_gets_its_loop_and_one_message(caplog):
    loop = Loop()
    kernel = SimpleNamespace(shell_stream=None, executed=[])
    guarded = GuardedLoop(loop, OpenRequests(kernel))

    with caplog.at_level(logging.ERROR):
        guarded(kernel)
        guarded(kernel)

    assert len(loop.entered_after) == 2
    (record,) = caplog.records
    assert "the cell-run guard is off: it does not fit this kernel" in record.message


class OfSlots:
    """A stream whose `flush` nobody can exchange."""

    __slots__ = ("_recv_callback", "_recv_copy")

    def __init__(self):
        self._recv_callback, self._recv_copy = print, True

    def on_recv(self, callback, copy):
        self._recv_callback = callback

    def flush(self, flag, limit):
        return 0


def test_a_kernel_whose_flush_cannot_be_exchanged_gets_its_loop_and_one_message(caplog):
    loop = Loop()
    kernel = SimpleNamespace(shell_stream=OfSlots(), executed=[], msg_queue=None)
    kernel._supports_kernel_subshells = False
    guarded = GuardedLoop(loop, OpenRequests(kernel))

    with caplog.at_level(logging.ERROR):
        guarded(kernel)
        guarded(kernel)

    assert len(loop.entered_after) == 2
    (message,) = [record.message for record in caplog.records]
    assert message.startswith("the cell-run guard is off: it does not fit this kernel")
    assert "'flush'" in message  # Python's word for it


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_what_the_loop_itself_raises_is_the_kernels(error):
    def loop(kernel):
        raise error

    requests = SimpleNamespace(watched=True, any=False)

    with pytest.raises(error):
        GuardedLoop(loop, requests)(None)
