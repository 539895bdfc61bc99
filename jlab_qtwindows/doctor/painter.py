"""`python -m jlab_qtwindows.doctor.painter`: show one figure, say how that went.

Run by the doctor in a process of its own: an ordinary program with the backend. The
environment decides whose host shows it.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

__all__ = ["main"]

_LIMIT = 75.0  # s, more than the client itself waits for a host
_PAUSE = 0.02  # s
_CLOSE_LIMIT = 10.0  # s
_LINGER = 0.3  # s, for the last message to leave this process


def main() -> int:
    """Print as JSON who has shown the figure after how many seconds, or why nobody."""
    import matplotlib as mpl

    mpl.use("module://jlab_qtwindows.kernel.backend")
    from matplotlib import pyplot as plt

    from jlab_qtwindows.kernel.link.client import get_client

    started = time.monotonic()
    figure, axes = plt.subplots(num="jlab-qtwindows doctor", figsize=(4, 3))
    axes.plot([1, 3, 2])
    plt.show(block=False)
    client = get_client()
    delivery = figure.canvas.followed.delivery  # type: ignore[attr-defined]
    while not (delivery.shown or client.unavailable or delivery.draw_error):
        if time.monotonic() - started > _LIMIT:
            break
        plt.pause(_PAUSE)
    answer: dict[str, Any] = {
        "shown": bool(delivery.shown),
        "seconds": time.monotonic() - started,
        "reason": client.unavailable or delivery.draw_error or "it takes too long",
    }
    welcome = client.welcome
    if welcome is not None:
        answer |= {
            "pid": welcome.pid,
            "binding": welcome.binding,
            "platform": welcome.platform,
            "note": welcome.note,
            "python": welcome.python,
            "matplotlib": welcome.matplotlib,
            "numpy": welcome.numpy,
        }
    plt.close(figure)
    if not client.unavailable:
        closed = time.monotonic()
        # On a busy machine the client's own patience may be too short for it.
        while client.owes_closings and time.monotonic() - closed < _CLOSE_LIMIT:
            time.sleep(_PAUSE)
        time.sleep(_LINGER)
    client.stop()
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
