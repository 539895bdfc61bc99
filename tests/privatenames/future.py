"""Works with a version of a package in which one private name is gone; a process.

Its arguments are the class or module and the name; it prints how a figure travels.
"""

from __future__ import annotations

import sys

from renaming import rename

from jlab_qtwindows.protocol.privatenames import HOST, KERNEL, lacking

if __name__ == "__main__":
    owner, name = sys.argv[1:]
    is_module = owner in ("matplotlib", "matplotlib.dates", "matplotlib.backend_tools")
    rename(owner.partition(".")[0], name.rpartition(".")[2], of_module=is_module)
    from figurework import all_of_it

    entries = [e for e in (*KERNEL, *HOST) if e.owner == owner]
    assert name in {missing for _, missing in lacking(entries)}, "the name is not gone"
    sys.stdout.write(f"{all_of_it()}\n")
