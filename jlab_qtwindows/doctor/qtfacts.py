"""`python -m jlab_qtwindows.doctor.qtfacts`: the Qt that a window host here would use.

Run by the doctor in a process of its own. Makes no application, so that nothing can
abort for want of a display.
"""

from __future__ import annotations

import json
import sys

from jlab_qtwindows.host.binding import settle_binding


def main() -> int:
    """Print the binding and its folder of plugins as JSON."""
    settle_binding()
    from jlab_qtwindows.host.qt import BINDING, plugin_folder

    sys.stdout.write(json.dumps({"binding": BINDING, "plugins": str(plugin_folder())}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
