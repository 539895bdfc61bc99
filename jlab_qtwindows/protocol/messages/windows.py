"""Windows, opened, changed and closed; between kernels, host and server."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from jlab_qtwindows.protocol.message import HOST, KERNEL, SERVER, Message

__all__ = [
    "CloseWindow",
    "ControlWindow",
    "OpenFigure",
    "RaiseWindow",
    "ResizeWindow",
    "SetTitle",
    "SetWindowIcon",
    "ShowBars",
    "ShowStatus",
    "ToggleFullScreen",
    "WindowChanged",
    "WindowClosed",
    "WindowDescribed",
    "WindowOpened",
    "WindowPlaced",
    "WindowResized",
]


class OpenFigure(Message, senders=(KERNEL,)):
    """A figure wants a window; its content follows in `UpdateFigure`."""

    window_id: str
    num: int | None
    title: str
    width: int  # canvas, px
    height: int
    created: float  # seconds since the epoch
    toolbar: bool = True  # whether the window has one


class RaiseWindow(Message, senders=(KERNEL, SERVER)):
    """Show the window on top, also if it is minimized."""

    window_id: str
    keyboard: bool = True  # whether it gets the keyboard, too


class CloseWindow(Message, senders=(KERNEL, SERVER)):
    """Close the window; from the server this is the user's wish."""

    window_id: str


class SetTitle(Message, senders=(KERNEL,)):
    """The window's title, without the notebook's name."""

    window_id: str
    title: str


class ResizeWindow(Message, senders=(KERNEL,)):
    """The program sets the canvas size, px."""

    window_id: str
    width: int
    height: int


class ControlWindow(Message, senders=(KERNEL,)):
    """Call one of `windowing.WINDOW_METHODS` of the native window."""

    window_id: str
    method: str
    arguments: list[int] = field(default_factory=list)
    serial: int = 0  # of this window: `WindowPlaced` says which it comes after


class SetWindowIcon(Message, senders=(KERNEL,)):
    """Give the window this icon; without one, Matplotlib's."""

    window_id: str
    png: str  # in base64


class ShowStatus(Message, senders=(KERNEL,)):
    """Show the program's text in the status bar; 0 ms: until another one comes."""

    window_id: str
    text: str
    milliseconds: int = 0


class ShowBars(Message, senders=(KERNEL,)):
    """Show these bars of the window, or not."""

    window_id: str
    toolbar: bool
    status: bool


class ToggleFullScreen(Message, senders=(KERNEL,)):
    """Fill the screen with the window, or no longer."""

    window_id: str


class WindowResized(Message, senders=(HOST,)):
    """The user has given the canvas this size, px."""

    window_id: str
    width: int
    height: int


class WindowPlaced(Message, senders=(HOST,)):
    """Where the window is now and how it is shown; px as Qt counts them.

    The rectangles are x, y, width and height: of the window without and with the frame
    of the window manager, of its screen, and of the room there without other bars.
    """

    window_id: str
    serial: int  # the newest `ControlWindow` that has been done
    inner: list[int]
    frame: list[int]
    screen: list[int]
    available: list[int]
    state: int  # Qt::WindowState
    flags: int  # Qt::WindowType
    visible: bool
    active: bool  # it has the keyboard
    ratio: float = 1.0  # px of the screen for each of Qt's


class WindowDescribed(Message, senders=(HOST,)):
    """How the window stands, as far as its kernel does not know it by itself."""

    window_id: str
    frozen: bool = False  # the user has stopped it from showing new states
    waiting: int = 0  # the new states that have come since
    note: str = ""  # what is to be known of its picture, in words
    failed: str = ""  # why the figure cannot be drawn, which may be seen later only


class WindowClosed(Message, senders=(HOST,)):
    """The window is gone."""

    window_id: str


class WindowOpened(Message, senders=(HOST,)):
    """There is a new window, with its model (`protocol.model.WindowModel`)."""

    window: dict[str, Any]


class WindowChanged(Message, senders=(HOST,)):
    """The model of a window has changed."""

    window: dict[str, Any]
