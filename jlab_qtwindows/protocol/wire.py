"""Messages to multipart frames and back: a JSON header, then binary parts.

Pure functions, any thread. `decode` raises `MalformedMessage` for everything that is
not a message; receivers log that and drop it.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import struct
import types
import typing
from typing import Any

from .errors import MalformedMessage
from .messages import MESSAGE_TYPES, Message

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_HEADER_BYTES", "decode", "decode_monitor_event", "encode"]

MAX_HEADER_BYTES = 1 << 20  # a list of thousands of windows stays below it

# How zmq_socket_monitor(3) begins a message: the event and its value.
_MONITOR_EVENT = struct.Struct("=HI")


def encode(message: Message, *parts: Any) -> list[Any]:
    """Return the frames of a message; `parts` are bytes-like and are not copied."""
    fields = vars(message)
    header = json.dumps({"type": message.type, **fields}, separators=(",", ":"))
    return [header.encode(), *parts]


def decode(frames: Sequence[Any]) -> tuple[Message, list[Any]]:
    """Return the message and its binary parts.

    Unknown fields are ignored, so that a later minor change does not break older peers.

    Raises
    ------
    MalformedMessage
        No header, no JSON object, an unknown type, a missing or wrongly typed field.
    """
    if not frames:
        raise MalformedMessage("no frames")
    head = bytes(frames[0])
    if len(head) > MAX_HEADER_BYTES:
        raise MalformedMessage(f"a header of {len(head)} bytes")
    try:
        header = json.loads(head)
    except (ValueError, RecursionError) as error:  # also a number without end
        raise MalformedMessage(f"the header is no JSON: {error}") from error
    if not isinstance(header, dict):
        raise MalformedMessage("the header is no JSON object")
    kind = header.pop("type", None)
    cls = MESSAGE_TYPES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise MalformedMessage(f"unknown message type {str(kind)[:80]!r}")
    fields = _field_types(cls)  # type: ignore[arg-type]
    values = {}
    for name, value in header.items():
        if name not in fields:
            continue
        if not _fits(value, fields[name]):
            raise MalformedMessage(f"{kind}.{name} has the wrong type")
        values[name] = value
    try:
        return cls(**values), list(frames[1:])
    except TypeError as error:
        raise MalformedMessage(f"{kind}: {error}") from error


def decode_monitor_event(frame: bytes) -> tuple[int, int]:
    """Return the event that a socket's monitor tells in its first frame, and its value.

    pyzmq's `zmq.utils.monitor` does so, too, but imports all of asyncio, which takes a
    script as long as our backend, and a host's first window later by that.
    """
    event, value = _MONITOR_EVENT.unpack_from(frame)
    return event, value


@functools.cache
def _field_types(cls: type[Message]) -> dict[str, Any]:
    """Return the type of each field."""
    hints = typing.get_type_hints(cls)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls)}  # type: ignore[arg-type]


def _fits(value: object, hint: Any) -> bool:
    """Return whether a value of JSON is of this type, and all that is in it."""
    if hint is Any:
        return True
    kind, arguments = typing.get_origin(hint), typing.get_args(hint)
    if kind is types.UnionType:
        return any(_fits(value, option) for option in arguments)
    if kind is list:
        (item,) = arguments
        return isinstance(value, list) and all(_fits(one, item) for one in value)
    if kind is dict:
        _, item = arguments  # the keys are texts in JSON
        return isinstance(value, dict) and all(
            _fits(one, item) for one in value.values()
        )
    if isinstance(value, bool):  # an int to isinstance, but not to a reader
        return hint is bool
    return isinstance(value, (int, float) if hint is float else hint)
