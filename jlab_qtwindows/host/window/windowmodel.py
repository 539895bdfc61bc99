"""The model of one window: what server and panel know of it. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.model import WindowModel, clip

from .drawing import SLOW

if TYPE_CHECKING:
    from .window import HostWindow

__all__ = ["model_of"]


def model_of(window: HostWindow) -> WindowModel:
    """Return the JSON dict that stands for this window."""
    canvas, content, owner = window.canvas, window.content, window.owner
    last, size = content.last, canvas.size()
    return WindowModel(
        id=owner.window_id,
        kernel_id=owner.peer.kernel_id,
        notebook=owner.peer.notebook,
        cell_id=last.cell_id if last else None,
        figure_num=window.num,
        title=window.title,
        state=_state(window),
        kernel=owner.state,
        transfer=last.transfer if last else "mirror",
        reason=clip(canvas.draw_error or (last.reason if last else "")),
        note=clip(_note(window)),
        revision=content.revision,
        fps=round(window.liveness.fps(), 1),
        dropped=last.dropped if last else 0,
        overhead=last.overhead if last else 0.0,
        width=size.width(),
        height=size.height(),
        minimized=window.window.isMinimized(),
        active=window.window.isActiveWindow(),
        created=window.created,
        behind=content.behind,
        frozen=content.freeze.frozen,
        waiting=content.freeze.waiting,
    )


def _state(window: HostWindow) -> str:
    if window.canvas.draw_error:
        return "failed"
    if not window.owner.attached:
        return "detached"
    if window.content.freeze.frozen:
        return "idle"
    return "live" if window.liveness.is_live() else "idle"


def _note(window: HostWindow) -> str:
    canvas = window.canvas
    slow = _slow_words(canvas.draw_seconds)
    return " · ".join(filter(None, (slow, window.size_note, canvas.style_in_use.note)))


def _slow_words(seconds: float) -> str:
    return f"drawing takes {seconds:.1f} s" if seconds > SLOW else ""
