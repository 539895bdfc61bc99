"""A scan of simulated devices is seen while it runs, and is whole at its end."""

from typing import Any

from user import User

LIBRARY = "bluesky"
FIGURE = "Figure 1"
BACKEND = "livewindows"  # its engine starts Qt for any name with these letters in it


def work(user: User) -> dict[str, Any]:
    """Look at the window during the scan."""
    user.run("""
from bluesky import RunEngine
from bluesky.callbacks.mpl_plotting import LivePlot
from bluesky.plans import scan
from bluesky.plan_stubs import sleep
from ophyd.sim import det, motor
import time
figure, axes = plt.subplots()
axes.plot([-3, 3], [0, 1], alpha=0)
engine = RunEngine({})
motor.delay = 0.15
live = LivePlot("det", "motor", ax=axes)
""")
    user.window(FIGURE)
    request = user.kernel.start("engine(scan([det], motor, -3, 3, 15), live)")
    pictures = user.pictures(FIGURE, lambda: _is_over(user, request))
    return {
        "points": user.value("len(axes.lines[-1].get_xdata())"),
        "seen while it ran": "many" if pictures >= 5 else pictures,
        "position": user.value("round(float(motor.position), 3)"),
    }


def _is_over(user: User, request: str) -> bool:
    """Return whether the kernel has answered this cell."""
    client = user.kernel.client
    while client.shell_channel.msg_ready():
        reply = client.get_shell_msg(timeout=1)
        if reply["parent_header"].get("msg_id") == request:
            assert reply["content"]["status"] == "ok", reply["content"]
            return True
    return False
