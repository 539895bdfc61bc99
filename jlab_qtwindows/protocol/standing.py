"""How a window stands, in words: the same in its status bar, the table and the panel.

Any process; the panel has them in TypeScript (`describeState` in item.tsx), held to the
same cases by the tests.
"""

from __future__ import annotations

__all__ = ["standing_words"]


def standing_words(
    *,
    transfer: str,
    reason: str = "",
    failed: bool = False,
    kernel: str = "running",  # as the model of a window has it
    frozen: bool = False,
    waiting: int = 0,
    live: bool = False,
    fps: float = 0.0,
    behind: bool = False,
    minimized: bool = False,
    note: str = "",
) -> str:
    """Return the words; `reason` is why it is not drawn, or travels no better way."""
    words = []
    if failed:
        words.append(f"cannot be drawn: {reason}")
    else:
        if kernel != "running":
            words.append(f"kernel {kernel}")
        if frozen:
            words.append(_frozen_words(waiting))
        elif kernel == "running":
            words += _following_words(fps, live=live, behind=behind)
        if transfer == "frames":
            words.append(f"shown as pictures: {reason}".removesuffix(": "))
        if note and note != reason:
            words.append(note)
    if minimized:
        words.append("minimized")
    return " · ".join(words)


def _frozen_words(waiting: int) -> str:
    if not waiting:
        return "frozen"
    return f"frozen, {waiting} update{' waits' if waiting == 1 else 's wait'}"


def _following_words(fps: float, *, live: bool, behind: bool) -> list[str]:
    words = []
    if live:
        words.append("live")
        if rate := round(fps):
            words.append(f"{rate} frame{'s' if rate > 1 else ''}/s")
    if behind:
        words.append("newest update not shown yet")
    return words or ["up to date"]
