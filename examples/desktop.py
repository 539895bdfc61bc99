"""A desktop to show windows on: the user's own, or a virtual one.

Used by `make run`, `make demo`, the benchmarks and the tests. The virtual desktop is
Xvfb with the window manager openbox; both end with the `with` block.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image
from Xlib import X, display

START_TIMEOUT = 20.0  # s
STOP_TIMEOUT = 5.0  # s


@dataclass(frozen=True)
class Desktop:
    """An X display; `virtual` says whether it was started for this purpose."""

    name: str
    virtual: bool

    def environment(self) -> dict[str, str]:
        """Return the environment for programs that show windows here."""
        env = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"}
        if self.virtual:
            env.pop("QT_QPA_PLATFORM", None)
        return {**env, "DISPLAY": self.name}

    def grab(self) -> Image.Image:
        """Return what is on the screen."""
        connection = display.Display(self.name)
        try:
            root = connection.screen().root
            size = root.get_geometry()
            raw = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
            return Image.frombytes(
                "RGB", (size.width, size.height), raw.data, "raw", "BGRX"
            )
        finally:
            connection.close()


@contextlib.contextmanager
def own_or_virtual_desktop() -> Iterator[Desktop]:
    """Use the desktop that is there, else start a virtual one and say so."""
    if os.environ.get("DISPLAY"):
        yield Desktop(os.environ["DISPLAY"], virtual=False)
        return
    with virtual_desktop() as desktop:
        print(
            f"No display here: started a virtual one, DISPLAY={desktop.name} "
            "(Xvfb and openbox). Its windows are real but nobody sees them."
        )
        yield desktop


@contextlib.contextmanager
def virtual_desktop(
    size: str = "1600x1000", *, window_manager: bool = True
) -> Iterator[Desktop]:
    """Start Xvfb on a free display, and openbox on it."""
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(x_server("Xvfb", "-screen", "0", f"{size}x24"))
        if window_manager:
            stack.enter_context(openbox(name))
        yield Desktop(name, virtual=True)


@contextlib.contextmanager
def x_server(*command: str) -> Iterator[str]:
    """Run an X server on a free display; yields its name, as DISPLAY has it."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [*command, "-displayfd", str(writer), "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        yield f":{_read_number(reader, command[0])}"
    finally:
        os.close(reader)
        _stop(server)


@contextlib.contextmanager
def openbox(name: str) -> Iterator[None]:
    """Run openbox on a display, once it manages the windows there."""
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"],
        env={**os.environ, "DISPLAY": name},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_window_manager(name)
        yield
    finally:
        _stop(manager)


def _read_number(reader: int, server: str) -> int:
    """Return the display number that an X server writes when it is ready."""
    text = b""
    deadline = time.monotonic() + START_TIMEOUT
    while not text.endswith(b"\n"):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            raise RuntimeError(f"{server} did not start within the time limit")
        chunk = os.read(reader, 16)
        if not chunk:
            raise RuntimeError(f"{server} ended at once; is it installed?")
        text += chunk
    return int(text)


def _wait_for_window_manager(name: str) -> None:
    connection = display.Display(name)
    try:
        root = connection.screen().root
        check = connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
        root.change_attributes(event_mask=X.PropertyChangeMask)
        deadline = time.monotonic() + START_TIMEOUT
        while root.get_full_property(check, X.AnyPropertyType) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise RuntimeError("openbox did not start within the time limit")
            select.select([connection], [], [], left)
            while connection.pending_events():
                connection.next_event()
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
