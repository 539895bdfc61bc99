"""Programs that stand in for the host process, and a client that hears of none."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

from fakehost import TIMEOUT, WELCOME

from jlab_qtwindows.protocol.errors import HandshakeRefused

# Like the real host it leaves when its standard input ends.
GOOD = "import sys; sys.stdin.read()"
BROKEN = "print('libfoo.so is missing'); raise SystemExit(1)"
DEAF = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(int(sys.argv[1]), b"x")
time.sleep(600)
"""
POLITE = """
import os, signal, sys
signal.signal(signal.SIGUSR1, lambda *args: sys.exit(0))
signal.signal(signal.SIGTERM, lambda *args: sys.exit("terminated"))
os.write(int(sys.argv[1]), b"x")
signal.pause()
"""


class FakeClient:
    """Is welcomed at once, unless the test says otherwise."""

    def __init__(self):
        self.refusal = None
        self.silent = False
        self.on_shutdown = None
        self.connects = 0
        self.is_open = False
        self.is_waiting = False

    async def connect(self):
        self.connects += 1
        self.is_open = True
        if self.silent:
            self.is_waiting = True
            try:
                await asyncio.Event().wait()
            finally:
                self.is_waiting = False
        if self.refusal is not None:
            raise HandshakeRefused(self.refusal)
        return WELCOME

    async def shutdown(self):
        if self.on_shutdown is None:
            return False
        self.on_shutdown()
        return True

    async def close(self):
        self.is_open = False


class Launcher:
    """Starts Python programs in place of the host, and remembers them."""

    def __init__(self):
        self.program = GOOD
        self.processes = []
        self._ready, self._say_ready = os.pipe()

    def __call__(self, connection_file, log):
        process = subprocess.Popen(
            [sys.executable, "-c", self.program, str(self._say_ready)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[self._say_ready],
        )
        self.processes.append(process)
        return process

    @property
    def pid(self):
        return self.processes[-1].pid

    async def ready(self):
        """Wait until the program has set its signal handlers."""
        reading = asyncio.to_thread(os.read, self._ready, 1)
        await asyncio.wait_for(reading, TIMEOUT)

    def close(self):
        os.close(self._ready)
        os.close(self._say_ready)
