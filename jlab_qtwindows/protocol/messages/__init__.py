"""Every message of the protocol, one dataclass each, and who may send it.

Requests are verbs, events are past participles. A message travels as a JSON header (the
fields) followed by binary parts, see `protocol.wire`. `window_id` is made by the
kernel, is unique for each figure, and is the id of the window in every process and in
the REST API. Any thread of any process makes and reads them.

A message stands in the file of what it is about, and is named here: `peers` (who is
there), `windows`, `states` (of figures), `input`, `tools`, `pointer`, `requests` (of
the server).
"""

from __future__ import annotations

from jlab_qtwindows.protocol.message import MESSAGE_TYPES, Message

from .input import (
    INPUT_EVENTS,
    FigureEdited,
    InputEvent,
    InputHandled,
    LockCanvas,
    UseKeymap,
    WantEvents,
)
from .peers import (
    PROTOCOL_VERSION,
    Hello,
    KernelGone,
    NameKernel,
    Refused,
    Shutdown,
    Welcome,
)
from .pointer import (
    WINDOW_CURSORS,
    AskCoordinates,
    CoordinatesWritten,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
)
from .requests import (
    ExportImage,
    GetThumbnail,
    ListWindows,
    Reply,
)
from .states import (
    FigureBehind,
    FigureRejected,
    FigureShown,
    SendFull,
    UpdateFigure,
    UpdateTaken,
)
from .tools import (
    TOOLBAR_ACTIONS,
    TOOLBAR_MODES,
    WINDOW_ACTIONS,
    WINDOW_DIALOGS,
    ButtonPressed,
    SetButtons,
    SetHistoryButtons,
    SetToolbarMode,
    ToolModeChanged,
    ToolUsed,
    UseTool,
)
from .windows import (
    CloseWindow,
    ControlWindow,
    OpenFigure,
    RaiseWindow,
    ResizeWindow,
    SetTitle,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
    ToggleFullScreen,
    WindowChanged,
    WindowClosed,
    WindowDescribed,
    WindowOpened,
    WindowPlaced,
    WindowResized,
)

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
    "FigureEdited",
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
    "WindowDescribed",
    "WindowOpened",
    "WindowPlaced",
    "WindowResized",
]
