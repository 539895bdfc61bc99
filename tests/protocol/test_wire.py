"""Messages become frames and frames become messages, or are refused."""

from __future__ import annotations

import json

import pytest

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.errors import MalformedMessage
from jlab_qtwindows.protocol.wire import MAX_HEADER_BYTES, decode, encode

WINDOW = {"id": "w1", "title": "Figure 1", "cell_id": None, "fps": 12.5}

EXAMPLES = [
    messages.Hello("secret", "kernel", kernel_id="k", notebook="Größe.ipynb", pid=7),
    messages.Welcome("h", 1, "3.11.7", "3.11.2", "2.4.6", "PyQt5 5.15", "xcb"),
    messages.Refused("its token is wrong"),
    messages.OpenFigure("w", 3, "Figure 3", 640, 480, 1.5),
    messages.OpenFigure("w", None, "no number", 640, 480, 1.5),
    messages.UpdateFigure("w", 9, "mirror", "mirror", cell_id="c", overhead=0.01),
    messages.SetTitle("w", "a\tb \u202e ☃"),
    messages.ResizeWindow("w", 10, 20),
    messages.RaiseWindow("w"),
    messages.ToggleFullScreen("w1"),
    messages.ControlWindow("w", "move", [10, -20]),
    messages.SetWindowIcon("w", "iVBORw0KGgo="),
    messages.ShowStatus("w", "scan 3", 2000),
    messages.ShowBars("w", True, False),
    messages.SetButtons("w", [{"id": 3, "text": "Mark", "enabled": True}]),
    messages.WantEvents("w", ["key_press_event", "scroll_event"]),
    messages.UseKeymap("w", {"keymap.quit": ["q", "ctrl+w"], "keymap.save": []}),
    messages.LockCanvas("w", True),
    messages.InputHandled("w", 7),
    messages.CloseWindow("w"),
    messages.UseTool("w", "home"),
    messages.SetToolbarMode("w", "zoom rect"),
    messages.SetHistoryButtons("w", True, False),
    messages.ShowRubberBand("w", [0.25, 0.5, 0.75, 1.0]),
    messages.FigureBehind("w"),
    messages.ShowCursor("w", "SELECT_REGION"),
    messages.ShowCoordinates("w", "x=1 y=2\n[3]"),
    messages.UpdateTaken("w", 9),
    messages.FigureShown("w", 9, 0.017, 29.9),
    messages.FigureRejected("w", 9, "load", "no module named x"),
    messages.SendFull("w"),
    messages.InputEvent("w", "motion_notify_event", 0.25, 1.5, 1, [1, 3], None, []),
    messages.InputEvent("w", "key_press_event", 0.5, 0.5, key="ctrl+ä", serial=7),
    messages.WindowResized("w", 500, 400),
    messages.WindowPlaced(
        "w",
        3,
        [1, 2, 3, 4],
        [0, 0, 5, 6],
        [0, 0, 9, 9],
        [0, 1, 9, 8],
        2,
        1,
        True,
        False,
    ),
    messages.ButtonPressed("w", 3, True),
    messages.FigureEdited("w", 3, [["axes/0", "xlim", [0.0, 1.5, False]]]),
    messages.ToolUsed("w", "pan"),
    messages.AskCoordinates("w", 3, 1, 0.5, 2.5),
    messages.CoordinatesWritten("w", 3, "x=½"),
    messages.ToolModeChanged("w", "pan/zoom"),
    messages.WindowClosed("w"),
    messages.WindowDescribed("w", True, 3, "drawing takes 2.0 s"),
    messages.WindowOpened(WINDOW),
    messages.WindowChanged(WINDOW),
    messages.ListWindows("r1"),
    messages.GetThumbnail("r1", "w", 200),
    messages.ExportImage("r1", "w", "svg", 300.0),
    messages.ExportImage("r1", "w", "png"),
    messages.Reply("r1", "failed", "it cannot be drawn", {"windows": [WINDOW]}),
    messages.KernelGone("k"),
    messages.NameKernel("k", "/home/u/ä.ipynb", "/home/u/b.ipynb"),
    messages.Shutdown(),
]


def header(**fields):
    return json.dumps(fields).encode()


def test_examples_cover_every_message_type():
    assert {type(example) for example in EXAMPLES} == set(
        messages.MESSAGE_TYPES.values()
    )


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda m: m.type)
def test_a_message_comes_back_as_it_was_sent(message):
    frames = encode(message, b"one", b"")

    decoded, parts = decode(frames)

    assert decoded == message
    assert type(decoded) is type(message)
    assert parts == [b"one", b""]


def test_parts_are_not_copied():
    pixels = memoryview(bytearray(100))

    _, part = encode(messages.RaiseWindow("w"), pixels)

    assert part is pixels


def test_the_header_may_be_any_buffer():
    (head,) = encode(messages.RaiseWindow("w"))

    message, parts = decode([memoryview(head)])

    assert message == messages.RaiseWindow("w")
    assert parts == []


def test_unknown_fields_are_ignored():
    frame = header(type="RaiseWindow", window_id="w", since_version=2)

    message, _ = decode([frame])

    assert message == messages.RaiseWindow("w")


def test_a_whole_number_is_a_float_too():
    frame = header(
        type="FigureShown", window_id="w", revision=1, draw_seconds=1, fps=30
    )

    message, _ = decode([frame])

    assert message == messages.FigureShown("w", 1, 1, 30)


MALFORMED = {
    "nothing": [],
    "empty": [b""],
    "no JSON": [b"garbage"],
    "half a JSON": [b'{"type":'],
    "no UTF-8": [b'{"type":"\xff"}'],
    "a list": [b'["RaiseWindow"]'],
    "a text": [b'"RaiseWindow"'],
    "null": [b"null"],
    "no type": [header(window_id="w")],
    "unknown type": [header(type="Explode", window_id="w")],
    "type is a number": [header(type=1)],
    "type is a list": [header(type=["RaiseWindow"])],
    "type is the base class": [header(type="Message")],
    "missing field": [header(type="RaiseWindow")],
    "number for text": [header(type="RaiseWindow", window_id=1)],
    "null for text": [header(type="RaiseWindow", window_id=None)],
    "list for text": [header(type="RaiseWindow", window_id=["w"])],
    "text for number": [
        header(type="ResizeWindow", window_id="w", width="1", height=1)
    ],
    "float for int": [header(type="ResizeWindow", window_id="w", width=1.5, height=1)],
    "bool for int": [header(type="ResizeWindow", window_id="w", width=True, height=1)],
    "bool for float": [
        header(
            type="ExportImage", request_id="r", window_id="w", format="png", dpi=True
        )
    ],
    "text for optional int": [
        header(
            type="OpenFigure",
            window_id="w",
            num="3",
            title="t",
            width=1,
            height=1,
            created=0.0,
        )
    ],
    "a number among texts": [
        header(type="WantEvents", window_id="w", kinds=["key_press_event", 3])
    ],
    "bool among numbers": [
        header(type="ControlWindow", window_id="w", method="move", arguments=[1, True])
    ],
    "text among objects": [header(type="SetButtons", window_id="w", buttons=["b"])],
    "text for a list of texts": [
        header(type="UseKeymap", window_id="w", keymap={"keymap.home": "h"})
    ],
    "a number in a list of lists of texts": [
        header(type="UseKeymap", window_id="w", keymap={"keymap.home": ["h", 1]})
    ],
    "object for a list": [
        header(type="FigureEdited", window_id="w", serial=1, edits=[{"path": "x"}])
    ],
    "list for object": [header(type="WindowOpened", window=[])],
    "header too large": [
        header(type="SetTitle", window_id="w", title="x" * MAX_HEADER_BYTES)
    ],
    "nested without end": [
        b'{"type":"WindowOpened","window":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    ],
    "number without end": [b'{"type":"RaiseWindow","window_id":' + b"9" * 5000 + b"}"],
}


@pytest.mark.parametrize("frames", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_message_is_refused(frames):
    with pytest.raises(MalformedMessage):
        decode(frames)


def test_the_refusal_does_not_repeat_a_long_type():
    with pytest.raises(MalformedMessage) as caught:
        decode([header(type="x" * 10_000)])

    assert len(str(caught.value)) < 200


def test_messages_are_equal_if_type_and_fields_are():
    assert messages.RaiseWindow("w") == messages.RaiseWindow("w")
    assert messages.RaiseWindow("w") != messages.RaiseWindow("w", keyboard=False)
    assert messages.CloseWindow("w") != messages.ToggleFullScreen("w")
    assert repr(messages.CloseWindow("w")) == "CloseWindow(window_id='w')"
