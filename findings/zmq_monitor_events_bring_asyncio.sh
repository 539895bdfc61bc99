#!/usr/bin/env bash
# pyzmq reads the six bytes of a socket monitor's event with `zmq.utils.monitor`. Importing
# that module imports `zmq.asyncio` and with it asyncio and ssl, which `import zmq` does
# not, although parsing is no coroutine.
#
# Exits non-zero where the behaviour has changed. Seen:
# "after zmq: asyncio False, ssl False; after zmq.utils.monitor: asyncio True, ssl True;
# event 1 with value 7".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pyzmq==27.0.2
cat >"$folder/look.py" <<'P'
import struct
import sys

import zmq


def loaded():
    return tuple(name in sys.modules for name in ("asyncio", "ssl"))


before = loaded()
from zmq.utils.monitor import parse_monitor_message

after = loaded()
event = parse_monitor_message([struct.pack("=hi", 1, 7), b"ipc://x"])
print(f"pyzmq {zmq.__version__}")
print(
    "after zmq: asyncio {}, ssl {}; after zmq.utils.monitor: asyncio {}, ssl {}; "
    "event {} with value {}".format(*before, *after, int(event["event"]), event["value"])
)
sys.exit((before, after) != ((False, False), (True, True)))
P
"$folder/venv/bin/python" "$folder/look.py"
