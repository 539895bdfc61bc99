"""The command `jlab-qtwindows`, and `python -m jlab_qtwindows.doctor`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING

import jlab_qtwindows

from .examination import Wishes, examine

if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

__all__ = ["doctor", "main"]

_ABOUT = "Check this installation and this machine; say what to do about what is wrong."


def main(arguments: list[str] | None = None) -> int:
    """Run `jlab-qtwindows COMMAND`; return the exit code, 1 where there is a fault."""
    parser = argparse.ArgumentParser(
        prog="jlab-qtwindows",
        description="Native Matplotlib windows for JupyterLab.",
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {jlab_qtwindows.__version__}"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_options(commands.add_parser("doctor", help=_ABOUT, description=_ABOUT))
    return _run(parser.parse_args(arguments))


def doctor(arguments: list[str] | None = None) -> int:
    """Run `python -m jlab_qtwindows.doctor`, the same without the name of a command."""
    parser = argparse.ArgumentParser(
        prog="python -m jlab_qtwindows.doctor", description=_ABOUT
    )
    _add_options(parser)
    return _run(parser.parse_args(arguments))


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")
    parser.add_argument(
        "--kernel",
        action="append",
        default=[],
        metavar="NAME",
        help="look at this kernel only; may be given several times",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="leave out what takes longest: many cells in a kernel with a GUI loop",
    )


def _run(options: argparse.Namespace) -> int:
    # By default a SIGTERM would end this process at once, and leave its kernels behind.
    signal.signal(signal.SIGTERM, _leave)
    progress = _Progress()
    try:
        report = examine(Wishes(tuple(options.kernel), options.quick), progress.tell)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        progress.clear()
    if options.json:
        text = report.to_json()
    else:
        terminal = sys.stdout.isatty()
        text = report.to_text(
            width=shutil.get_terminal_size().columns if terminal else 0,
            colours=terminal and "NO_COLOR" not in os.environ,
        )
    sys.stdout.write(f"{text}\n")
    return 1 if report.faults else 0


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


class _Progress:
    """One line on a terminal that says what is being looked at."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def tell(self, subject: str) -> None:
        self._write(f"\r\x1b[KLooking at: {subject} ...")

    def clear(self) -> None:
        self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(text)
            sys.stderr.flush()
