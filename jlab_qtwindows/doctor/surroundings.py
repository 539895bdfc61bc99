"""The environment variables that the programs of the doctor get."""

from __future__ import annotations

import os

from jlab_qtwindows.host.display import choose_platform
from jlab_qtwindows.protocol.connection import CONNECTION_VARIABLE

__all__ = ["for_kernels", "for_new_host"]

# What a kernel or a server around has set for itself. The geometry file is left alone
# too: a test window must not be what the person's next one takes its place from.
_FOREIGN = ("JPY_", "MPLBACKEND", CONNECTION_VARIABLE)


def for_new_host() -> dict[str, str]:
    """Return an environment in which a program starts a window host of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    return {**environment, "JLAB_QTWINDOWS_GEOMETRY": ""}


def for_kernels() -> dict[str, str]:
    """Return the environment for kernels, with a platform on which Qt does not abort.

    The faults of cell running do not depend on what the windows are painted.
    """
    environment = for_new_host()
    platform, _ = choose_platform(environment, None)
    if platform is not None:
        # Their Qt may be another one than ours, and lack the plugin.
        environment["QT_QPA_PLATFORM"] = f"{platform};offscreen"
    return environment
