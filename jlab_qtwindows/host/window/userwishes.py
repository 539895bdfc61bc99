"""What the user asks of one window itself: hold, follow, freeze, copy. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

from jlab_qtwindows.host.tools.buttons import ViewButtons

from .pictures import copy_to_clipboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.backend_bases import KeyEvent

    from jlab_qtwindows.host.tools.inputs import Inputs
    from jlab_qtwindows.host.tools.toolbar import HostToolbar

    from .canvas import MirrorCanvas
    from .statusline import StatusLine

__all__ = ["UserWishes"]


class UserWishes:
    """The buttons for them, and the key that copies."""

    def __init__(
        self,
        canvas: MirrorCanvas,
        toolbar: HostToolbar,
        inputs: Inputs,
        status: StatusLine,
        on_freeze: Callable[[bool], None],
    ) -> None:
        self._canvas = canvas
        self._toolbar = toolbar
        self._inputs = inputs
        self._status = status
        canvas.keep_connected("key_press_event", self._on_key)
        self.buttons = ViewButtons(
            toolbar,
            on_hold=canvas.hold_view,
            on_follow=self._follow,
            on_freeze=on_freeze,
        )
        toolbar.turning.connect(self.buttons.show_frames)

    def _follow(self) -> None:
        self.buttons.release()
        self._toolbar.home()

    def _on_key(self, event: KeyEvent) -> None:
        self._inputs.when_known(lambda known: self._copy_if_asked(event.key))

    def _copy_if_asked(self, key: str | None) -> bool:
        self._canvas.use_keymap()
        if key in mpl.rcParams["keymap.copy"]:
            width, height = copy_to_clipboard(self._canvas)
            self._status.show_notice(f"picture copied, {width} x {height} px")
        return True
