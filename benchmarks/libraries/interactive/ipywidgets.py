"""A slider moved from a subshell's thread, while a cell runs, changes the picture."""

import time
from typing import Any

from user import LIMIT, User

LIBRARY = "ipywidgets"
FIGURE = "Figure 1"


def work(user: User) -> dict[str, Any]:
    """Move it during a cell of two seconds."""
    user.run("""
import time, threading
import numpy as np
from ipywidgets import FloatSlider
figure, axes = plt.subplots()
x = np.linspace(0, 6, 50)
(line,) = axes.plot(x, np.sin(x))
threads, finished = [], False
def update(change):
    threads.append(threading.current_thread() is threading.main_thread())
    line.set_ydata(np.sin(change["new"] * x))
    axes.set_title(f"tau = {change['new']:.1f}")
slider = FloatSlider(value=1.0, min=0.5, max=3.0)
slider.observe(update, "value")
""")
    window = user.window(FIGURE)
    subshell, comm = _subshell(user), user.value("slider.comm.comm_id")
    # From here on the kernel takes the slider's messages in that shell.
    _send(user, subshell, "execute_request", _code("slider.description = 'tau'"))
    user.until("slider.description == 'tau'")
    before = user.screen.grab(window).tobytes()
    request = user.kernel.start("""
end = time.monotonic() + 4
while time.monotonic() < end and not threads:
    time.sleep(0.01)
heard = bool(threads)
while time.monotonic() < end:
    time.sleep(0.01)
""")
    _move(user, comm, subshell, 2.0)
    changed = _changes(user, before, 3.5)
    user.kernel.wait(request)
    user.rest()
    changed_at_last = changed or _changes(user, before, LIMIT)
    return {
        "heard while a cell ran": user.value("heard"),
        "on the main thread": user.value("threads"),
        "curve": user.value("round(float(line.get_ydata()[10]), 3)"),
        "picture at last": changed_at_last,
        **({} if user.backend == "qt" else {"picture while a cell ran": changed}),
    }


def _subshell(user: User) -> str:
    client = user.kernel.client
    message = client.session.msg("create_subshell_request", {})
    client.control_channel.send(message)
    while True:
        reply = client.get_control_msg(timeout=LIMIT)
        if reply["msg_type"] == "create_subshell_reply":
            return str(reply["content"]["subshell_id"])


def _code(text: str) -> dict[str, Any]:
    options = {"silent": True, "store_history": False, "allow_stdin": False}
    return {"code": text, "user_expressions": {}, **options}


def _move(user: User, comm: str, subshell: str, value: float) -> None:
    data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
    _send(user, subshell, "comm_msg", {"comm_id": comm, "data": data})


def _send(user: User, subshell: str, kind: str, content: dict[str, Any]) -> None:
    client = user.kernel.client
    message = client.session.msg(kind, content)
    message["header"]["subshell_id"] = subshell
    client.shell_channel.send(message)


def _changes(user: User, before: bytes, limit: float) -> bool:
    window = user.window(FIGURE)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if user.screen.grab(window).tobytes() != before:
            return True
        time.sleep(0.05)
    return False
