"""The environment variables that the programs of the doctor get.

Any thread of the doctor's process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.environment.display import choose_platform
from jlab_qtwindows.protocol.meeting.connection import CONNECTION_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["for_kernels", "for_new_host"]

# What a kernel or a server around has set for itself. The geometry file is left alone
# too: a test window must not be what the user's next one takes its place from.
_FOREIGN = ("JPY_", "MPLBACKEND", CONNECTION_VARIABLE)


def for_new_host() -> dict[str, str]:
    """Return an environment in which a program starts a window host of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    return {**environment, "JLAB_QTWINDOWS_GEOMETRY": ""}


def for_kernels(own: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a kernel whose kernelspec sets `own` variables.

    Without a display Qt would abort; the faults of cell running do not depend on where
    windows are painted. With one it is left alone: a Qt that aborts there is a finding.
    """
    environment = for_new_host()
    platform, _ = choose_platform({**environment, **own}, None)
    if platform == "offscreen":
        environment["QT_QPA_PLATFORM"] = platform
    return environment
