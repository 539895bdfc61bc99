"""`python -m jlab_qtwindows.doctor.rootwindow`: what the window manager says of itself.

Run by the doctor in a process of its own, with a time limit, since libxcb knows none.
libxcb and nothing else: Qt's X11 plugin needs it too, and Qt itself does not tell what
a window manager supports.
"""

from __future__ import annotations

import ctypes
import json
import sys

__all__ = ["main"]

_ANY_TYPE = 0
_MAX_ATOMS = 4096  # 32-bit values that are read of a property


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("head", ctypes.c_uint8 * 8),
        ("atom", ctypes.c_uint32),
    )


class _PropertyReply(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("format", ctypes.c_uint8),  # bits of a value
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("bytes_after", ctypes.c_uint32),
        ("value_len", ctypes.c_uint32),
    )


class _Screens(ctypes.Structure):
    _fields_ = (
        # A screen begins with the id of its root window.
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class _Display:
    """A connection to the display in DISPLAY; the process ends it."""

    def __init__(self) -> None:
        self._xcb = xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        xcb.xcb_get_setup.restype = ctypes.c_void_p
        xcb.xcb_setup_roots_iterator.restype = _Screens
        xcb.xcb_intern_atom.restype = xcb.xcb_get_property.restype = _Cookie
        xcb.xcb_intern_atom_reply.restype = ctypes.POINTER(_AtomReply)
        xcb.xcb_get_property_reply.restype = ctypes.POINTER(_PropertyReply)
        xcb.xcb_get_property_value.restype = ctypes.c_void_p
        self._connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
        if xcb.xcb_connection_has_error(self._connection):
            raise OSError("the display does not answer")
        setup = ctypes.c_void_p(xcb.xcb_get_setup(self._connection))
        self.root = int(xcb.xcb_setup_roots_iterator(setup).data[0])

    def atom(self, name: str) -> int:
        """Return the number of a name; 0 for one that nobody has used yet."""
        cookie = self._xcb.xcb_intern_atom(
            self._connection, 1, ctypes.c_uint16(len(name)), name.encode()
        )
        reply = self._xcb.xcb_intern_atom_reply(self._connection, cookie, None)
        return int(reply.contents.atom) if reply else 0

    def property(self, window: int, name: str) -> tuple[int, bytes]:
        """Return the bits of a value (0: no such property) and the values."""
        cookie = self._xcb.xcb_get_property(
            self._connection,
            ctypes.c_uint8(0),
            ctypes.c_uint32(window),
            ctypes.c_uint32(self.atom(name)),
            ctypes.c_uint32(_ANY_TYPE),
            ctypes.c_uint32(0),
            ctypes.c_uint32(_MAX_ATOMS),
        )
        reply = self._xcb.xcb_get_property_reply(self._connection, cookie, None)
        if not reply:
            return 0, b""
        bits, count = int(reply.contents.format), int(reply.contents.value_len)
        value = self._xcb.xcb_get_property_value(reply)
        return bits, ctypes.string_at(value, count * bits // 8) if count else b""

    def numbers(self, window: int, name: str) -> list[int]:
        """Return a property's 32-bit values; none where it is not there."""
        bits, value = self.property(window, name)
        return list(memoryview(value).cast("I")) if bits == 32 else []


def main() -> int:
    """Print the window manager's name and whether it raises windows, as JSON.

    The name is null where no window manager follows freedesktop's extended hints.
    """
    display = _Display()
    check = "_NET_SUPPORTING_WM_CHECK"
    owner = display.numbers(display.root, check)[:1]
    # A window manager that is gone leaves the property behind, but not its window.
    alive = bool(owner) and display.numbers(owner[0], check)[:1] == owner
    name = display.property(owner[0], "_NET_WM_NAME")[1].decode() if alive else None
    raising = display.atom("_NET_ACTIVE_WINDOW")
    raises = raising != 0 and raising in display.numbers(display.root, "_NET_SUPPORTED")
    sys.stdout.write(json.dumps({"name": name, "raises": alive and raises}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
