"""IPython, where it runs: never imported here, only found. Any thread.

Of the standard library only, for the guard, which loads nothing else.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["ipython"]


def ipython() -> Any | None:
    """Return the running IPython shell, or None in a plain script."""
    # Another thread may be importing it: then it is there and has nothing in it yet.
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return get_ipython() if get_ipython is not None else None
