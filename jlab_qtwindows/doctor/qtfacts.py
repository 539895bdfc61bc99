"""`python -m jlab_qtwindows.doctor.qtfacts`: the Qt that a window host here would use.

Run by the doctor in a process of its own. Makes no application, so that nothing can
abort for want of a display.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from jlab_qtwindows.host.process.binding import settle_binding
from jlab_qtwindows.host.process.bindingfault import binding_fault

__all__ = ["main"]


def main() -> int:
    """Print the binding and its folder of plugins as JSON, or why there is none."""
    try:
        settle_binding()
        from jlab_qtwindows.host.qt import BINDING, plugin_folder

        answer: dict[str, Any] = {"binding": BINDING, "plugins": str(plugin_folder())}
    except ImportError as error:
        answer = {"fault": asdict(binding_fault(error))}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
