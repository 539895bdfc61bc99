"""Runs cells in a kernel whose ipykernel or pyzmq lacks a private name; a process.

Its arguments are the class and the name. A GUI loop runs in the kernel, with the guard.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

from renaming import rename

from jlab_qtwindows.protocol.privatenames import KERNEL, lacking


async def run_cells() -> None:
    """Run four cells, the third of which fails, and see the loop go on after them."""
    from lonekernel import Loop, lone_kernel, until

    from jlab_qtwindows.kernel.guard.guardedloop import GuardedLoop
    from jlab_qtwindows.kernel.guard.openrequests import OpenRequests
    from jlab_qtwindows.kernel.input.callbacks import MainQueue
    from jlab_qtwindows.kernel.input.prompts import Prompts

    async with lone_kernel() as peer:
        requests, loop = OpenRequests(peer.kernel), Loop()
        peer.kernel.eventloop = GuardedLoop(loop, requests)
        await until(lambda: loop.entered_after)
        peer.send("a", "b", "fail")
        assert await peer.statuses(3) == ["ok", "ok", "error"]
        await until(lambda: loop.entered_after[-1] == ["a", "b", "fail"])
        queue = MainQueue()
        queue.post(lambda: None)
        Prompts(queue).check()


if __name__ == "__main__":
    owner, name = sys.argv[1:]
    rename(owner.partition(".")[0], name, of_module=False)
    logging.disable()  # the guard says that it is off
    sys.path.append(str(Path(__file__).resolve().parents[1] / "kernel" / "guard"))
    entries = [entry for entry in KERNEL if entry.owner == owner]
    assert name in {missing for _, missing in lacking(entries)}, "the name is not gone"
    asyncio.run(run_cells())
