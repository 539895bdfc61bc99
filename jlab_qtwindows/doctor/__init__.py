"""Check this kernel's environment, this machine, and the installed kernels.

    import jlab_qtwindows as qtw

    qtw.doctor()                  all of it, half a minute for three kernels
    qtw.doctor(quick=True)        without running many cells in kernels with a GUI loop
    qtw.doctor(kernel="python3")  one kernel in place of all

Says what does not work and what to do about it, as soon as it is found; may be
interrupted. The value shows itself as a table; its `lines`, `faults` and `warnings` are
for programs. In a terminal: `jlab-qtwindows doctor`.
"""

# Above all other packages. Runs in a process of its own, which `command` begins,
# whether a user, a cell or the server has asked for it. It needs the standard library
# only: whatever else is missing is a finding.
#
# In a cell the doctor is called as `qtw.doctor()`, and a package of this name is what
# that attribute is once any part of it has been imported; so the package can be called,
# and its text above is what `help(qtw.doctor)` shows a user.

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .report import Report


class _Doctor(ModuleType):
    def __call__(self, *, kernel: str | None = None, quick: bool = False) -> Report:
        from .cell import doctor

        return doctor(kernel=kernel, quick=quick)


sys.modules[__name__].__class__ = _Doctor
