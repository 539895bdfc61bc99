"""Runs the doctor for the panel, in a process of its own, one at a time.

On the server's event loop. What it finds is kept until it is run again, each finding as
soon as the doctor prints it. It takes longer than many a proxy waits for an answer, so
starting it and asking for the outcome are two requests.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import DoctorFailed

if TYPE_CHECKING:
    import logging
    from collections.abc import Sequence

__all__ = ["Doctor", "DoctorStatus"]

TIMEOUT = 420.0  # s; more than the doctor gives itself
TERMINATE_TIMEOUT = 15.0  # s, after SIGTERM: it ends the kernels that it has started
KILL_TIMEOUT = 5.0  # s, after SIGKILL

COMMAND = (sys.executable, "-m", "jlab_qtwindows.doctor", "--json-lines")

LONGEST_LINE = 2**20  # bytes; the report is one line
FORMAT = 1  # of the report, as the doctor gives it


@dataclass(frozen=True)
class DoctorStatus:
    """How far the doctor is; as a dict it is the doctor model of the REST API."""

    state: str = "idle"  # "idle", "running", "done" or "failed"
    reason: str = ""  # why it failed, in words
    # What `jlab-qtwindows doctor --json` prints; while it runs, what there is of it.
    report: dict[str, Any] | None = None
    looking: tuple[str, ...] = ()  # what it looks at now


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

    def start(self, gui_loops: Sequence[str] = ()) -> None:
        """Begin, unless it runs already; in these kernels a GUI loop is used."""
        if self.status.state != "running":
            self.status = DoctorStatus("running")
            loops = [f"--gui-loop={name}" for name in gui_loops]
            examination = self._examine([*self._command, *loops])
            self._task = asyncio.get_running_loop().create_task(examination)

    async def close(self) -> None:
        """End it if it runs; may be called twice."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _examine(self, command: Sequence[str]) -> None:
        try:
            self.status = DoctorStatus("done", report=await self._run(command))
        except (DoctorFailed, OSError) as error:
            self._log.warning("The doctor has failed: %s", error)
            self._fail(str(error))
        except BaseException:
            self._fail("it was ended")
            raise

    def _fail(self, reason: str) -> None:
        self.status = replace(self.status, state="failed", reason=reason, looking=())

    async def _run(self, command: Sequence[str]) -> dict[str, Any]:
        # Python looks for modules where it starts: not among the user's own files.
        with (
            tempfile.TemporaryDirectory(prefix="qtw-doctor-") as folder,
            tempfile.TemporaryFile() as errors,
        ):
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                start_new_session=True,  # Ctrl-C is for the server, which ends it
                limit=LONGEST_LINE,
            )
            try:
                report = await asyncio.wait_for(self._follow(process), self._timeout)
            except asyncio.TimeoutError:  # not the built-in one in 3.10
                words = f"it was not done after {self._timeout:g} s"
                raise DoctorFailed(words) from None
            except ValueError:  # a line that is too long
                raise DoctorFailed("its report cannot be understood") from None
            finally:
                await _end(process)
            if report is not None:
                return report
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
            code = process.returncode
            raise DoctorFailed(said[-1] if said else f"exit code {code}, no report")

    async def _follow(
        self, process: asyncio.subprocess.Process
    ) -> dict[str, Any] | None:
        """Keep what the doctor prints; return its report, None where there is none."""
        assert process.stdout is not None  # noqa: S101 - it was asked for
        report: dict[str, Any] | None = None
        async for line in process.stdout:
            try:
                step = json.loads(line)
            except ValueError:
                continue
            if not isinstance(step, dict):
                continue
            if isinstance(step.get("lines"), list):
                report = step
            elif isinstance(step.get("line"), dict):
                self._add(step["line"])
            elif isinstance(step.get("looking"), list):
                looking = tuple(map(str, step["looking"]))
                self.status = replace(self.status, looking=looking)
        await process.wait()
        return report

    def _add(self, line: dict[str, Any]) -> None:
        before = self.status.report
        lines = [*(before["lines"] if before else ()), line]
        levels = [found.get("level") for found in lines]
        report = {
            "format": FORMAT,
            "version": "",  # the whole report has it
            "faults": levels.count("fault"),
            "warnings": levels.count("warning"),
            "lines": lines,
        }
        self.status = replace(self.status, report=report)


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
