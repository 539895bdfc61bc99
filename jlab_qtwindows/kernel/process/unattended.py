"""Cells that nobody watches: `jupyter nbconvert --execute`, papermill and the like.

Any thread.
"""

from __future__ import annotations

import os

from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    KEEP_PICTURES_VARIABLE,
)

from .identity import ipython

__all__ = ["is_unattended", "shows_no_windows"]


def is_unattended() -> bool:
    """Return whether the front end of the running cell can ask nobody anything.

    So says nbclient, by which all those programs run cells, with every request;
    JupyterLab, consoles and editors can ask for a line of input. Where the environment
    wants no pictures to be kept, no cell counts as one.
    """
    kernel = getattr(ipython(), "kernel", None)
    if kernel is None or os.environ.get(KEEP_PICTURES_VARIABLE) == "0":
        return False
    try:
        content = kernel.get_parent("shell").get("content") or {}
        return content.get("allow_stdin") is False
    except Exception:  # a kernel of another make
        return False


def shows_no_windows() -> bool:
    """Return whether no window is worth opening: nobody watches, and no server shows.

    A kernel of a server's notebook has a user, whoever runs its first cell. One that
    nbclient starts in a terminal of the server has only the server's environment.
    """
    of_notebook = CONNECTION_VARIABLE in os.environ and "JPY_SESSION_NAME" in os.environ
    return is_unattended() and not of_notebook
