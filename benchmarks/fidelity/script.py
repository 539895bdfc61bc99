"""Runs one script of the gallery as a notebook's cell would, and compares its figures.

In a process of its own, forked by `pool` with Matplotlib loaded. Only the end differs
from a cell: the budget is lifted, so that the last state is not waited for.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
import traceback
import types
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from comparison import Difference, compare, side_by_side
from hostpictures import HostPictures
from matplotlib.figure import Figure

from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    read_connection_file,
)

SCRIPT_LIMIT = 40.0  # s; then its figures are compared as they are
IDLE = 0.3  # s for which callbacks run after the script, as in a kernel between cells
SHOW_LIMIT = 30.0  # s until the newest state must be on the screen
STUCK = 1.0  # s without any progress
LOOKS = 5
_LOOK = 0.003  # s, between two of them


@dataclass
class FigureResult:
    """What became of one figure."""

    script: str
    num: int
    transfer: str = ""
    travels: str = ""  # why not as a plain mirror, or what the window says
    problem: str = ""  # why it is not shown, "" if it is
    difference: Difference = field(default_factory=Difference)


@dataclass
class ScriptResult:
    """What became of one script; `error` is its own."""

    script: str
    error: str = ""
    fails_plainly: bool = False  # with Agg alone too
    seconds: float = 0.0
    figures: list[FigureResult] = field(default_factory=list)


class ScriptTimeout(BaseException):
    """The script runs for too long: it waits for a user, say."""


def run(script: Path, name: str, pictures: Path) -> ScriptResult:
    """Run a script and compare all figures that it leaves open."""
    started = time.monotonic()
    plt.ion()
    settings = remember_settings()
    error = _execute(script)
    result = ScriptResult(name, error)
    if plt.get_fignums():
        result.figures = _compare_all(name, pictures, settings)
    result.seconds = time.monotonic() - started
    return result


def remember_settings() -> dict[str, dict[str, Any]]:
    """Return a dict that is filled with the settings under which each state is taken.

    A script may change them after it has shown a figure: the window is right to have
    the old ones, and the comparison needs them.
    """
    from jlab_qtwindows.kernel.link.client import get_client
    from jlab_qtwindows.kernel.snapshot.snapshot import _style

    settings: dict[str, dict[str, Any]] = {}
    taker = get_client().taker
    on_taken = taker.on_taken

    def remember(followed: Any, snapshot: Any) -> None:
        # Those that travel, not the present ones: the script goes on meanwhile.
        settings[followed.window_id] = dict(_style._style.get("rc", {}))
        on_taken(followed, snapshot)

    taker.on_taken = remember
    return settings


def run_plainly(script: Path) -> str:
    """Run a script with Agg alone; returns its error."""
    plt.switch_backend("agg")
    return _execute(script)


def write(result: ScriptResult, path: Path) -> None:
    """Leave the result for the process that waits for it."""
    path.write_text(json.dumps(asdict(result)), encoding="utf-8")


def read(path: Path) -> ScriptResult:
    """Return the result that a script's process has left."""
    data = json.loads(path.read_text(encoding="utf-8"))
    figures = [
        FigureResult(**{**row, "difference": Difference(**row["difference"])})
        for row in data.pop("figures")
    ]
    return ScriptResult(**data, figures=figures)


def _execute(script: Path) -> str:
    """Run as the main module, where pickles then find its classes."""
    module: Any = types.ModuleType("__main__")
    module.__file__ = str(script)
    sys.modules["__main__"] = module
    sys.argv = [str(script)]
    sys.path.insert(0, str(script.parent))
    os.chdir(script.parent)
    code = compile(script.read_text(encoding="utf-8"), str(script), "exec")
    try:
        with _time_limit(SCRIPT_LIMIT):
            exec(code, module.__dict__)
    except ScriptTimeout:
        return f"interrupted after {SCRIPT_LIMIT:.0f} s"
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return ""


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(signum: int, frame: object) -> None:
        raise ScriptTimeout

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _compare_all(
    name: str, pictures: Path, settings: dict[str, dict[str, Any]]
) -> list[FigureResult]:
    import jlab_qtwindows as qtw

    qtw.follow(budget=1.0)
    plt.show(block=False)  # as at the end of a cell
    figures = [plt.figure(num) for num in plt.get_fignums()]
    figures = [figure for figure in figures if hasattr(figure.canvas, "followed")]
    _let_callbacks_run(figures)
    problems = {figure.number: _wait_until_shown(figure) for figure in figures}
    plt.ioff()  # what is drawn from here on is for the comparison alone
    host = HostPictures(read_connection_file(os.environ[CONNECTION_VARIABLE]))
    models = host.models()
    results = []
    for figure in figures:
        followed = _followed(figure)
        result = FigureResult(name, figure.number, problem=problems[figure.number])
        results.append(result)
        model = models.get(followed.window_id)
        if model is None:
            result.problem = result.problem or "the host has no window of it"
            continue
        result.transfer, result.travels = (
            model["transfer"],
            model["reason"] or model["note"],
        )
        with mpl.rc_context():
            dict.update(mpl.rcParams, settings.get(followed.window_id, {}))
            _compare_one(result, figure, host, model, pictures)
        host.close_window(followed.window_id)
    host.close()
    return results


def _compare_one(
    result: FigureResult,
    figure: Figure,
    host: HostPictures,
    model: dict[str, Any],
    pictures: Path,
) -> None:
    try:
        compared = compare(figure, host, model)
    except Exception as error:
        traceback.print_exc()
        result.problem = result.problem or f"{type(error).__name__}: {error}"
        return
    result.difference = compared.difference
    if not compared.difference.identical:
        stem = result.script.removesuffix(".py").replace("/", "-")
        side_by_side(compared).save(pictures / f"{stem}-{result.num}.png")


def _let_callbacks_run(figures: list[Figure]) -> None:
    """Be idle until all is shown; animations never get there."""
    start = time.monotonic()
    laid_out = False
    while time.monotonic() < start + SHOW_LIMIT:
        for figure in figures:
            figure.canvas.flush_events()
        if all(map(_is_settled, figures)):
            if laid_out:
                break
            _lay_out(figures)
            laid_out = True
        begun = all(_followed(figure).delivery.revision for figure in figures)
        if begun and time.monotonic() > start + IDLE:
            if not laid_out:
                _lay_out(figures)
            break
        time.sleep(_LOOK)


def _lay_out(figures: list[Figure]) -> None:
    """Do what an idle kernel does; what the script then plots is to be shown too."""
    for figure in figures:
        figure.canvas.layout.settle()


def _wait_until_shown(figure: Figure) -> str:
    """Return why the newest state is not on the screen, "" when it is."""
    followed = _followed(figure)
    end = time.monotonic() + SHOW_LIMIT
    seen, since = None, time.monotonic()
    # More than once: a state is for a moment neither waiting nor on its way.
    looks = 0
    while looks < LOOKS:
        lacks = _what_lacks(figure)
        looks = 0 if lacks else looks + 1
        if time.monotonic() > end:
            return f"not shown within {SHOW_LIMIT:.0f} s: {lacks}"
        if (followed.delivery.revision, lacks) != seen:
            seen, since = (followed.delivery.revision, lacks), time.monotonic()
        elif time.monotonic() > since + STUCK:
            # It may wait for a callback. Not before: an animation would never be shown.
            figure.canvas.flush_events()
            since = time.monotonic()
        time.sleep(_LOOK)
    return str(followed.delivery.draw_error)


def _is_settled(figure: Figure) -> bool:
    return not _what_lacks(figure)


def _what_lacks(figure: Figure) -> str:
    """Return why the newest state is not on the screen yet, "" if it is."""
    followed = _followed(figure)
    changes, delivery = followed.changes, followed.delivery
    newest = followed.ladder.drawn_by_hand or changes.taken == changes.newest
    # What fails is not confirmed; of a half built figure it may have been.
    confirmed = delivery.draw_error or delivery.revision not in delivery.sent_since
    lacking = {
        "it has changed": not newest or changes.dirty,
        "no window is open": not followed.opened,
        "no state was taken": delivery.revision == 0,
        "a state waits": followed.outbox.state is not None,
        "a state is on its way": delivery.in_flight is not None,
        "the last state was not confirmed": not confirmed,
    }
    return ", ".join(words for words, lacks in lacking.items() if lacks)


def _followed(figure: Any) -> Any:
    return figure.canvas.followed
