"""Who is there: kernels, the server and the host, as they tell each other."""

from __future__ import annotations

from jlab_qtwindows.protocol.message import HOST, KERNEL, SERVER, Message

__all__ = [
    "PROTOCOL_VERSION",
    "Hello",
    "KernelGone",
    "NameKernel",
    "Refused",
    "Shutdown",
    "Welcome",
]

PROTOCOL_VERSION = 2


class Hello(Message, senders=(KERNEL, SERVER)):
    """First message of every peer, and again after every reconnection."""

    token: str
    role: str  # "kernel" or "server"
    protocol: int = PROTOCOL_VERSION
    kernel_id: str = ""
    notebook: str = ""
    pid: int = 0
    python: str = ""
    matplotlib: str = ""
    numpy: str = ""


class Welcome(Message, senders=(HOST,)):
    """The host accepts; a `host_id` not seen before means that it holds no window."""

    host_id: str
    pid: int
    python: str
    matplotlib: str
    numpy: str
    binding: str  # "PyQt5 5.15.11"
    platform: str  # Qt's platform name: "xcb", "wayland", "offscreen"
    note: str = ""  # what the user should know of this host, in words
    hidden: bool = False  # no window can be seen; the note says why
    protocol: int = PROTOCOL_VERSION


class Refused(Message, senders=(HOST,)):
    """The host turns the peer away: wrong token, other protocol version."""

    reason: str
    protocol: int = PROTOCOL_VERSION


class KernelGone(Message, senders=(SERVER,)):
    """The server knows that this kernel's process has ended."""

    kernel_id: str
    restarted: bool = False  # and that another one has taken its place


class NameKernel(Message, senders=(SERVER,)):
    """To which notebook or console a kernel belongs now, as the server knows it."""

    kernel_id: str
    notebook: str  # the notebook's file, or the name of a console
    renamed_from: str = ""  # the file's name before, where it is the same notebook


class Shutdown(Message, senders=(SERVER,)):
    """Close all windows and end the host process."""
