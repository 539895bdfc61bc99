"""Composition of the host process: application, channel, windows, life-line.

GUI thread.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import platform
import signal
import sys
import uuid
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import zmq

from jlab_qtwindows.protocol.environment.display import (
    choose_platform,
    is_unseen,
    unseen_words,
)
from jlab_qtwindows.protocol.meeting.launch import EXIT_ENDPOINT_TAKEN
from jlab_qtwindows.protocol.messages import Welcome

from .desktop.geometryfile import GeometryFile
from .figure import texts, ticks
from .process.lifeline import watch_lifeline
from .qt import BINDING, QtCore, QtGui, QtWidgets, Signal, plugin_folder
from .window.windows import Windows
from .wire.channel import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo

__all__ = ["run"]

logger = logging.getLogger(__name__)


def run(info: ConnectionInfo, connection_file: Path, *, lifeline: bool) -> int:
    """Serve windows until the parent ends or asks for it; return the exit code."""
    note = _prepare_platform()
    with _sole_host(connection_file) as alone:
        if not alone:
            return EXIT_ENDPOINT_TAKEN
        application = _application()
        application.setApplicationDisplayName("")
        application.setQuitOnLastWindowClosed(False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the notebook's, not ours
        # Nothing that a figure brings along may open a window of its own.
        mpl.use("agg")
        # Of the user's own matplotlibrc only the looks are for a window of ours.
        mpl.rcParams["toolbar"] = "toolbar2"
        mpl.interactive(False)
        ticks.install()
        texts.install()
        # PyQt ends the process at an exception that leaves a method called by Qt.
        sys.excepthook = lambda *error: logger.error("unhandled", exc_info=error)
        windows = Windows(application.quit, GeometryFile.of(os.environ))
        try:
            welcome = _welcome(application, note)
            channel = Channel(info, welcome, windows.arrived.emit)
        except zmq.ZMQError as error:
            sys.stderr.write(f"{info.endpoint}: {error}\n")
            return EXIT_ENDPOINT_TAKEN
        # What is loaded by now stays: collections need not look at it again.
        gc.freeze()
        windows.serve(channel)
        if lifeline:
            quit_later = _Quit()
            quit_later.wanted.connect(
                application.quit, QtCore.Qt.ConnectionType.QueuedConnection
            )
            watch_lifeline(quit_later.wanted.emit)
        code = int(application.exec())
        windows.close_all()
        channel.stop()
        return code


def _application() -> QtWidgets.QApplication:
    """Return the application, scaled by each screen as Matplotlib's own would be."""
    attributes = getattr(QtCore.Qt, "ApplicationAttribute", QtCore.Qt)
    if BINDING.startswith("PyQt5"):  # always so in Qt 6
        for name in ("AA_EnableHighDpiScaling", "AA_UseHighDpiPixmaps"):
            QtCore.QCoreApplication.setAttribute(getattr(attributes, name))
    policies = QtCore.Qt.HighDpiScaleFactorRoundingPolicy
    QtGui.QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        policies.PassThrough if _has_fractions() else policies.RoundPreferFloor
    )
    return QtWidgets.QApplication(["jlab-qtwindows"])


def _has_fractions() -> bool:
    """Return whether a scale like 1.5 is one that somebody has chosen.

    With X11 and offscreen Qt makes it of the size in mm that the screen claims to have:
    1.04 where nobody has asked for any.
    """
    if sys.platform != "linux":
        return True
    return os.environ.get("QT_QPA_PLATFORM", "").startswith("wayland")


class _Quit(QtCore.QObject):
    """Carries the wish to quit onto the GUI thread."""

    wanted = Signal()


def _prepare_platform() -> str:
    """Choose Qt's platform for this process; return a note for the user."""
    name, note = choose_platform(
        os.environ, plugin_folder(), qt5=BINDING.startswith(("PyQt5", "PySide2"))
    )
    if name is not None:
        os.environ["QT_QPA_PLATFORM"] = name
    return note


def _welcome(application: QtWidgets.QApplication, note: str) -> Welcome:
    # By what Qt has taken: of several that a user names it is the first that works.
    hidden = is_unseen(application.platformName())
    if hidden and not note:
        note = unseen_words(os.environ.get("QT_QPA_PLATFORM", ""))
    return Welcome(
        host_id=uuid.uuid4().hex,
        pid=os.getpid(),
        python=platform.python_version(),
        matplotlib=mpl.__version__,
        numpy=np.__version__,
        binding=BINDING,
        platform=application.platformName(),
        note=note,
        hidden=hidden,
    )


@contextlib.contextmanager
def _sole_host(connection_file: Path) -> Iterator[bool]:
    """Hold the lock of this connection file; yields whether it is ours.

    A second `bind` on an ipc path silently steals it from the first.
    """
    if sys.platform == "win32":
        yield True  # tcp there: the second bind fails by itself
        return
    import fcntl

    fd = os.open(connection_file.with_name("host.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(fd)
