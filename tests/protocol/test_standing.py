"""A window stands as its status bar, the kernel's table and the panel say alike.

The cases are those of the panel's own test, which has its words in TypeScript.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from jlab_qtwindows.host.window.statusline import state_words
from jlab_qtwindows.kernel.windowinfo import WindowInfo

PANEL = Path(__file__).parents[2] / "labextension" / "src" / "__tests__"
CASES = json.loads((PANEL / "states.json").read_text("utf-8"))

ORDINARY = dict.fromkeys(("reason", "note"), "") | {
    "state": "idle",
    "kernel": "running",
    "transfer": "mirror",
    "fps": 0.0,
    "behind": False,
    "frozen": False,
    "waiting": 0,
}
SEEN = WindowInfo("w1", 1, "loss", "mirror", "", 1, 0.0, 0, 0.01, None, None)


@pytest.mark.parametrize(("words", "changes"), CASES)
def test_a_status_bar_has_the_words_of_the_panel(words, changes):
    # Nobody sees the status bar of a window that is minimized.
    assert state_words({**ORDINARY, **changes}) == words.removesuffix(" · minimized")


@pytest.mark.parametrize(
    ("words", "changes"),
    [(words, changes) for words, changes in CASES if "kernel" not in changes],
)
def test_the_kernels_table_has_the_words_of_the_panel(words, changes):
    state = changes.get("state")
    window = dataclasses.replace(
        SEEN,
        live=state == "live",
        failed=state == "failed",
        **{name: value for name, value in changes.items() if name != "state"},
    )

    # It has a column of its own for the frames in a second.
    assert window.state == " · ".join(w for w in words.split(" · ") if w[-2:] != "/s")
