#!/usr/bin/env bash
# `ZMQStream.flush` of pyzmq returns the number of messages that it has handled. One that
# comes between its poll and its end is not handled, so that it returns 0, and yet the
# socket's file descriptor, which was readable because of it, is so no more: the flush
# itself looks at the socket's events last, and leaves the message to the event loop.
# Whoever flushes from another loop, when the descriptor becomes readable, never hears of
# that message, nor of the next.
#
# Exits non-zero where the behaviour has changed. Seen:
# "flushed 0; message waits True, descriptor readable False; after the next message False".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pyzmq==27.0.2 tornado==6.5.2
cat >"$folder/look.py" <<'P'
import asyncio
import select
import sys

import zmq
from zmq.eventloop.zmqstream import ZMQStream


class Between(zmq.Poller):
    """Has a message come just after the first look."""

    action = None

    def poll(self, timeout=None):
        found = super().poll(timeout)
        action, self.action = self.action, None
        if action:
            action()
        return found


async def look():
    context = zmq.Context()
    sender, receiver = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    sender.bind("inproc://x")
    receiver.connect("inproc://x")
    stream = ZMQStream(receiver)
    stream.on_recv(lambda message: None)
    stream.flush()
    descriptor = select.poll()
    descriptor.register(receiver.FD, select.POLLIN)
    stream.poller = Between()
    stream.poller.action = lambda: sender.send(b"1")
    flushed, readable = stream.flush(limit=1), bool(descriptor.poll(0))
    sender.send(b"2")
    later = bool(descriptor.poll(0))
    waits = bool(receiver.EVENTS & zmq.POLLIN)
    await asyncio.sleep(0.1)  # what the stream has scheduled
    stream.close()
    sender.close()
    context.term()
    return flushed, waits, readable, later


found = asyncio.run(look())
print(f"pyzmq {zmq.__version__}")
print(
    "flushed {}; message waits {}, descriptor readable {}; "
    "after the next message {}".format(*found)
)
sys.exit(found != (0, True, False, False))
P
"$folder/venv/bin/python" "$folder/look.py"
