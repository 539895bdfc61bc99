"""What the user should know, said once and never as an error; any thread."""

from __future__ import annotations

import logging
import sys
import warnings

from jlab_qtwindows.protocol.errors import QtWindowsWarning

__all__ = ["admit", "say_once"]

logger = logging.getLogger(__name__)

_MOST = 100  # texts, of a loop that makes up new ones
_said: set[str] = set()


def say_once(text: str) -> None:
    """Warn of something that goes another way than the program wanted."""
    if not _is_new(text):
        return
    try:
        warnings.warn_explicit(
            QtWindowsWarning(text), QtWindowsWarning, "jlab_qtwindows", 1
        )
    except QtWindowsWarning:  # where warnings are errors: the program goes on
        logger.warning(text)


def admit(what: str, then: str) -> None:
    """Say of the error that is being handled, a fault of ours, what goes on and how.

    Once. A traceback of our code means nothing to the user of a notebook, where it
    would be shown: it goes to whoever listens at debug level.
    """
    error = sys.exc_info()[1]
    text = (
        f"{what} ({error!r}), by a fault of jlab_qtwindows. {then}; "
        'logging.getLogger("jlab_qtwindows") has the traceback, at level DEBUG'
    )
    if _is_new(text):
        logger.error("%s", text)
    logger.debug("%s", what, exc_info=error)


def _is_new(text: str) -> bool:
    if text in _said or len(_said) >= _MOST:
        return False
    _said.add(text)
    return True
