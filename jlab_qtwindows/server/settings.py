"""What a user may configure, as `c.QtWindows.*`.

On the server's main thread, before its event loop runs.
"""

from __future__ import annotations

from traitlets import Bool, Enum, Float, Int
from traitlets.config import Configurable

__all__ = ["QtWindows"]


class QtWindows(Configurable):
    """Settings of the native Matplotlib windows."""

    start = Enum(
        ["eager", "on_demand"],
        default_value="on_demand",
        help="""When the window process is started: with the server ("eager"), or when
        the first kernel loads the backend ("on_demand").""",
    ).tag(config=True)

    keep_pictures = Bool(
        False,
        help="""Whether a picture of each figure is kept in the notebook, below the cell
        that has changed it. Where nobody watches (`jupyter nbconvert --execute`) it is
        kept anyway.""",
    ).tag(config=True)

    restart_limit = Int(
        3,
        min=1,
        help="""How many times the window process may end by itself within
        `restart_window` before it is given up.""",
    ).tag(config=True)

    restart_window = Float(
        300.0, min=0.0, help="Seconds after which an end of that process is forgotten."
    ).tag(config=True)

    start_timeout = Float(
        30.0, min=0.1, help="Seconds a new window process has to answer."
    ).tag(config=True)

    transport = Enum(
        ["auto", "ipc", "tcp"],
        default_value="auto",
        help="""How the processes talk: over sockets in a private directory ("ipc"), or
        encrypted over the loopback interface ("tcp"). "auto" takes ipc where the system
        has it.""",
    ).tag(config=True)
