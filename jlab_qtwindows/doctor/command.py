"""The command `jlab-qtwindows`, and `python -m jlab_qtwindows.doctor`.

Main thread of the doctor's process.
"""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

import jlab_qtwindows

from .examination import Wishes, examine
from .progress import JsonLines, Nobody, Printed

if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

    from .progress import Listener

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
        "--json-lines",
        action="store_true",
        help="print JSON lines: what is looked at, each finding, at last the report",
    )
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
    parser.add_argument(
        "--gui-loop",
        action="append",
        default=[],
        metavar="NAME",
        help="warn of what goes wrong with %%matplotlib qt, %%gui and the like in this "
        "kernel, where they are used; may be given several times",
    )


def _run(options: argparse.Namespace) -> int:
    # By default a SIGTERM would end this process at once, and leave its kernels behind.
    signal.signal(signal.SIGTERM, _leave)
    listener: Listener = Printed()
    if options.json_lines:
        listener = JsonLines()
    elif options.json:
        listener = Nobody()
    wishes = Wishes(
        tuple(options.kernel), options.quick, gui_loops=tuple(options.gui_loop)
    )
    report = None
    try:
        report = examine(wishes, listener)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        listener.end(report)
    return 1 if report.faults else 0


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
