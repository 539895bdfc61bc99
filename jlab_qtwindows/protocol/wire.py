"""Messages to multipart frames and back: a JSON header, then binary parts.

Pure functions, any thread. `decode` raises `MalformedMessage` for everything that is
not a message; receivers log that and drop it.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from typing import Any

from .errors import MalformedMessage
from .messages import MESSAGE_TYPES, Message

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_HEADER_BYTES", "decode", "encode"]

MAX_HEADER_BYTES = 1 << 20  # a list of thousands of windows stays below it


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


@functools.cache
def _field_types(cls: type[Message]) -> dict[str, tuple[type, ...]]:
    """Return the JSON types each field accepts."""
    accepted = {}
    hints = typing.get_type_hints(cls)
    for f in dataclasses.fields(cls):  # type: ignore[arg-type]
        hint = hints[f.name]
        options = (
            typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        )
        plain = tuple(typing.get_origin(option) or option for option in options)
        accepted[f.name] = (*plain, int) if float in plain else plain
    return accepted


def _fits(value: object, accepted: tuple[type, ...]) -> bool:
    if isinstance(value, bool):  # a bool is an int to isinstance, but not to a reader
        return bool in accepted
    return isinstance(value, accepted)
