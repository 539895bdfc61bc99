"""Words beside the icons of some buttons, where a toolbar has room for them.

GUI thread.
"""

from __future__ import annotations

from typing import Any

from jlab_qtwindows.host.qt import QtCore

__all__ = ["Labels"]


class Labels(QtCore.QObject):
    """Shows the texts of these actions while no button of the toolbar has to yield."""

    def __init__(self, toolbar: Any, actions: list[Any]) -> None:
        super().__init__(toolbar)
        self._toolbar = toolbar
        self._actions = actions
        self.shown = False
        self._extra = 0  # px that the words take
        kind = QtCore.QEvent.Type
        # The last two come when buttons come or go, and with another font.
        self._telling = {kind.Resize, kind.Show, kind.LayoutRequest, kind.FontChange}
        self._measure()
        toolbar.installEventFilter(self)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if event.type() in self._telling:
            self._fit()
        return False

    def _fit(self) -> None:
        need = self._need() + (0 if self.shown else self._extra)
        shown = self._toolbar.width() >= need
        if shown != self.shown:
            self._measure()  # a new font may have come before
            self._show(shown)
            # Now: else a picture of words without room could be painted before.
            self._toolbar.layout().activate()

    def _measure(self) -> None:
        """Find what the words take; exactly, or the two states would alternate."""
        shown = self.shown
        self._show(True)
        with_words = self._need()
        self._show(False)
        self._extra = with_words - self._need()
        self._show(shown)

    def _need(self) -> int:
        return int(self._toolbar.sizeHint().width())

    def _show(self, shown: bool) -> None:
        self.shown = shown
        style = QtCore.Qt.ToolButtonStyle
        words = style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly
        for action in self._actions:
            button = self._toolbar.widgetForAction(action)
            if button is not None:
                button.setToolButtonStyle(words)
        self._toolbar.layout().invalidate()
