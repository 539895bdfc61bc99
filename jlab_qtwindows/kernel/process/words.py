"""What the user should know, said once and never as an error; any thread."""

from __future__ import annotations

import logging
import warnings

from jlab_qtwindows.protocol.errors import QtWindowsWarning

__all__ = ["say_once"]

logger = logging.getLogger(__name__)

_MOST = 100  # texts, of a loop that makes up new ones
_said: set[str] = set()


def say_once(text: str) -> None:
    """Warn of something that goes another way than the program wanted."""
    if text in _said or len(_said) >= _MOST:
        return
    _said.add(text)
    try:
        warnings.warn_explicit(
            QtWindowsWarning(text), QtWindowsWarning, "jlab_qtwindows", 1
        )
    except QtWindowsWarning:  # where warnings are errors: the program goes on
        logger.warning(text)
