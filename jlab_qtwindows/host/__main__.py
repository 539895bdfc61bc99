"""`python -m jlab_qtwindows.host`: the window host process.

Started by the server or by a kernel; people rarely call it. GUI thread.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from pathlib import Path

from jlab_qtwindows.protocol.errors import ConnectionFileError
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    read_connection_file,
)
from jlab_qtwindows.protocol.meeting.launch import (
    EXIT_BAD_CONNECTION,
    EXIT_NO_QT,
    NO_QT,
)

from .process.binding import settle_binding
from .process.bindingfault import binding_fault


def main(arguments: list[str] | None = None) -> int:
    """Run the host; the exit codes are those of `protocol.meeting.launch`."""
    parser = argparse.ArgumentParser(prog="jlab_qtwindows.host", description=__doc__)
    parser.add_argument(
        "--connection-file",
        type=Path,
        default=os.environ.get(CONNECTION_VARIABLE) or None,
        help=f"path of the connection file (default: ${CONNECTION_VARIABLE})",
    )
    parser.add_argument(
        "--no-lifeline",
        action="store_true",
        help="do not end with the standard input",
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s: %(message)s")
    if options.connection_file is None:
        parser.error("no connection file; start JupyterLab, which makes one")
    try:
        info = read_connection_file(options.connection_file)
    except ConnectionFileError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_BAD_CONNECTION
    try:
        settle_binding()
        # The only import that needs Qt.
        app = importlib.import_module("jlab_qtwindows.host.app")
    except ImportError as error:
        if "jlab_qtwindows" in (error.name or ""):
            raise
        sys.stderr.write(f"{NO_QT}{binding_fault(error)}\n")
        return EXIT_NO_QT
    return int(app.run(info, options.connection_file, lifeline=not options.no_lifeline))


if __name__ == "__main__":
    sys.exit(main())
