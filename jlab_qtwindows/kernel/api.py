"""What cells call: `import jlab_qtwindows as qtw`. Any thread may."""

from __future__ import annotations

import contextlib
import math
import operator
from typing import TYPE_CHECKING, Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.process.figurelist import Gcf

from .follow.followed import FollowedFigure
from .keptpictures import keep_pictures
from .link.client import get_client
from .status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .windowinfo import WindowList

__all__ = [
    "close",
    "follow",
    "hold",
    "keep_pictures",
    "raise_window",
    "status",
    "windows",
]

_MOST_NAMED = 10  # figures in an error

_CLOSED = "this figure is closed; plot it again"
_NO_WINDOW = (
    "this figure has no window; make it with pyplot after %matplotlib qtwindows"
)


def windows() -> WindowList:
    """Return the windows of this kernel, in the order in which they were made.

    The list shows itself as a table in a cell, with a small picture of each figure.
    """
    return status().windows


def status() -> Status:
    """Return whether this kernel has windows, what they cost, and how each one stands.

    The value shows itself as a table in a cell.
    """
    return Status.of(get_client())


def raise_window(figure: Figure | int | str | None = None) -> None:
    """Bring the window of a figure to the front, with the keyboard.

    Parameters
    ----------
    figure
        A figure, its number or its label; the current figure by default.

    Raises
    ------
    ValueError
        There is no such figure, or it has no window of this backend.
    """
    followed = _followed(figure)
    followed.figure.canvas.manager.raise_window()  # type: ignore[union-attr]


def close(figure: Figure | int | str | None = None) -> None:
    """Close a figure and its window.

    Parameters
    ----------
    figure
        A figure, its number or its label; the current figure by default. "all" closes
        all of them.

    Raises
    ------
    ValueError
        There is no such figure, or it is closed already.
    """
    plt.close("all" if figure == "all" else _figure(figure))


@contextlib.contextmanager
def hold(figure: Figure | int | str | None = None) -> Iterator[None]:
    """Make all changes inside the block one update, from any thread.

    Parameters
    ----------
    figure
        A figure, its number or its label; the current figure by default.

    Raises
    ------
    ValueError
        There is no such figure, or it has no window of this backend.
    """
    followed = _followed(figure)
    try:
        with followed.held():
            yield
    finally:
        get_client().take_soon(followed)


def follow(
    figure: Figure | int | str | None = None,
    *,
    fps: float | None = None,
    budget: float | None = None,
) -> None:
    """Set how eagerly the windows follow.

    Parameters
    ----------
    figure
        A figure, its number or its label; all figures by default, those too that are
        made later.
    fps
        Frames/s of one figure, at most; the default is 30.
    budget
        Share of the kernel's time for all figures, at most; the default is 0.05.

    Raises
    ------
    ValueError
        `fps` is not above 0, `budget` not above 0 and at most 1, or given for one
        figure; or there is no such figure, or it has no window of this backend.
    """
    client = get_client()
    settings = client.follower.settings
    followed = None if figure is None else _followed(figure)
    if fps is not None and not (fps > 0 and math.isfinite(fps)):
        raise ValueError(f"fps must be a number above 0, not {fps!r}")
    if budget is not None and not 0 < budget <= 1:
        raise ValueError(f"budget must be above 0 and at most 1, not {budget!r}")
    if budget is not None and followed is not None:
        raise ValueError("the budget is for all figures together; name none with it")
    if followed is not None:
        followed.pace.fps = fps if fps is not None else followed.pace.fps
    elif fps is not None:
        settings.fps = fps
        for every in list(client.figures.values()):
            every.pace.fps = None
    settings.budget = budget if budget is not None else settings.budget
    client.wake()  # it may sleep until the old settings allow the next frame


def _figure(named: Figure | int | str | None) -> Figure:
    """Return a figure of pyplot's; none is made, and the current one stays so."""
    managers: list[Any] = Gcf.get_all_fig_managers()
    manager: Any = None
    if isinstance(named, Figure):
        # One whose window was closed a moment ago may be no more in pyplot's list.
        followed = getattr(named.canvas, "followed", None)
        is_open = followed is not None and not followed.closed
        if not is_open and all(m.canvas.figure is not named for m in managers):
            raise ValueError(_CLOSED if hasattr(named, "number") else _NO_WINDOW)
        return named
    if named is None:
        manager = Gcf.get_active()
        if manager is None:
            raise ValueError("there is no figure; plot something first")
    elif isinstance(named, str):
        labels = {m.canvas.figure.get_label(): m for m in reversed(managers)}
        manager = labels.get(named) if named else None
    else:
        with contextlib.suppress(TypeError):  # it is no number of a figure either
            manager = Gcf.figs.get(operator.index(named))
    if manager is None:
        raise ValueError(f"there is no figure {named!r}{_there_are()}")
    return manager.canvas.figure  # type: ignore[no-any-return]


def _there_are() -> str:
    """Return which figures there are, for an error; the newest, of many."""
    managers: list[Any] = Gcf.get_all_fig_managers()[-_MOST_NAMED:]
    names = [repr(m.canvas.figure.get_label() or m.num) for m in managers]
    return f"; there are {', '.join(names)}" if names else "; plot something first"


def _followed(named: Figure | int | str | None) -> FollowedFigure:
    followed = getattr(_figure(named).canvas, "followed", None)
    if not isinstance(followed, FollowedFigure) or followed.closed:
        raise ValueError(_NO_WINDOW)
    return followed
