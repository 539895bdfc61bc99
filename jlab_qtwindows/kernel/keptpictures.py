"""Pictures of figures in the output of the cell that changed them.

For a notebook that is saved: its windows are not in it. At the end of a cell, in the
thread that ran it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
import weakref
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.meeting.connection import KEEP_PICTURES_VARIABLE
from jlab_qtwindows.protocol.model import clip

from .follow.changes import change_number
from .link.client import get_client
from .mpl.figurepicture import draw_picture, png_of
from .process.identity import ipython
from .process.unattended import is_unattended
from .process.words import say_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .follow.followed import FollowedFigure

__all__ = ["keep_pictures", "keep_pictures_by_default"]

MOST_PICTURES = 20  # in one cell
MOST_SECONDS = 20.0  # s in one cell, after which no other picture is begun


def keep_pictures(on: bool = True) -> None:
    """Keep pictures of the figures in the notebook from now on, or keep none.

    At the end of each cell the output gets one picture of each figure that the cell has
    made, changed or drawn and not closed, as its window has it: in its size and
    `figure.dpi`, not cropped. A figure that looks as in its last picture gets another
    one only where the cell has called `draw()`. The windows go on as they are.

    Without this call pictures are kept where nobody watches the cell run: `jupyter
    nbconvert --execute`, `jupyter execute`, papermill. Outside of a Jupyter kernel it
    does nothing but say so.
    """
    kept = _kept()
    if kept is not None:
        kept.always = on
    elif on:
        say_once("no pictures are kept: this is no Jupyter kernel, it has no notebook")


def keep_pictures_by_default() -> None:
    """Begin to look at cells, when the backend is loaded."""
    _kept()


class KeptPictures:
    """Listens to the cells of one kernel."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        # Whether of all cells or of none; None: of those that nobody watches.
        self.always = {"0": False, "1": True}.get(
            os.environ.get(KEEP_PICTURES_VARIABLE, "")
        )
        self._since = change_number()  # what has changed later has changed in this cell
        self._depth = 0  # cells that run: `%run` of a notebook runs others inside one
        # The look of each figure in its last picture.
        self._looks: weakref.WeakKeyDictionary[FollowedFigure, object] = (
            weakref.WeakKeyDictionary()
        )
        shell.events.register("pre_run_cell", self._on_begin)
        shell.events.register("post_run_cell", self._on_end)

    def _on_begin(self, info: object) -> None:
        # What the user changes between two cells is of neither.
        if not self._depth:
            self._since = change_number()
        self._depth += 1

    def _on_end(self, result: Any) -> None:
        self._depth = max(0, self._depth - 1)
        since, self._since = self._since, change_number()
        if is_unattended() if self.always is None else self.always:
            changed = [
                followed
                for followed in list(get_client().figures.values())
                if followed.changes.noticed > since
                and followed.opened
                and not followed.window.closing
            ]
            if changed:
                self._keep(changed, getattr(result, "result", None))

    def _keep(self, changed: Sequence[FollowedFigure], displayed: object) -> None:
        end = time.monotonic() + MOST_SECONDS
        done = 0
        try:
            for followed in changed[:MOST_PICTURES]:
                if time.monotonic() > end:
                    break
                self._keep_one(followed, displayed)
                done += 1
        except KeyboardInterrupt:
            _say("interrupted while pictures of the figures were drawn")
        else:
            if done < len(changed):
                _say(
                    f"pictures of {done} of the {len(changed)} figures that this cell "
                    f"has changed: {MOST_PICTURES} are kept at most, and no more are "
                    f"begun after {MOST_SECONDS:.0f} s; the others can be saved with "
                    "savefig"
                )
        if get_client().unavailable:
            for followed in changed:
                followed.figure.stale = False  # nobody else will see it

    def _keep_one(self, followed: FollowedFigure, displayed: object) -> None:
        if len(followed.figure.get_children()) <= 1:
            return  # nothing but its background
        try:
            image = draw_picture(followed)
        except Exception as error:  # of any artist
            why = clip(f"{type(error).__name__}: {error}")
            _say(f"no picture of {followed.title!r}: {why}")
            return
        digest = hashlib.blake2b(image.tobytes(), digest_size=16).digest()
        look = image.size, digest, followed.changes.frames_marked_in
        if look == self._looks.get(followed):
            return
        self._looks[followed] = look
        figure = followed.figure
        if displayed is figure and self._displays(figure):
            return  # the value of the cell, which IPython has just shown
        data = {
            "text/plain": repr(figure),
            "image/png": png_of(image, dpi=(figure.dpi, figure.dpi)),
        }
        self.shell.display_pub.publish(data=data)

    def _displays(self, figure: object) -> bool:
        """Return whether IPython shows figures as pictures, as after `%matplotlib`."""
        return type(figure) in self.shell.display_formatter.formatters["image/png"]


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


_of_shell: KeptPictures | None = None


def _kept() -> KeptPictures | None:
    """Return what listens to the cells of this kernel; None where there are none."""
    global _of_shell
    shell = ipython()
    if getattr(shell, "kernel", None) is None:
        return None
    if _of_shell is None or _of_shell.shell is not shell:
        _of_shell = KeptPictures(shell)
    return _of_shell
