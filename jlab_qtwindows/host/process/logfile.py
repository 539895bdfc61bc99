"""The file that this process's output goes to stays small. GUI thread.

A figure may print or warn at each drawing, for days; Qt and libraries write to the same
file. Whoever has started the host has opened it for appending.
"""

from __future__ import annotations

import logging
import os
import stat

__all__ = ["keep_small"]

logger = logging.getLogger(__name__)

MOST_BYTES = 5_000_000
_STDERR = 2  # standard output goes to the same file


def keep_small() -> None:
    """Empty the file once it has become large; cheap, for each message that arrives."""
    try:
        status = os.fstat(_STDERR)
        if not stat.S_ISREG(status.st_mode) or status.st_size <= MOST_BYTES:
            return
        os.ftruncate(_STDERR, 0)
    except OSError:  # closed, or not ours to shorten
        return
    logger.warning(
        "this file has become larger than %d bytes, and begins anew", MOST_BYTES
    )
