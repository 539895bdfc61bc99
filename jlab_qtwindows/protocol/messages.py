"""Every message of protocol version 2, one dataclass each, and who may send it.

Requests are verbs, events are past participles. A message travels as a JSON header (the
fields) followed by binary parts, see `wire`. `window_id` is made by the kernel, is
unique for each figure, and is the id of the window in every process and in the REST
API.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from .message import HOST, KERNEL, MESSAGE_TYPES, SERVER, Message

__all__ = [
    "INPUT_EVENTS",
    "MESSAGE_TYPES",
    "PROTOCOL_VERSION",
    "TOOLBAR_ACTIONS",
    "TOOLBAR_MODES",
    "WINDOW_ACTIONS",
    "WINDOW_CURSORS",
    "WINDOW_DIALOGS",
    "AskCoordinates",
    "ButtonPressed",
    "CloseWindow",
    "ControlWindow",
    "CoordinatesWritten",
    "ExportImage",
    "FigureBehind",
    "FigureRejected",
    "FigureShown",
    "GetThumbnail",
    "Hello",
    "InputEvent",
    "InputHandled",
    "KernelGone",
    "ListWindows",
    "LockCanvas",
    "Message",
    "NameKernel",
    "OpenFigure",
    "RaiseWindow",
    "Refused",
    "Reply",
    "ResizeWindow",
    "SendFull",
    "SetButtons",
    "SetHistoryButtons",
    "SetTitle",
    "SetToolbarMode",
    "SetWindowIcon",
    "ShowBars",
    "ShowCoordinates",
    "ShowCursor",
    "ShowRubberBand",
    "ShowStatus",
    "Shutdown",
    "ToggleFullScreen",
    "ToolModeChanged",
    "ToolUsed",
    "UpdateFigure",
    "UpdateTaken",
    "UseKeymap",
    "UseTool",
    "WantEvents",
    "Welcome",
    "WindowChanged",
    "WindowClosed",
    "WindowOpened",
    "WindowPlaced",
    "WindowResized",
]

PROTOCOL_VERSION = 2

# The events of `matplotlib.backend_bases` that begin in a window.
INPUT_EVENTS = (
    "button_press_event",
    "button_release_event",
    "figure_enter_event",
    "figure_leave_event",
    "key_press_event",
    "key_release_event",
    "motion_notify_event",
    "scroll_event",
)

# What the buttons of a window's toolbar do, by the names of Matplotlib's methods: those
# that act on the figure, and those that a program may ask of the window.
TOOLBAR_ACTIONS = ("home", "back", "forward", "pan", "zoom")
WINDOW_DIALOGS = ("save_figure", "edit_parameters")
WINDOW_ACTIONS = ("home", "back", "forward", *WINDOW_DIALOGS)

# What `toolbar.mode` may be.
TOOLBAR_MODES = ("", "pan/zoom", "zoom rect")

# The cursor shapes of `matplotlib.backend_tools.Cursors`.
WINDOW_CURSORS = (
    "HAND",
    "MOVE",
    "POINTER",
    "RESIZE_HORIZONTAL",
    "RESIZE_VERTICAL",
    "SELECT_REGION",
    "WAIT",
)

# -- handshake -------------------------------------------------------------------------


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
    hidden: bool = False  # no window can be seen, which nobody has asked for
    protocol: int = PROTOCOL_VERSION


class Refused(Message, senders=(HOST,)):
    """The host turns the peer away: wrong token, other protocol version."""

    reason: str
    protocol: int = PROTOCOL_VERSION


# -- kernel to host --------------------------------------------------------------------


class OpenFigure(Message, senders=(KERNEL,)):
    """A figure wants a window; its content follows in `UpdateFigure`."""

    window_id: str
    num: int | None
    title: str
    width: int  # canvas, px
    height: int
    created: float  # seconds since the epoch
    toolbar: bool = True  # whether the window has one


class UpdateFigure(Message, senders=(KERNEL,)):
    """A state of a figure, in the binary parts.

    kind "mirror": a pickle of `{"figure", "style"}` and its out-of-band buffers.
    kind "frame": one part of height x width x 4 bytes, RGBA, straight alpha.
    """

    window_id: str
    revision: int
    kind: str
    transfer: str  # "mirror", "mirror-by-value" or "frames": the rung of the ladder
    reason: str = ""  # why this rung and no better one
    width: int = 0
    height: int = 0
    cell_id: str | None = None
    overhead: float = 0.0  # share of the kernel's time spent for all figures
    dropped: int = 0  # states replaced by newer ones before they were sent
    edits: int = 0  # the newest `FigureEdited` that this state has
    # What the dialog for a file begins with; empty: the window's own.
    save_in: str = ""  # folder
    save_as: str = ""  # name
    save_format: str = ""


class FigureBehind(Message, senders=(KERNEL,)):
    """The figure has changed since its last state; the next one is held back."""

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


class RaiseWindow(Message, senders=(KERNEL, SERVER)):
    """Show the window on top, also if it is minimized."""

    window_id: str
    keyboard: bool = True  # whether it gets the keyboard, too


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


class WantEvents(Message, senders=(KERNEL,)):
    """The program listens to these events, by Matplotlib's names; no others are sent.

    Any of `INPUT_EVENTS`. With those of `taken` nothing else shall be done: the program
    has disconnected what Matplotlib does with them.
    """

    window_id: str
    kinds: list[str]
    taken: list[str] = field(default_factory=list)


class UseKeymap(Message, senders=(KERNEL,)):
    """Which keys do what: the settings `keymap.*` of the program, by their names."""

    window_id: str
    keymap: dict[str, list[str]]


class LockCanvas(Message, senders=(KERNEL,)):
    """A selector of the program has the canvas for itself, or no longer."""

    window_id: str
    locked: bool


class InputHandled(Message, senders=(KERNEL,)):
    """The program's callbacks have run for all events up to this one.

    Whose the next key is has been said before: in `WantEvents`, `UseKeymap` and
    `LockCanvas`, where it has changed.
    """

    window_id: str
    serial: int  # of an `InputEvent`


class CloseWindow(Message, senders=(KERNEL, SERVER)):
    """Close the window; from the server this is the user's wish."""

    window_id: str


class UseTool(Message, senders=(KERNEL,)):
    """Do what this button of the window's toolbar does: one of `WINDOW_ACTIONS`."""

    window_id: str
    action: str


class SetToolbarMode(Message, senders=(KERNEL,)):
    """Have this one of `TOOLBAR_MODES`; of a figure that travels as frames, show it."""

    window_id: str
    mode: str


class SetButtons(Message, senders=(KERNEL,)):
    """Have these buttons in the toolbar, in this order; all of them, each time.

    Each has an `id`. Of Matplotlib's own there is also the `name` of its method, and
    whether the program wants to be `told` of it; of the program's `text`, `tip`, `icon`
    (PNG in base64), `separator`, `checkable`, `checked`. All are `enabled`, `visible`.
    """

    window_id: str
    buttons: list[dict[str, Any]]


class SetHistoryButtons(Message, senders=(KERNEL,)):
    """Of a figure that travels as frames: whether there is a view to go to."""

    window_id: str
    back: bool
    forward: bool


class ShowRubberBand(Message, senders=(KERNEL,)):
    """Draw the rectangle of a zoom; without corners, remove it.

    `corners` are x0, y0, x1, y1 in fractions of the figure, as in `InputEvent`.
    """

    window_id: str
    corners: list[float]


class ShowCursor(Message, senders=(KERNEL,)):
    """Give the mouse this one of `WINDOW_CURSORS` over the canvas."""

    window_id: str
    cursor: str


class ShowCoordinates(Message, senders=(KERNEL,)):
    """Show what is under the mouse, where the window shows coordinates."""

    window_id: str
    text: str


class CoordinatesWritten(Message, senders=(KERNEL,)):
    """The answer to `AskCoordinates`; no text: none could be written."""

    window_id: str
    serial: int
    text: str


# -- host to kernel --------------------------------------------------------------------


class UpdateTaken(Message, senders=(HOST,)):
    """The host begins to draw this revision: the next one may be sent."""

    window_id: str
    revision: int


class FigureShown(Message, senders=(HOST,)):
    """This revision is drawn, or will be as soon as its window can be seen.

    `draw_seconds` is what the last drawing took.
    """

    window_id: str
    revision: int
    draw_seconds: float
    fps: float


class FigureRejected(Message, senders=(HOST,)):
    """This revision cannot be loaded or drawn in the host.

    stage "load": another rung of the ladder may carry it. stage "draw": the figure's
    own drawing code fails, the window keeps its last good picture.
    """

    window_id: str
    revision: int
    stage: str
    reason: str


class SendFull(Message, senders=(HOST,)):
    """The host does not know this window: open it again and send all of it."""

    window_id: str


class InputEvent(Message, senders=(HOST,)):
    """What the user did in a window, for a program that listens.

    `x` and `y` are fractions of the figure's width and height, from the lower left
    corner: kernel and window may differ in size and resolution.
    """

    window_id: str
    kind: str  # one of INPUT_EVENTS
    x: float
    y: float
    button: int = 0  # of a press or a release; Matplotlib's MouseButton, 0: none
    buttons: list[int] = field(default_factory=list)  # those that are down in a motion
    key: str | None = None
    modifiers: list[str] = field(default_factory=list)
    step: float = 0.0
    dblclick: bool = False
    # The window shows frames: what its tools and keys do is left to the kernel.
    left_to_kernel: bool = False
    # Of this window: `InputHandled` names it; 0 where no answer is needed.
    serial: int = 0


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


class FigureEdited(Message, senders=(HOST,)):
    """The user has changed the figure in its window.

    `edits` are lists of path, property and value, as in `protocol.edits`.
    """

    window_id: str
    serial: int  # of this window: the next state that has these edits says so
    edits: list[list[Any]]


class AskCoordinates(Message, senders=(HOST,)):
    """Have the program's own functions write this place of an Axes, in data units.

    `axes` is its number in the figure.
    """

    window_id: str
    serial: int
    axes: int
    x: float
    y: float


class ToolUsed(Message, senders=(HOST,)):
    """The user has pressed a button of the toolbar of a window that shows frames."""

    window_id: str
    action: str  # one of TOOLBAR_ACTIONS


class ButtonPressed(Message, senders=(HOST,)):
    """The user has pressed a button that the program wants to hear of."""

    window_id: str
    button: int  # its `id` in `SetButtons`
    checked: bool


class ToolModeChanged(Message, senders=(HOST,)):
    """The window's own toolbar has this one of `TOOLBAR_MODES` now."""

    window_id: str
    mode: str


# -- host to kernel and server ---------------------------------------------------------


class WindowClosed(Message, senders=(HOST,)):
    """The window is gone."""

    window_id: str


class WindowOpened(Message, senders=(HOST,)):
    """There is a new window, with its model (`protocol.model.WindowModel`)."""

    window: dict[str, Any]


class WindowChanged(Message, senders=(HOST,)):
    """The model of a window has changed."""

    window: dict[str, Any]


# -- server to host --------------------------------------------------------------------


class ListWindows(Message, senders=(SERVER,)):
    """Ask for `{"windows": [model, ...]}`."""

    request_id: str


class GetThumbnail(Message, senders=(SERVER,)):
    """Ask for a PNG of the last drawn picture, `width` px wide at most."""

    request_id: str
    window_id: str
    width: int


class ExportImage(Message, senders=(SERVER,)):
    """Ask for the figure as `savefig` would write it at its present size."""

    request_id: str
    window_id: str
    format: str
    dpi: float | None = None


class Reply(Message, senders=(HOST,)):
    """Answer to a request; `error` is empty on success.

    `code`: "" on success, "not-found" (no such window) or "failed".
    """

    request_id: str
    code: str = ""
    error: str = ""
    result: dict[str, Any] = field(default_factory=dict)


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
