"""Runs the doctor for the panel, in a process of its own, one at a time.

On the server's event loop. What it finds is kept until it is run again. It takes longer
than many a proxy waits for an answer, so starting it and asking for the outcome are two
requests.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import DoctorFailed

if TYPE_CHECKING:
    import logging
    from collections.abc import Sequence

__all__ = ["Doctor", "DoctorStatus"]

TIMEOUT = 420.0  # s; more than the doctor gives itself
TERMINATE_TIMEOUT = 15.0  # s, after SIGTERM: it ends the kernels that it has started
KILL_TIMEOUT = 5.0  # s, after SIGKILL

COMMAND = (sys.executable, "-m", "jlab_qtwindows.doctor", "--json")


@dataclass(frozen=True)
class DoctorStatus:
    """How far the doctor is; as a dict it is the doctor model of the REST API."""

    state: str = "idle"  # "idle", "running", "done" or "failed"
    reason: str = ""  # why it failed, in words
    report: dict[str, Any] | None = None  # what `jlab-qtwindows doctor --json` prints


class Doctor:
    """The doctor of this server's environment."""

    def __init__(
        self,
        *,
        log: logging.Logger,
        command: Sequence[str] = COMMAND,
        timeout: float = TIMEOUT,
    ) -> None:
        self.status = DoctorStatus()
        self._log = log
        self._command = command
        self._timeout = timeout
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, unless it runs already."""
        if self.status.state != "running":
            self.status = DoctorStatus("running")
            self._task = asyncio.get_running_loop().create_task(self._examine())

    async def close(self) -> None:
        """End it if it runs; may be called twice."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _examine(self) -> None:
        try:
            self.status = DoctorStatus("done", report=await self._run())
        except (DoctorFailed, OSError) as error:
            self._log.warning("The doctor has failed: %s", error)
            self.status = DoctorStatus("failed", reason=str(error))
        except BaseException:
            self.status = DoctorStatus("failed", reason="it was ended")
            raise

    async def _run(self) -> dict[str, Any]:
        # Python looks for modules where it starts: not among the person's own files.
        with tempfile.TemporaryDirectory(prefix="qtw-doctor-") as folder:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the server, which ends it
            )
            try:
                output, errors = await asyncio.wait_for(
                    process.communicate(), self._timeout
                )
            except asyncio.TimeoutError:  # not the built-in one in 3.10
                words = f"it was not done after {self._timeout:g} s"
                raise DoctorFailed(words) from None
            finally:
                await _end(process)
        return _parse(output, errors, process.returncode)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the process if it still runs: with a signal, by force."""
    for signal, limit in (
        (process.terminate, TERMINATE_TIMEOUT),
        (process.kill, KILL_TIMEOUT),
    ):
        if process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            signal()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), limit)


def _parse(output: bytes, errors: bytes, returncode: int | None) -> dict[str, Any]:
    try:
        report = json.loads(output)
    except ValueError:
        report = None
    if not isinstance(report, dict) or not isinstance(report.get("lines"), list):
        said = errors.decode(errors="replace").strip().splitlines()
        raise DoctorFailed(said[-1] if said else f"exit code {returncode}, no report")
    return report
